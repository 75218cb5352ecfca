"""Which turns lie in a time that is asked about: said then, or telling of it.

A condition on time is met by a turn said in it, and by one whose text dates what it tells there
("last Friday", "on 3 May"), or answers one that does. Where none of those fits the question, one
said soon after does: people tell of a day for a week, of a month for three.
"""

from collections.abc import Callable, Collection
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from graphmem.arrays import GraphSnapshot
from graphmem.retrieve.question.dates import days_after
from graphmem.retrieve.question.period import DAY_SECONDS, Period
from graphmem.retrieve.question.when import When
from graphmem.retrieve.turns.session_times import SessionTimes
from graphmem.retrieve.turns.stretches import SILENCE
from graphmem.retrieve.turns.told_days import ToldDays
from graphmem.retrieve.words.index import WordIndex

SOON_DAYS, SOON_DAYS_LONG = 7, 21
"""How long after a day or week, and after a month, people still tell of it."""
_WEEK, _WEEKEND = 7, 2
_ANSWERS = (-1, 1, 2)
"""Turns around one that tells of a time which tell of the same."""
_FARTHEST = 14 * 3600.0
"""Seconds that a clock is ahead of UTC at most, and behind it."""

Mask = NDArray[np.bool_]
Offsets = Callable[[NDArray[np.int64]], NDArray[np.float64]]
"""(m,) notes -> (m,) seconds that the speaker's clock was ahead of UTC, NaN where it is unknown."""


@dataclass(frozen=True)
class ToldDates:
    """The dates in the texts of a snapshot; they are read when the first question asks for one."""

    snapshot: GraphSnapshot
    words: WordIndex | None = None
    """Of its notes; None: what comes again is not looked for."""
    offsets: Offsets | None = None
    """None: nobody knows the speakers' clocks."""

    def meeting(self, when: When, asked: Mask, fitting: Mask) -> Mask:
        """Return (n,) the notes that meet the condition of a question.

        `asked` are (n,) the turns asked about, `fitting` those that hold a word of the question:
        soon after will do if none of these was said or told of in time. Passages, and turns without
        a time, meet it.
        """
        free = self._is_free
        met, late = np.zeros((2, len(asked)), np.bool_)
        for period in when.within:
            met |= self.said_in(period, by_speaker=when.by_speaker) | self.told_in(period)
        met |= self.recurring(when)
        if when.event:
            met |= self._with_answers(np.array(when.event, np.int64))
            return self._beyond_event(met | free, asked & ~free, fitting)
        for period in when.asked:
            late |= self._soon_after(period) | self.told_in(period, most_days=_WEEK)
        for choice, wanted in ((met, fitting), (late, fitting), (met, asked)):
            if (choice & wanted & asked & ~free).any():
                return choice | free
        return late | free

    @staticmethod
    def _beyond_event(met: Mask, asked: Mask, fitting: Mask) -> Mask:
        """Return what meets a condition that an event makes; all where only other times fit.

        Nobody says of everything whether it was before the party: a turn may tell of it later.
        """
        fits = fitting & asked
        is_kept = (met & fits).any() if fits.any() else (met & asked).any()
        return met if is_kept else np.ones(len(met), np.bool_)

    def _soon_after(self, period: Period) -> Mask:
        most = SOON_DAYS_LONG if period.is_long else SOON_DAYS
        said_at, is_soon = self.snapshot.said_at, np.zeros(len(self.snapshot.said_at), np.bool_)
        near = self._times.notes_near(period.end, period.end + most * DAY_SECONDS)
        late = days_after(period, said_at[near])
        is_soon[near] = (late > 0) & (late <= most)
        return is_soon

    def said_in(self, period: Period, *, by_speaker: bool = False) -> Mask:
        """Return (n,) which notes were said in a period, by the clock of who spoke if wanted."""
        said_at, is_then = self.snapshot.said_at, np.zeros(len(self.snapshot.said_at), np.bool_)
        near = self._times.notes_near(period.start - _FARTHEST, period.end + _FARTHEST)
        is_then[near] = (said_at[near] >= period.start) & (said_at[near] < period.end)
        if by_speaker and self.offsets is not None:
            edges = np.array([period.start, period.end])
            is_near = (np.abs(said_at[near, None] - edges) <= _FARTHEST).any(axis=1)
            near = near[is_near & self.snapshot.is_turn[near]]
            local = said_at[near] + self.offsets(near)
            known = np.isfinite(local)
            is_then[near[known]] = (local >= period.start)[known] & (local < period.end)[known]
        return is_then

    def offset(self, note: int) -> float:
        """Return how many seconds the speaker's clock was ahead of UTC; 0 where it is unknown."""
        if self.offsets is None:
            return 0.0
        return float(np.nan_to_num(self.offsets(np.array([note])))[0])

    def told_in(self, period: Period, *, most_days: float = _WEEKEND) -> Mask:
        """Return (n,) which turns tell of a period, or answer one that does.

        A date longer than the period, if also than `most_days`, tells nothing of it: "in 2023" is
        no day of May.
        """
        return self._with_answers(self._days.telling(period, max(period.days, most_days)))

    def recurring(self, when: When) -> Mask:
        """Return (n,) which turns tell of a time asked that comes again, or answer such a one."""
        notes: list[int] = []
        if self.words is not None:
            for one in when.recurring:
                number = self.words.numbers.get(one.term, -1)
                held = self.words.notes.postings(number)[0].tolist() if number >= 0 else []
                notes += [note for note in held if one.is_said(self.snapshot.texts[note])]
        return self._with_answers(np.array(notes, np.int64))

    def dates_of(self, notes: Collection[int], *, most_days: float) -> list[tuple[int, int]]:
        """Return the first day and the day after the last of each date in the texts of some notes.

        Dates longer than `most_days` are left out.
        """
        return self._days.of_notes(notes, most_days)

    def _with_answers(self, notes: NDArray[np.int64]) -> Mask:
        session = self.snapshot.session
        told = np.zeros(len(session), np.bool_)
        told[notes] = True
        for away in _ANSWERS:
            near = notes + away
            inside = (near >= 0) & (near < len(session))
            near, of = near[inside], notes[inside]
            told[near[(session[near] == session[of]) & self._is_one_talk(near, of)]] = True
        return told & self.snapshot.is_turn

    def _is_one_talk(self, one: NDArray[np.int64], other: NDArray[np.int64]) -> Mask:
        """Return (m,) whether what was said in one session answers each other: no memo does."""
        said_at, is_memo = self.snapshot.said_at, self.snapshot.is_memo
        near: Mask = ~(np.abs(said_at[one] - said_at[other]) > SILENCE)
        return near if is_memo is None else near & ~is_memo[one] & ~is_memo[other]

    @cached_property
    def _days(self) -> ToldDays:
        return ToldDays.of(self.snapshot)

    @cached_property
    def _times(self) -> SessionTimes:
        return SessionTimes.of(self.snapshot.said_at, self.snapshot.session)

    @cached_property
    def _is_free(self) -> Mask:
        """(n,) what meets any time: passages, and turns without a time."""
        free: Mask = ~self.snapshot.is_turn | ~np.isfinite(self.snapshot.said_at)
        return free
