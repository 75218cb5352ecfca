"""Rows of unequal length in two arrays, and the places and runs of values in them."""

from array import array
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from graphmem.vectors import distinct as distinct
from graphmem.vectors import first_of_runs as first_of_runs
from graphmem.vectors import put_in, shift

LONG_RUN = 16
"""Rows of a run from which it is worth copying by itself."""

Rows = NDArray[np.int64]
"""Numbers of rows, or places of values."""


@dataclass(frozen=True, slots=True)
class Ragged:
    """Rows of unequal length: row r is `values[indptr[r]:indptr[r + 1]]`."""

    indptr: Rows
    """(r + 1,)"""
    values: NDArray[np.int32]
    """(t,)"""

    @classmethod
    def of(cls, rows: Iterable[Sequence[int]]) -> "Ragged":
        """Lay rows end to end."""
        lengths, values = array("q"), array("i")
        for row in rows:
            lengths.append(len(row))
            values.extend(row)
        return cls(offsets(np.array(lengths, np.int64)), np.array(values, np.int32))

    @property
    def lengths(self) -> Rows:
        """(r,) values in each row."""
        return np.diff(self.indptr)

    @property
    def rows(self) -> Rows:
        """(t,) the row of each value."""
        return np.repeat(np.arange(len(self.indptr) - 1), self.lengths)

    def row(self, number: int) -> NDArray[np.int32]:
        """Return one row."""
        return self.values[self.indptr[number] : self.indptr[number + 1]]

    def take(self, rows: Rows) -> "Ragged":
        """Return the named rows, in that order."""
        runs = runs_of(rows)
        if len(rows) == len(self.indptr) - 1 and len(runs) == 1:
            return self  # all of them as they are
        (values,) = taken(self.indptr, rows, runs, self.values)
        return Ragged(offsets(lengths_of(self.indptr, rows)), values)

    def joined_taken(self, other: "Ragged", rows: Rows) -> "Ragged":
        """Return `joined(other).take(rows)`, without a copy of what is only passed on."""
        bounds = split_runs(rows, len(self.indptr) - 1)
        if len(bounds) * LONG_RUN > len(rows):
            return self.joined(other).take(rows)
        lengths = np.concatenate((self.lengths, other.lengths))[rows]
        values = spliced(self.indptr, self.values, other.indptr, other.values, bounds)
        return Ragged(offsets(lengths), values)

    def with_rows(self, new: "Ragged", put: Rows, numbers: NDArray[np.int32]) -> "Ragged":
        """Return the rows with others put in, which stand at `put` then, ascending.

        `numbers` has the new number of each value that was there, as for `shifted`. All is copied
        once, the runs between as they lie.
        """
        if not len(self.values) and not len(new.values):  # as titles where nothing has one
            return Ragged(np.zeros(len(self.indptr) + len(put), np.int64), self.values)
        before = put - np.arange(len(put))  # the row that each is put before
        at, ahead = self.indptr[before], new.indptr
        ends = [0, *at.tolist(), len(self.values)]
        pieces = [self.values[: ends[1]]]
        for i, length in enumerate(new.lengths.tolist()):
            room = np.zeros(length, np.int32)
            pieces += [room, self.values[ends[i + 1] : ends[i + 2]]]
        values, starts = np.concatenate(pieces), at + ahead[:-1]
        shift(values, numbers)
        values[spans(starts, new.lengths)] = new.values
        counts = np.diff(before, prepend=0, append=len(self.indptr))
        indptr = put_in(self.indptr + np.repeat(ahead, counts), before.tolist(), starts)
        return Ragged(indptr, values)

    def joined(self, other: "Ragged") -> "Ragged":
        """Return these rows and then the others."""
        return Ragged(
            np.concatenate((self.indptr, other.indptr[1:] + self.indptr[-1])),
            np.concatenate((self.values, other.values)),
        )


def offsets(lengths: Rows) -> Rows:
    """Return (r + 1,) where rows of these lengths begin when laid end to end."""
    return np.concatenate((np.zeros(1, np.int64), np.cumsum(lengths, dtype=np.int64)))


def lengths_of(indptr: NDArray[np.integer], rows: Rows) -> Rows:
    """Return how long the named rows are."""
    return (indptr[rows + 1] - indptr[rows]).astype(np.int64)


def places(indptr: NDArray[np.integer], rows: Rows) -> Rows:
    """Return where the values of the named rows lie, row after row."""
    return spans(indptr[rows], lengths_of(indptr, rows))


def runs_of(rows: Rows) -> list[tuple[int, int]]:
    """Return the runs of rows that follow each other: the first and one past the last of each."""
    if not len(rows):
        return []
    breaks = np.flatnonzero(np.diff(rows) != 1) + 1
    starts = rows[np.concatenate((np.zeros(1, np.int64), breaks))]
    ends = rows[np.concatenate((breaks - 1, np.full(1, len(rows) - 1)))] + 1
    return list(zip(starts.tolist(), ends.tolist(), strict=True))


def split_runs(rows: Rows, n_first: int) -> list[tuple[int, int]]:
    """Return the runs of rows, none of which goes over from the first n to those behind."""
    parts = ([(a, min(b, n_first)), (max(a, n_first), b)] for a, b in runs_of(rows))
    return [(a, b) for part in parts for a, b in part if a < b]


def spliced(
    indptr: NDArray[np.integer],
    values: NDArray[Any],
    other_indptr: NDArray[np.integer],
    others: NDArray[Any],
    bounds: Sequence[tuple[int, int]],
) -> NDArray[Any]:
    """Return the values of `split_runs` of two arrays' rows, those of the other counted on."""
    n = len(indptr) - 1
    pieces = [
        values[indptr[a] : indptr[b]]
        if a < n
        else others[other_indptr[a - n] : other_indptr[b - n]]
        for a, b in bounds
    ]
    return np.concatenate(pieces or [values[:0]])


def taken(
    indptr: NDArray[np.integer], rows: Rows, runs: Sequence[tuple[int, int]], *arrays: NDArray[Any]
) -> list[NDArray[Any]]:
    """Return the values of the named rows, row after row, of arrays of one layout.

    A few long `runs` of them are copied as they lie.
    """
    if len(runs) * LONG_RUN > len(rows):
        at = places(indptr, rows)
        return [array[at] for array in arrays]
    bounds = [(int(indptr[start]), int(indptr[end])) for start, end in runs]
    return [np.concatenate([array[a:b] for a, b in bounds] or [array[:0]]) for array in arrays]


def spans(starts: NDArray[np.integer], lengths: Rows) -> Rows:
    """Return the places of spans of values, span after span."""
    ends = np.cumsum(lengths)
    total = int(ends[-1]) if len(ends) else 0
    found: Rows = np.arange(total)
    found += np.repeat(starts - ends + lengths, lengths)
    return found
