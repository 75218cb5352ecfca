"""The days that dates in texts stand for, in order of time."""

import re
from collections.abc import Collection
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from graphmem.arrays import MENTION_KINDS, GraphSnapshot
from graphmem.dates.pattern import WEEKDAYS
from graphmem.dates.read import dates
from graphmem.retrieve.question.period import DAY_SECONDS, EPOCH, Period
from graphmem.retrieve.words.ragged import Rows, offsets, spans
from graphmem.text import lower
from graphmem.vectors import distinct, is_among

_WEEK = 7
_SPOKEN = re.compile(r"(weekend|week) of (.*)")
_LENGTHS = {"week": _WEEK, "weekend": 2}
_FIRST_WEEKDAY = (EPOCH.toordinal() - 1) % _WEEK
"""Of day 0, Monday is 0."""

Days = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class ToldDays:
    """The d dates of a snapshot's texts, by their first day."""

    notes: Rows
    """(d,)"""
    first: Days
    """(d,) ascending."""
    until: Days
    """(d,) the day after the last."""

    @classmethod
    def of(cls, snapshot: GraphSnapshot) -> "ToldDays":
        """Read each date's name once, whatever number of texts say it."""
        graph = snapshot.graph
        is_date = graph.mention_kind == MENTION_KINDS.index("date")
        notes, names = graph.mention_note[is_date].astype(np.int64), graph.mention_entity[is_date]
        known = distinct(names)
        days = [_read(lower(graph.entity_names[name])) for name in known.tolist()]
        which = np.searchsorted(known, names)
        plain = [[] if isinstance(one, int) else one for one in days]
        starts = offsets(np.array([len(one) for one in plain], np.int64))
        lengths = np.diff(starts)[which]
        at = spans(starts[which], lengths)
        table = np.array([day for one in plain for day in one], np.float64).reshape(-1, 2)[at]
        number = np.array([one if isinstance(one, int) else -1 for one in days], np.int64)[which]
        weekdays = _weekdays(notes[number >= 0], number[number >= 0], snapshot.said_at)
        notes = np.concatenate((np.repeat(notes, lengths), *(some for some, _ in weekdays)))
        first = np.concatenate((table[:, 0], *(day for _, day in weekdays)))
        until = np.concatenate((table[:, 1], *(day + 1 for _, day in weekdays)))
        order = np.argsort(first, kind="stable")
        return cls(notes[order], first[order], until[order])

    def telling(self, period: Period, longest: float) -> Rows:
        """Return the notes with a date that meets a period and has no more than so many days."""
        begin = np.searchsorted(self.first, period.first - longest)
        some = slice(begin, np.searchsorted(self.first, period.until))
        first, until = self.first[some], self.until[some]
        return self.notes[some][(until > period.first) & (until - first <= longest)]

    def of_notes(self, notes: Collection[int], longest: float) -> list[tuple[int, int]]:
        """Return the first day and the day after the last of each date in the texts of some notes
        that has no more than so many days."""
        kept = is_among(self.notes, np.array(sorted(notes), np.int64))
        kept &= self.until - self.first <= longest
        pairs = zip(self.first[kept].tolist(), self.until[kept].tolist(), strict=True)
        return [(int(first), int(until)) for first, until in pairs]


def _read(name: str) -> list[tuple[int, int]] | int:
    """Return the days that a date's name stands for, or the number of a weekday."""
    if name in WEEKDAYS:
        return WEEKDAYS[name]
    spoken = _SPOKEN.fullmatch(name)
    unit, rest = spoken.groups() if spoken else ("", name)
    read = [span.interval for span in dates(rest, None) if span.interval is not None]
    if not read:
        return []
    first, until = ((moment.date() - EPOCH).days for moment in read[0])
    if unit:
        return [(first, first + _LENGTHS[unit])]
    if len(read) == 2 and " to " in rest:
        return [(first, (read[1][0].date() - EPOCH).days)]
    return [(first, until)]


def _weekdays(
    notes: Rows, numbers: NDArray[np.int64], said_at: NDArray[np.float64]
) -> list[tuple[Rows, Days]]:
    """Return notes that name a weekday, with that day before and after they were said: nobody knows
    which is meant."""
    is_dated = np.isfinite(said_at[notes])
    notes, day = notes[is_dated], said_at[notes[is_dated]] // DAY_SECONDS
    ahead = (numbers[is_dated] - (day + _FIRST_WEEKDAY)) % _WEEK
    return [(notes, day + ahead), (notes, day + ahead - _WEEK)]
