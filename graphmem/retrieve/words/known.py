"""Which of some notes were there before: most stand in the same run of a sequence as before."""

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any, TypeVar

import numpy as np
from numpy.typing import NDArray

from graphmem.retrieve.words.ragged import LONG_RUN, Rows
from graphmem.runs import Piece, Runs

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Before:
    """Where each of n rows stood before, and the runs of those that still stand side by side."""

    rows: Rows
    """(n,) -1 for one that is new."""
    runs: Sequence[tuple[int, int, int]]
    """The first of a run, one past its last, and where the first stood."""

    @classmethod
    def of(cls, rows: Rows) -> "Before":
        """Take rows as `rows_before` returns them."""
        begins = rows <= 0  # 0 behind -1 is no step of a run
        begins[1:] |= rows[1:] - rows[:-1] != 1
        begins[:1] = True
        starts = np.flatnonzero(begins)
        stops = np.append(starts[1:], len(rows))[: len(starts)]
        runs = zip(starts.tolist(), stops.tolist(), rows[starts].tolist(), strict=True)
        return cls(rows, [run for run in runs if run[2] >= 0])

    def put_over(self, old: NDArray[Any], at: Rows, values: NDArray[Any]) -> NDArray[Any]:
        """Return what stood at the rows, but for other values at some places, new ones among them.

        A few long runs are copied as they lie.
        """
        if len(at) == len(self.rows):
            return values
        if len(self.runs) * LONG_RUN > len(self.rows):
            whole = old.take(self.rows, axis=0, mode="clip")
            whole[at] = values
            return whole
        whole = np.empty((len(self.rows), *old.shape[1:]), values.dtype)
        for start, stop, was in self.runs:
            whole[start:stop] = old[was : was + stop - start]
        whole[at] = values
        return whole


def rows_before(before: Sequence[str], now: Sequence[str]) -> Rows:
    """Return (n,) the place of each id among those before, all distinct; -1 for one that is new.

    What both have of the same sequence is found without a look at each id, so that a few notes
    more among many cost little.
    """
    rows = np.full(len(now), -1, np.int64)
    is_left = np.ones(len(before), np.bool_)
    for at, was, length in _shared(before, now):
        rows[at : at + length] = np.arange(was, was + length)
        is_left[was : was + length] = False
    places = np.flatnonzero(is_left).tolist()
    place = {before[at]: at for at in places} if places else {}
    if place:
        new = np.flatnonzero(rows < 0)
        rows[new] = [place.get(now[at], -1) for at in new.tolist()]
    return rows


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
