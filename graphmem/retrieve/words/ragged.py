"""Rows of unequal length in two arrays, and the places and runs of values in them."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from graphmem.vectors import distinct as distinct
from graphmem.vectors import first_of_runs as first_of_runs

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
        lengths: list[int] = []
        values: list[int] = []
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
        if len(rows) == len(self.indptr) - 1 and (np.diff(rows) == 1).all():
            return self  # all of them as they are
        return Ragged(offsets(self.lengths[rows]), self.values[places(self.indptr, rows)])

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


def spans(starts: NDArray[np.integer], lengths: Rows) -> Rows:
    """Return the places of spans of values, span after span."""
    ends = np.cumsum(lengths)
    total = int(ends[-1]) if len(ends) else 0
    found: Rows = np.arange(total)
    found += np.repeat(starts - ends + lengths, lengths)
    return found
