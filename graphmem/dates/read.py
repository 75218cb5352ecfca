"""The dates of a text, resolved against when it was said to UTC intervals.

What leaves the year open takes the occurrence nearest to `said_at`, the last one after "since",
the next one after "until". What nobody can know (a bare weekday, "the week before my birthday",
3/4/2023, "a few days ago") is found and left without an interval.
"""

import re
from dataclasses import dataclass
from datetime import datetime

from graphmem.dates.intervals import Interval
from graphmem.dates.pattern import DATE, KINDS, TRIGGER
from graphmem.dates.resolve import is_relative, resolve
from graphmem.text import lower

_QUANTITY = re.compile(
    r"\s+(?:people|inhabitants|km|miles|met(?:re|er)s|feet|seats|acres|square|dollars|copies|times"
    r"|calories|steps|residents|students|employees|members|seater)\b"
)
_LASTS = re.compile(
    r"\b(?:how (?:many|much|often|long|far)|times|once|twice|average|did|had)\b"
    r"|\b(?:was|were)[^\S\n]+\w"  # "it was built in a year", not "it was in a year"
    r"|\d\s+(?:\w+\s+){1,2}$",
    re.MULTILINE,
)
_WILL = re.compile(r"\b(?:will|won[’']t|shall|going to)\b|[’']ll\b")
_CLAUSE_END = re.compile(r"[.!?;\n]")
CLAUSE = 200
"""Characters before "in a year" that are read for what it counts."""
# These are other words or people's names too: a month only after a word that leads a date.
_OTHER_WORDS = frozenset("may march mar april june august sep sept dec jan".split())
_LEADS_PEOPLE = frozenset("from by to of before after on".split())


@dataclass(frozen=True, slots=True)
class DateSpan:
    """A date in a text."""

    start: int
    end: int
    kind: str
    """One of `pattern.KINDS`: how it is written."""
    surface: str
    role: str
    """The word that leads it, lower-case: since, until, in, ...; empty if none does."""
    interval: Interval | None
    """None: it cannot be known."""
    relative: bool
    """Whether it means another time when said on another day."""


def dates(text: str, said_at: datetime | None) -> list[DateSpan]:
    """Return the dates of a text in order, resolved against `said_at` (aware UTC) if given."""
    lowered = lower(text)
    if not TRIGGER.search(lowered):
        return []
    found: list[DateSpan] = []
    for match in DATE.finditer(lowered):
        kind = next(kind for kind in KINDS if match.group(kind) is not None)
        role = match.group("role") or ""
        if kind == "month" and not _is_month(match.group("month").rstrip("."), role):
            continue
        if kind == "year" and not role and _QUANTITY.match(lowered, match.end()):
            continue
        if kind == "hence" and _is_length(lowered, match):
            continue
        start, end = match.span(kind)
        interval = resolve(kind, match, said_at, role)
        found.append(
            DateSpan(start, end, kind, text[start:end], role, interval, is_relative(kind, match))
        )
    return found


def _is_length(lowered: str, match: re.Match[str]) -> bool:
    """Tell whether "in a year" says how long something takes, and not when: "six in a year"."""
    start, end = match.span("hence")
    if match["hence"].endswith("time"):
        return False
    before = _CLAUSE_END.split(lowered[max(0, start - CLAUSE) : start])[-1]
    after = _CLAUSE_END.split(lowered[end : end + CLAUSE])[0]
    clause = f"{before}\n{after}"
    return _LASTS.search(clause) is not None and _WILL.search(clause) is None


def _is_month(word: str, role: str) -> bool:
    if word in _OTHER_WORDS or len(word) <= 3:
        return bool(role) and not (role in _LEADS_PEOPLE and len(word) <= 3)
    return True
