"""Which of some notes were there before: most stand in the same run of a sequence as before."""

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any, TypeVar

import numpy as np
from numpy.typing import NDArray

from graphmem.retrieve.words.ragged import LONG_RUN, Rows
from graphmem.runs import Piece, Runs
from graphmem.vectors import is_among

T = TypeVar("T")
MANY = 256
"""Runs of rows from which all rows are looked at: one run by one is no faster."""
NONE: Rows = np.empty(0, np.int64)


Run = tuple[int, int, int]
"""The first of a run of rows, one past its last, and where the first stood before."""


@dataclass(frozen=True, slots=True)
class Before:
    """Where each of n rows stood before: the runs of those that still stand side by side."""

    n: int
    runs: Sequence[Run]
    """Ascending; the rows between them are new."""
    again: Rows = field(default_factory=lambda: NONE)
    """Rows of theirs, ascending, that are told by their ids alone: what else is said of them may
    have been read anew. Each is a run by itself, unless they are MANY."""

    @classmethod
    def of(cls, rows: Rows, again: Rows = NONE) -> "Before":
        """Take (n,) where each row stood, -1 for one that is new."""
        begins = rows <= 0  # 0 behind -1 is no step of a run
        begins[1:] |= rows[1:] - rows[:-1] != 1
        begins[:1] = True
        starts = np.flatnonzero(begins)
        stops = np.append(starts[1:], len(rows))[: len(starts)]
        runs = zip(starts.tolist(), stops.tolist(), rows[starts].tolist(), strict=True)
        return cls(len(rows), [run for run in runs if run[2] >= 0], again)

    @classmethod
    def between(cls, before: Sequence[str], now: Sequence[str]) -> "Before":
        """Find each id of now, all distinct, among those before.

        What both have of the same sequence is found without a look at each id, so that a few notes
        more among many cost little.
        """
        runs = _joined(_shared(before, now))
        came = _gaps(((start, stop) for start, stop, _ in runs), len(now))
        left = _left(runs, len(before)) if len(came) else NONE
        place = {before[at]: at for at in left.tolist()}
        again = [row for row in came.tolist() if now[row] in place] if place else []
        if len(again) <= MANY:
            singly = [(row, row + 1, place[now[row]]) for row in again]
            return cls(len(now), sorted([*runs, *singly]), np.array(again, np.int64))
        rows = cls(len(now), runs).rows
        rows[again] = [place[now[row]] for row in again]
        return cls.of(rows, np.array(again, np.int64))

    @classmethod
    def put(cls, n_before: int, at: Rows) -> "Before":
        """Return it of rows between which others were put, that stand at some places now."""
        n, ends = n_before + len(at), np.append(at, n_before + len(at))
        starts = np.append(0, at + 1)
        runs = [
            (start, stop, start - ahead)
            for ahead, (start, stop) in enumerate(zip(starts.tolist(), ends.tolist(), strict=True))
            if start < stop
        ]
        return cls(n, runs)

    @property
    def rows(self) -> Rows:
        """(n,) where each stood, -1 for one that is new."""
        rows = np.full(self.n, -1, np.int64)
        for start, stop, was in self.runs:
            rows[start:stop] = np.arange(was, was + stop - start)
        return rows

    @property
    def new(self) -> Rows:
        """The rows that are new, ascending."""
        return _gaps(((start, stop) for start, stop, _ in self.runs), self.n)

    def gone(self, n_before: int) -> Rows:
        """Return which of the rows before are there no more, ascending."""
        return _left(self.runs, n_before)

    def is_grown(self, n_before: int) -> bool:
        """Tell whether all rows before are there, in their order."""
        end = 0
        for start, stop, was in self.runs:
            if was != end:
                return False
            end += stop - start
        return end == n_before

    def places(self, rows: Rows) -> Rows:
        """Return where some rows stood, -1 for those that are new."""
        table = np.array([*self.runs, (self.n, self.n, 0)], np.int64)
        start, stop, was = table[np.searchsorted(table[:, 0], rows, side="right") - 1].T
        return np.where((rows >= start) & (rows < stop), was + rows - start, -1)

    def among(self, some: Rows, some_before: Rows) -> "Before":
        """Return it of some of the rows, ascending; those of them that were there were among some
        before."""
        table = np.array(self.runs, np.int64).reshape(-1, 3).T
        start, stop = np.searchsorted(some, table[:2])
        was = np.searchsorted(some_before, table[2])
        runs = zip(start.tolist(), stop.tolist(), was.tolist(), strict=True)
        again = np.searchsorted(some, self.again[is_among(self.again, some)])
        return Before(len(some), [run for run in runs if run[0] < run[1]], again)

    def put_over(self, old: NDArray[Any], at: Rows, values: NDArray[Any]) -> NDArray[Any]:
        """Return what stood at the rows, but for other values at some places, new ones among them.

        A few long runs are copied as they lie.
        """
        if len(at) == self.n:
            return values
        if len(self.runs) * LONG_RUN > self.n:
            whole = old.take(self.rows, axis=0, mode="clip")
            whole[at] = values
            return whole
        whole = np.empty((self.n, *old.shape[1:]), values.dtype)
        for start, stop, was in self.runs:
            whole[start:stop] = old[was : was + stop - start]
        whole[at] = values
        return whole


def rows_before(before: Sequence[str], now: Sequence[str]) -> Rows:
    """Return (n,) the place of each id among those before, all distinct; -1 for one that is new."""
    return Before.between(before, now).rows


def rows_of_titled(
    before: tuple[Sequence[str], Sequence[str | None]],
    now: tuple[Sequence[str], Sequence[str | None]],
) -> Rows:
    """Return `rows_before` of notes, given as ids and titles; one of another title is new."""
    rows = rows_before(before[0], now[0])
    doubtful = np.flatnonzero((rows >= 0) & ~_is_passed_on(before[1], now[1], rows)).tolist()
    rows[[at for at in doubtful if before[1][rows[at]] != now[1][at]]] = -1
    return rows


def _is_passed_on(
    before: Sequence[str | None], now: Sequence[str | None], rows: Rows
) -> NDArray[np.bool_]:
    """Return which items of now lie in the same run as that of their row before."""
    passed = np.zeros(len(now), np.bool_)
    for at, was, length in _shared(before, now):
        passed[at : at + length] |= rows[at : at + length] == np.arange(was, was + length)
    return passed


def _shared(before: Sequence[T], now: Sequence[T]) -> Iterator[tuple[int, int, int]]:
    """Yield where what both have of one sequence begins now, where it did before, and how long it
    is. In neither does an item of a sequence stand twice."""
    runs: defaultdict[int, list[tuple[int, int, int]]] = defaultdict(list)
    begin = 0
    for block, start, stop in _pieces(before):
        runs[id(block)].append((start, stop, begin))
        begin += stop - start
    for own in runs.values():
        own.sort()
    begin = 0
    for block, start, stop in _pieces(now):
        own = runs[id(block)]
        for first, last, at in own[max(bisect_right(own, (start, stop + 1, 0)) - 1, 0) :]:
            if first >= stop:
                break
            low, high = max(start, first), min(stop, last)
            if low < high:
                yield begin + low - start, at + low - first, high - low
        begin += stop - start


def _pieces(ids: Sequence[T]) -> Sequence[Piece[T]]:
    return ids.pieces if isinstance(ids, Runs) else [(ids, 0, len(ids))]


def _joined(runs: Iterable[tuple[int, int, int]]) -> list[Run]:
    """Return the runs that `_shared` yields, those that go on side by side as one."""
    joined: list[Run] = []
    for start, was, length in runs:
        first, stop, at = joined[-1] if joined else (0, -1, 0)
        if stop == start and at + stop - first == was:
            joined[-1] = first, start + length, at
        else:
            joined.append((start, start + length, was))
    return joined


def _left(runs: Sequence[Run], n_before: int) -> Rows:
    """Return the rows before that are in none of the runs, ascending."""
    return _gaps(sorted((was, was + stop - start) for start, stop, was in runs), n_before)


def _gaps(runs: Iterable[tuple[int, int]], n: int) -> Rows:
    """Return what is in none of some runs of the numbers below n, ascending."""
    gaps, end = [NONE], 0
    for start, stop in [*runs, (n, n)]:
        if end < start:
            gaps.append(np.arange(end, start))
        end = stop
    return np.concatenate(gaps)
