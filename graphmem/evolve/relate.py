"""What the newer of two notes is to the older one: of the same topic, more on it, a change of it.

The decision is of the two texts alone. So it is the same in whatever order they came, and goes
with either of them as if it had never been.
"""

from dataclasses import dataclass
from itertools import product

from graphmem.evolve.said import Part, Said
from graphmem.text import stem

LEAST = 1.25
"""Shared content words, by the root of the mean number that the two hold, from which notes are of
one topic. docs/evolution.md has what it finds, and a mixture fitted for each note finds less."""
FEWEST = 3
"""Content words that they share at least, unless one says all of the other."""
SAME_FRAME = 0.75
"""The share of the words beside values that two statements of one slot have in common."""
SAME_DENIED = 0.6
"""The share of content words and values that a statement and its denial have in common."""
FEWEST_DENIED = 2
"""Content words and values that a statement and its denial share at least."""
DENIED_FRAME = 0.5
"""The share of all words beside values that these two have in common."""
FEWEST_OF_SLOT = 2
"""Words beside values that two statements of one slot share at least."""
WHOLE = 0.8
"""The share of a note's content words that another holds which says more of it."""
FULL = 3.0
"""The likeness that weighs 1."""


@dataclass(frozen=True, slots=True)
class Relation:
    """How a newer note stands to an older one, how surely, and why."""

    kind: str
    """`repeats`, `changes`, `contradicts`, `causes`, `elaborates` or `same_topic`."""
    weight: float
    """In (0, 1]."""
    reason: str


def relation(new: Said, old: Said) -> Relation | None:
    """Return what the newer note is to the older one; None: nothing worth a link."""
    if new.words == old.words:
        return Relation("repeats", 1.0, "says the same, word for word") if new.words else None
    shared = new.stems & old.stems
    if not shared or new.is_asked or old.is_asked:
        return None
    slot = _of_one_slot(new, old)
    if slot is not None:
        return slot
    likeness = len(shared) / ((len(new.stems) + len(old.stems)) / 2) ** 0.5
    if likeness < LEAST or len(shared) < FEWEST:
        return None
    weight = round(min(1.0, likeness / FULL), 3)
    said = f"both say {', '.join(_in_words(new, shared)[:4])}"
    if new.tells_cause and new.at is not None:
        return Relation("causes", weight, f"tells what came of it; {said}")
    if len(new.stems) > len(old.stems) and len(shared) >= WHOLE * len(old.stems):
        return Relation("elaborates", weight, f"says it with more; {said}")
    return Relation("same_topic", weight, said)


def slot_of(fact: Said) -> tuple[str, tuple[str, ...]] | None:
    """Return what a single sentence states a value of: whose it is, and its words but the values.

    None: it states none, as it has no value or nothing beside it, denies, or asks.
    """
    if len(fact.parts) != 1:
        return None
    (part,) = fact.parts
    if part.is_denied or part.is_asked or not part.values or not part.content:
        return None
    return (fact.by, part.told) if len(part.frame) >= FEWEST_OF_SLOT else None


def _of_one_slot(new: Said, old: Said) -> Relation | None:
    """Return a change or a contradiction of what the same speaker said, if it is one."""
    if new.by != old.by:
        return None
    for part, earlier in product(new.parts, old.parts):
        alike = round(_alike(part.frame, earlier.frame), 3)
        if _is_denial(part, earlier):
            denier = "the newer" if part.is_denied else "the older"
            return Relation("contradicts", alike, f"{denier} denies what the other says")
        if _is_change(part, earlier):
            was, now = sorted(earlier.values - part.values), sorted(part.values - earlier.values)
            reason = f"the same but for {' '.join(was)}, now {' '.join(now)}"
            return Relation("changes", alike, reason)
    return None


def _is_denial(part: Part, earlier: Part) -> bool:
    if part.is_denied == earlier.is_denied or part.is_asked or earlier.is_asked:
        return False
    said, before = part.content | part.values, earlier.content | earlier.values
    if len(said & before) < FEWEST_DENIED or _alike(said, before) < SAME_DENIED:
        return False
    return _alike(part.frame, earlier.frame) >= DENIED_FRAME


def _is_change(part: Part, earlier: Part) -> bool:
    """Tell whether two sentences are alike but for names or numbers that each has alone."""
    if part.is_denied != earlier.is_denied or part.is_asked or earlier.is_asked:
        return False
    was, now = earlier.values - part.values, part.values - earlier.values
    shared = part.frame & earlier.frame
    if not was or not now or not part.content & earlier.content or len(shared) < FEWEST_OF_SLOT:
        return False
    return _alike(part.frame, earlier.frame) >= SAME_FRAME


def _in_words(said: Said, stems: frozenset[str]) -> list[str]:
    """Return the words of a note that have these stems, one each, the longest first."""
    found: dict[str, str] = {}
    for word in said.words:
        if stem(word) in stems:
            found.setdefault(stem(word), word)
    return sorted(found.values(), key=lambda word: (-len(word), word))


def _alike(one: frozenset[str], other: frozenset[str]) -> float:
    return len(one & other) / len(one | other) if one or other else 0.0
