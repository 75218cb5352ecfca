"""The calendar that a question's times are read against, and a time that was read."""

import re
from dataclasses import dataclass
from datetime import date, datetime, tzinfo
from typing import Literal

from graphmem.dates.pattern import COUNTS
from graphmem.retrieve.question.named_times import Recurring
from graphmem.retrieve.question.period import Period

_PAST = re.compile(r"\b(?:did|was|were|had|have|has)(?:n't)?\b|\b\w{2,30}ed\b")
_NOT_PAST = re.compile(
    r"\b(?:is|are|am|will|shall|do|does|can|going)(?:n't)?\b|\b\w+'(?:s|re|ll)\b"
)

Tense = Literal["past", "not past", "unsaid"]


@dataclass(frozen=True, slots=True)
class Calendar:
    """What dates are read against."""

    now: datetime | None
    """The moment of asking, in the asker's zone; None: nobody knows."""
    zone: tzinfo
    years: range
    """The years in which something was said."""

    @property
    def today(self) -> date | None:
        """The day of asking; None: nobody knows."""
        return None if self.now is None else self.now.date()

    def months(self, year: int, month: int, count: int = 1) -> Period:
        """Return some months; a year beyond the calendar is its nearest."""
        index = year * 12 + month - 1
        year, month = index // 12, index % 12 + 1
        year = min(max(year, date.min.year), date.max.year - 1)
        stop = year * 12 + month - 1 + count
        until = date(min(stop // 12, date.max.year), stop % 12 + 1, 1)
        return Period.of(date(year, month, 1), until, self.zone, is_long=True)

    def days(self, first: date, until: date) -> Period:
        """Return the days from the first until the day before `until`."""
        return Period.of(first, until, self.zone, is_long=(until - first).days > 14)


@dataclass(frozen=True, slots=True)
class Time:
    """A time that a text names."""

    start: int
    """Where it stands."""
    end: int
    role: str
    """The word that leads it: since, until, in, ...; empty if none does."""
    periods: tuple[Period, ...]
    """One of these is meant."""
    from_now: bool
    """Whether it counts from the moment of asking."""
    is_condition: bool
    """A year that no word leads (the 2019 film) is none."""
    recurring: tuple[Recurring, ...] = ()
    """How texts tell of it that tell of no certain day."""


def tense_of(lowered: str) -> Tense:
    """Return whether a question is about the past."""
    if _PAST.search(lowered):
        return "past"
    return "not past" if _NOT_PAST.search(lowered) else "unsaid"


def counted(word: str) -> int:
    """Return the number that a word says, 1 for an article."""
    return int(word) if word.isdigit() else COUNTS.get(word, 1)
