"""A period that a question asks about: days of the asker's calendar, and the moments they are."""

from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta, tzinfo

import numpy as np
from numpy.typing import NDArray

from graphmem.retrieve.words.known import Before

DAY_SECONDS = 86400.0
EPOCH = date(1970, 1, 1)


@dataclass(frozen=True, slots=True)
class Period:
    """Some days. Day numbers count from 1970 on, moments are seconds since then, UTC."""

    first: float
    """Day number; -inf: there is no first."""
    until: float
    """The day after the last; inf: there is none."""
    start: float
    """Moment at which the first day begins in the asker's zone."""
    end: float
    is_long: bool = False
    """A month or more: people speak of it for weeks."""

    @property
    def days(self) -> float:
        """How many days it has."""
        return self.until - self.first

    @classmethod
    def of(cls, first: date, until: date, zone: tzinfo, *, is_long: bool = False) -> "Period":
        """Return the days from the first until the day before `until`, as they are in a zone."""
        start, end = moment(first, zone), moment(until, zone)
        return cls((first - EPOCH).days, (until - EPOCH).days, start, end, is_long)

    def onward(self, *, after: bool) -> "Period":
        """Return all days from its first on, or those after its last."""
        first, start = (self.until, self.end) if after else (self.first, self.start)
        return Period(first, float("inf"), start, float("inf"), self.is_long)

    def backward(self, *, before: bool) -> "Period":
        """Return all days up to its last, or those before its first."""
        until, end = (self.first, self.start) if before else (self.until, self.end)
        return Period(float("-inf"), until, float("-inf"), end, self.is_long)

    def to(self, other: "Period") -> "Period":
        """Return the days from its first to the last of the other."""
        return Period(self.first, other.until, self.start, other.end, self.is_long or other.is_long)


def moment(day: date, zone: tzinfo) -> float:
    """Return the seconds since 1970 at which a day begins in a zone."""
    try:
        return datetime(day.year, day.month, day.day, tzinfo=zone).timestamp()
    except (OverflowError, ValueError):
        return datetime(day.year, day.month, day.day, tzinfo=UTC).timestamp()


def shifted(day: date, days: int) -> date:
    """Return the day so many days later, the end of the calendar where there is none."""
    try:
        return day + timedelta(days=days)
    except OverflowError:
        return date.max if days > 0 else date.min


@dataclass(frozen=True, slots=True)
class Moments:
    """The first and the last of some moments; inf and -inf if none is known."""

    first: float
    last: float

    @classmethod
    def of(cls, said_at: NDArray[np.float64]) -> "Moments":
        """Take some moments, NaN for an unknown one."""
        first = float(np.fmin.reduce(said_at, initial=np.inf))
        return cls(first, float(np.fmax.reduce(said_at, initial=-np.inf)))

    def brought_forward(
        self, before: Before, was: NDArray[np.float64], said_at: NDArray[np.float64]
    ) -> "Moments":
        """Return those of (n,) moments of now; `was` are those of before, of which these were."""
        other = np.concatenate((before.gone(len(was)), before.places(before.again)))
        if len(other):
            gone = Moments.of(was[other])
            if gone.first <= self.first or gone.last >= self.last:
                return Moments.of(said_at)
        more = Moments.of(said_at[np.concatenate((before.new, before.again))])
        return Moments(min(self.first, more.first), max(self.last, more.last))


@dataclass(frozen=True, slots=True)
class Lifetime:
    """From when to when a memory's notes were said."""

    years: range
    """From the first to the last; empty if no time is known."""
    last: float
    """The latest moment, seconds since 1970; -inf if no time is known."""

    @classmethod
    def of(cls, moments: Moments) -> "Lifetime":
        """Return the years from the first of some moments to the last."""
        if moments.first > moments.last:
            return cls(range(0), float("-inf"))
        years = [datetime.fromtimestamp(at, UTC).year for at in (moments.first, moments.last)]
        return cls(range(years[0], years[1] + 1), moments.last)
