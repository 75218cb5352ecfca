"""Dates as people say them, resolved against when they were said to UTC intervals.

What leaves the year open takes the occurrence nearest to `said_at`, the last one after "since",
the next one after "until". What nobody can know (a bare weekday, "the week before my birthday",
3/4/2023, "a few days ago") is found and left without an interval.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from graphmem.batches import Mention
from graphmem.rules import intervals
from graphmem.rules.date_pattern import DATE, KINDS, TRIGGER
from graphmem.rules.intervals import Interval
from graphmem.rules.lexicon import word_set
from graphmem.rules.resolve import is_relative, resolve
from graphmem.rules.tokens import lower

_QUANTITY = re.compile(
    r"\s+(?:people|inhabitants|km|miles|met(?:re|er)s|feet|seats|acres|square|dollars|copies|times"
    r"|calories|steps|residents|students|employees|members|seater)\b"
)
_INNER_YEAR = re.compile(r"\b(?:1\d{3}|20\d{2})\b")
# These are other words or people's names too: a month only after a word that leads a date.
_OTHER_WORDS = word_set("may march mar april june august sep sept dec jan")
_LEADS_PEOPLE = word_set("from by to of before after on")


@dataclass(frozen=True, slots=True)
class DateSpan:
    """A date in a text."""

    start: int
    end: int
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
        start, end = match.span(kind)
        interval = resolve(kind, match, said_at, role)
        found.append(
            DateSpan(start, end, text[start:end], role, interval, is_relative(kind, match))
        )
    return found


def _is_month(word: str, role: str) -> bool:
    if word in _OTHER_WORDS or len(word) <= 3:
        return bool(role) and not (role in _LEADS_PEOPLE and len(word) <= 3)
    return True


def mentions(spans: Sequence[DateSpan]) -> list[Mention]:
    """Return dates as mentions; a relative one takes the name of what it stands for, if known.

    The year inside a longer date is a mention of its own: texts share years more than days.
    """
    found: list[Mention] = []
    for span in spans:
        known = span.interval is not None and span.relative
        name = intervals.spoken(span.interval) if known and span.interval else span.surface
        found.append(_mention(name, span.start, span.end, span.interval))
        year = _INNER_YEAR.search(span.surface)
        if year and year.group() != span.surface:
            start = span.start + year.start()
            whole = intervals.years(int(year.group()))
            found.append(_mention(year.group(), start, start + 4, whole))
    return found


def _mention(name: str, start: int, end: int, interval: Interval | None) -> Mention:
    valid_from, valid_until = interval or (None, None)
    return Mention(
        name=" ".join(name.split()),
        start=start,
        end=end,
        kind="date",
        valid_from=valid_from,
        valid_until=valid_until,
    )
