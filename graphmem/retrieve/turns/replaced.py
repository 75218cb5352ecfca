"""Whether a newer turn takes the place of the best one: a logistic over what the two say.

For what does not say all that is asked. A turn is read as far as `READ` characters. There are three
tables, as other signs replace what notes the question word for word, a statement that stands by
itself, and a value told amid other talk. `bench/current_fit.py` fits them. English change words and
months; in another language fewer signs speak, and less is preferred.
"""

import re
from collections import defaultdict
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from functools import lru_cache
from math import exp, log

from graphmem.arrays import GraphSnapshot
from graphmem.retrieve.words.index import WordIndex
from graphmem.retrieve.words.terms import term_of
from graphmem.text import MONTH_NAMES, fold
from graphmem.text import words as words_of

READ = 500
FEATURES = (
    "best_held", "held", "held_at_all", "rarest_missing", "same_unit", "new_value", "asked_unit",
    "change", "change_to_value", "place", "best_place", "length",
)  # fmt: skip
Signs = Mapping[str, float]
"""What is read of two turns, by name: the `FEATURES`, with `noted.SIGNS` where they are known."""
Table = Mapping[str, float]
"""The weight of each sign in the odds, and the `intercept`."""
NOTED: Table = {
    "best_held": 25.97, "held": 1.435, "held_at_all": 1.435, "rarest_missing": -0.282,
    "same_unit": 1.795, "new_value": -0.67, "asked_unit": 3.635, "change": 0.736,
    "change_to_value": -0.05, "place": -1.297, "best_place": -2.327, "length": -2.273,
    "in_order": 7.153, "in_order_lead": 5.74, "like_best": -7.918, "like_best_lead": 6.936,
    "intercept": -20.71,
}  # fmt: skip
"""The best turn notes what is asked, in the question's own words and order."""
STATED: Table = {
    "best_held": 10.16, "held": 4.176, "held_at_all": 4.176, "rarest_missing": 1.029,
    "new_value": 0.137, "change": 0.283, "place": -3.13, "best_place": -3.962, "length": -1.581,
    "intercept": -7.965,
}  # fmt: skip
"""The best turn states what is asked, all its words, and does not note it so."""
TOLD: Table = {
    "best_held": 1.605, "held": 1.095, "held_at_all": 2.544, "rarest_missing": 0.285,
    "same_unit": 0.376, "new_value": 1.656, "asked_unit": 1.447, "change": -0.266,
    "change_to_value": 1.801, "place": -0.394, "best_place": -1.612, "length": -0.385,
    "intercept": -5.511,
}  # fmt: skip
"""It does not."""
AS_FULL = 0.8
"""Of what the best turn holds of the question, the share that needs no other sign of change."""
LEAST_NOTED, LEAST_STATED, LEAST_TOLD = 0.35, 0.5, 0.08
"""How likely a turn takes the best one's place that does so, by the table that is asked."""
_CHANGE = frozenset(
    map(
        term_of,
        """now new newly updated update updating changed change moved moving switched increased
        increase decreased raised lowered reduced extended expanded adjusted rescheduled reschedule
        postponed shortened improved reached revised instead recently grew rose dropped anymore
        longer""".split(),
    )
)
_MONTHS = frozenset(name for month in MONTH_NAMES for name in (fold(month), fold(month)[:3]))
_VALUE = re.compile(
    r"([$€£]\s?)?(\d[\d,]*(?:[.:]\d+)?)(\s?%|\s?(?:am|pm)\b)?(?:[\s-]+([a-z]+))?"
    rf"|\b({'|'.join(sorted(_MONTHS))})\s+(\d{{1,2}})\b"
)


@dataclass(frozen=True, slots=True)
class Told:
    """What is read of one turn for a question."""

    held: float
    """The share of the question's words, by idf, that its best sentence holds."""
    terms: frozenset[int]
    values: Mapping[str, frozenset[str]]
    """The numbers that it names, by their unit."""
    changes: bool
    """It has a word for change."""
    length: int


def read_told(snapshot: GraphSnapshot, words: WordIndex, note: int, held: float) -> Told:
    """Read a turn, whose best sentence holds this share of what is asked."""
    text = snapshot.texts[note]
    terms, _ = words.notes.row(note)
    values, changes = _signs(text[:READ])
    return Told(held, frozenset(terms.tolist()), values, changes, len(text))


def signs_of(
    weights: Mapping[int, float],
    units: Collection[str],
    best: Told,
    newer: Told,
    places: tuple[int, int],
) -> dict[str, float]:
    """Return the `FEATURES` of the best turn and a newer one, at some places from 0.

    `weights` are the idf of the question's known terms, `units` those terms as written.
    """
    total = sum(weights.values()) or 1.0
    held = sum(weight for term, weight in weights.items() if term in newer.terms) / total
    missing = (w for term, w in weights.items() if term in best.terms and term not in newer.terms)
    rarest = max(missing, default=0.0) / max(weights.values(), default=1.0)
    fresh = {
        unit for unit, found in newer.values.items() if found - best.values.get(unit, frozenset())
    }
    same = fresh & best.values.keys()
    is_new, changes = float(bool(fresh)), float(newer.changes)
    found = (
        best.held, newer.held, held, rarest, float(bool(same)), is_new,
        float(any(unit in units for unit in same)), changes, changes * is_new,
        log(1 + places[1]), log(1 + places[0]), log(1 + newer.length),
    )  # fmt: skip
    return dict(zip(FEATURES, found, strict=True))


def values_of(text: str) -> Mapping[str, frozenset[str]]:
    """Return the numbers that a turn names, by their unit."""
    return _signs(text[:READ])[0]


def tells_of_change(signs: Signs) -> bool:
    """Tell whether the newer of two turns has a sign that it changes what the best one says.

    It has a word for change, another number of a unit that the best one has, or as much of the
    question: one word in common is talk of the same thing, and no new value of it.
    """
    is_as_full = signs["held"] >= AS_FULL * signs["best_held"] > 0
    return bool(signs["change"] or signs["same_unit"] or is_as_full)


def chance(table: Table, signs: Signs) -> float:
    """Return how likely a turn with these signs takes the best one's place."""
    odds = table["intercept"]
    odds += sum(table.get(name, 0.0) * value for name, value in signs.items())
    return 1 / (1 + exp(-odds))


@lru_cache(maxsize=4_096)
def _signs(text: str) -> tuple[Mapping[str, frozenset[str]], bool]:
    found: defaultdict[str, set[str]] = defaultdict(set)
    for match in _VALUE.finditer(text.lower()):
        currency, number, mark, noun, month, day = match.groups()
        if month:
            found["date"].add(month[:3] + day)
        elif currency:
            found["$"].add(number.rstrip(","))
        elif mark:
            found[mark.strip()[-1]].add(number)
        elif noun in _MONTHS:
            found["date"].add(number)
        else:
            found[term_of(noun) if noun else ""].add(number.rstrip(","))
    changes = not _CHANGE.isdisjoint(map(term_of, words_of(text)))
    return {unit: frozenset(values) for unit, values in found.items()}, changes
