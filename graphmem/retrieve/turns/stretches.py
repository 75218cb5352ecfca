"""What was said in one go: the stretches of a session between silences, and which are as before."""

from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from graphmem.retrieve.turns.kernels import Column
from graphmem.retrieve.words.known import Before
from graphmem.retrieve.words.ragged import spans

SILENCE = 12 * 3600.0
"""Seconds after which what is said next answers nothing that was said before: a night is shorter,
the days of a journal are not."""
Turns = NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Breaks:
    """What tells where a stretch of t turns begins."""

    given: NDArray[np.int32]
    """(t,) the session of each, as the source gave it."""
    said_at: Column
    is_memo: NDArray[np.bool_] | None
    """None: none is."""

    def among(self, start: int, stop: int) -> NDArray[np.bool_]:
        """Return which of some turns, at least one, begin a stretch.

        Each session does, what is said after a SILENCE, and a memo. What is undated was said in one
        go with what stands before it.
        """
        some = slice(max(start - 1, 0), stop)
        begins = np.ones(stop - start, np.bool_)
        breaks = (np.diff(self.given[some]) != 0) | (np.diff(self.said_at[some]) > SILENCE)
        begins[len(begins) - len(breaks) :] = breaks
        if self.is_memo is not None:
            begins |= self.is_memo[start:stop]
        return begins

    def at(self, turn: int) -> bool:
        """Return whether a stretch begins at a turn, or ends before it: `turn` may be t."""
        return turn == len(self.given) or bool(self.among(turn, turn + 1)[0])


@dataclass(frozen=True, slots=True)
class Stretches:
    """The s stretches of t turns."""

    of_turn: NDArray[np.int32]
    """(t,) the number of each turn's, from 0, non-decreasing."""
    first: NDArray[np.int32]
    """(s,) the first turn of each."""

    @classmethod
    def of(cls, breaks: Breaks) -> "Stretches":
        """Number the stretches."""
        if not len(breaks.given):
            return cls(np.empty(0, np.int32), np.empty(0, np.int32))
        begins = breaks.among(0, len(breaks.given))
        return cls(np.cumsum(begins, dtype=np.int32) - 1, np.flatnonzero(begins).astype(np.int32))

    @property
    def last(self) -> NDArray[np.int32]:
        """(s,) the last turn of each."""
        return np.append(self.first[1:], len(self.of_turn)).astype(np.int32) - 1

    def turns(self, some: Turns) -> Turns:
        """Return the turns of some stretches, in that order."""
        ends = np.append(self.first, len(self.of_turn))
        starts = self.first[some].astype(np.int64)
        return spans(starts, ends[some + 1].astype(np.int64) - starts)


@dataclass(frozen=True, slots=True)
class Renewed:
    """Stretches, and what they have of those of before."""

    stretches: Stretches
    before: Turns
    """(s,) the number of each then; any of one that changed."""
    changed: Turns
    """Those that are not, turn by turn, as one was before, ascending."""


def brought_forward(was: Stretches, stood: Before, breaks: Breaks) -> Renewed:
    """Return the stretches of turns of which many stand side by side as they stood.

    A stretch is as it was if its turns are of one run, each begins a stretch if it did, and so does
    what follows them: only the ends of runs are looked at.
    """
    now = _Growing(was, breaks, np.empty(stood.n, np.int32))
    cursor = 0
    for start, stop, at in [*stood.runs, (stood.n, stood.n, 0)]:
        if cursor < start:
            now.add_new(cursor, start)
        if start < stop:
            now.add_run(start, stop, at)
        cursor = stop
    now.changed.update(now.of_turn[stood.again].tolist())
    first, before = (np.concatenate([np.empty(0, np.int32), *of]) for of in (now.first, now.before))
    changed = np.array(sorted(now.changed), np.int64)
    return Renewed(Stretches(now.of_turn, first.astype(np.int32)), before, changed)


@dataclass(slots=True)
class _Growing:
    """The stretches of turns that are gone through run by run."""

    was: Stretches
    breaks: Breaks
    of_turn: NDArray[np.int32]
    first: list[NDArray[np.int32]] = field(default_factory=list)
    before: list[NDArray[np.int32]] = field(default_factory=list)
    changed: set[int] = field(default_factory=set)
    n: int = 0
    """How many there are up to here."""

    def add_new(self, start: int, stop: int) -> None:
        """Go through turns that were not there before."""
        begins = self.breaks.among(start, stop)
        numbers = np.cumsum(begins, dtype=np.int32) + np.int32(self.n - 1)
        self.of_turn[start:stop] = numbers
        self.first.append((start + np.flatnonzero(begins)).astype(np.int32))
        self.before.append(np.zeros(len(self.first[-1]), np.int32))
        self.changed.update(range(numbers.item(0), numbers.item(-1) + 1))
        self.n = numbers.item(-1) + 1

    def add_run(self, start: int, stop: int, at: int) -> None:
        """Go through turns of which the first stood at a place."""
        was, end = self.was, at + stop - start
        low, high = was.of_turn.item(at), was.of_turn.item(end - 1)
        begins, began = self.breaks.at(start), was.first.item(low) == at
        self.n += begins
        np.add(was.of_turn[at:end], np.int32(self.n - 1 - low), out=self.of_turn[start:stop])
        if begins:
            self.first.append(np.array([start], np.int32))
            self.before.append(np.array([low], np.int32))
        self.first.append(was.first[low + 1 : high + 1] + np.int32(start - at))
        self.before.append(np.arange(low + 1, high + 1, dtype=np.int32))
        if not (begins and began):
            self.changed.add(self.n - 1)
        self.n += high - low
        ended = end == len(was.of_turn) or was.of_turn.item(end) != high
        if not (ended and self.breaks.at(stop)):
            self.changed.add(self.n - 1)
