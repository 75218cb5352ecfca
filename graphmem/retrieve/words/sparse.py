"""A sparse matrix of few verbs: importing scipy's takes longer than a search of a small memory."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from graphmem.retrieve.words.ragged import (
    LONG_RUN,
    Rows,
    lengths_of,
    offsets,
    runs_of,
    spliced,
    split_runs,
    taken,
)

Values = NDArray[np.floating]

LONG = 50_000
"""Entries from which a product is worth scipy: ten times as fast, a quarter second to import."""


@dataclass(frozen=True, slots=True)
class Sparse:
    """(r, c) numbers, those that are not zero, row by row: what scipy calls CSR, its names kept."""

    data: Values
    """(e,) the entries."""
    indices: NDArray[np.int32]
    """(e,) the column of each, ascending in each row."""
    indptr: Rows
    """(r + 1,) where the entries of each row begin."""
    shape: tuple[int, int]

    @property
    def rows(self) -> Rows:
        """(e,) the row of each entry."""
        return np.repeat(np.arange(self.shape[0]), np.diff(self.indptr))

    def row(self, number: int) -> tuple[NDArray[np.int32], Values]:
        """Return the columns of one row, ascending, and its entries."""
        span = slice(self.indptr[number], self.indptr[number + 1])
        return self.indices[span], self.data[span]

    def transposed(self) -> "Sparse":
        """Return the (c, r) matrix whose rows are these columns."""
        n = len(self.data)
        counts = np.bincount(self.indices, minlength=self.shape[1])
        # Sorting (column, place) as one number keeps the order of places, as a stable sort would.
        keys = self.indices.astype(np.int64) * n + np.arange(n)
        keys.sort()
        keys -= np.repeat(np.arange(self.shape[1]) * n, counts)
        return Sparse(
            data=self.data[keys],
            indices=self.rows[keys].astype(np.int32),
            indptr=offsets(counts),
            shape=(self.shape[1], self.shape[0]),
        )

    def take(self, rows: Rows) -> "Sparse":
        """Return the named rows, in that order."""
        data, indices = taken(self.indptr, rows, runs_of(rows), self.data, self.indices)
        return Sparse(
            data=data,
            indices=indices,
            indptr=offsets(lengths_of(self.indptr, rows)),
            shape=(len(rows), self.shape[1]),
        )

    def joined(self, other: "Sparse") -> "Sparse":
        """Return these rows and then those of another of as many columns."""
        return Sparse(
            data=np.concatenate((self.data, other.data)),
            indices=np.concatenate((self.indices, other.indices)),
            indptr=np.concatenate((self.indptr, other.indptr[1:] + self.indptr[-1])),
            shape=(self.shape[0] + other.shape[0], self.shape[1]),
        )

    def joined_taken(self, other: "Sparse", rows: Rows) -> "Sparse":
        """Return `joined(other).take(rows)`, without a copy of what is only passed on."""
        bounds = split_runs(rows, self.shape[0])
        if len(bounds) * LONG_RUN > len(rows):
            return self.joined(other).take(rows)
        lengths = np.concatenate((np.diff(self.indptr), np.diff(other.indptr)))[rows]
        return Sparse(
            data=spliced(self.indptr, self.data, other.indptr, other.data, bounds),
            indices=spliced(self.indptr, self.indices, other.indptr, other.indices, bounds),
            indptr=offsets(lengths),
            shape=(len(rows), self.shape[1]),
        )

    def with_data(self, data: Values) -> "Sparse":
        """Return other entries (e,) in the same places, which are shared."""
        return Sparse(data, self.indices, self.indptr, self.shape)

    def row_sums(self, values: Values) -> NDArray[np.float64]:
        """Return (r,) the sum of one value (e,) for each entry, from left to right in each row."""
        sums = np.bincount(self.rows, values, self.shape[0])
        return sums.astype(np.float64, copy=False)  # those of no entries are integers

    def __matmul__(self, vector: NDArray[np.float64]) -> NDArray[np.float64]:
        """Return (r,) the product with a vector (c,), the same to the last bit either way."""
        if len(self.data) > LONG:
            from scipy.sparse import csr_array

            parts = (self.data, self.indices, self.indptr.astype(np.int32))
            return np.asarray(csr_array(parts, shape=self.shape).dot(vector), np.float64)
        weighed = vector.take(self.indices)
        weighed *= self.data
        return self.row_sums(weighed)

    def toarray(self) -> Values:
        """Return the whole (r, c), zeros and all."""
        whole = np.zeros(self.shape, self.data.dtype)
        whole[self.rows, self.indices] = self.data
        return whole


def stacked(parts: Sequence[Sparse]) -> Sparse:
    """Return matrices of as many columns, at least one, one below the other."""
    lengths = np.concatenate([np.diff(part.indptr) for part in parts])
    return Sparse(
        data=np.concatenate([part.data for part in parts]),
        indices=np.concatenate([part.indices for part in parts]),
        indptr=offsets(lengths),
        shape=(len(lengths), parts[0].shape[1]),
    )
