"""A table that stays as it is, and the few rows that were put in between its rows since.

A row more among a hundred thousand moves those behind it, and a new term those after it: to write
that down would copy the whole table. It is worked out for the rows that are looked up instead.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from graphmem.rankers.kernel import address_of, kernel
from graphmem.retrieve.words.ragged import Rows, offsets
from graphmem.retrieve.words.sparse import Sparse, Values
from graphmem.vectors import Integers, is_among, put_in, shifted

Numbers = NDArray[np.int32]
Entries = tuple[NDArray[np.int32], Values]
"""Where some entries stand, ascending, and what they are."""


@dataclass(frozen=True, slots=True)
class Table:
    """r rows × c columns, looked up both ways."""

    by_row: Sparse
    """(r, c)"""
    by_column: Sparse
    """(c, r)"""

    @classmethod
    def of(cls, matrix: Sparse) -> "Table":
        """Turn a matrix round as well."""
        return cls(matrix, matrix.transposed())


@dataclass(frozen=True, slots=True)
class Overlay:
    """f rows that were put in between those of a base of b rows × w columns; now there are v."""

    rows: Rows
    """(f,) ascending: where they stand now."""
    new: Table
    """(f, v)"""
    numbers: Numbers
    """(w,) ascending: the number of now of each of the base's columns."""
    columns: Numbers
    """(v,) the base's number of each column of now, -1 for one that it lacks."""

    @classmethod
    def nothing(cls, n_columns: int) -> "Overlay":
        """Return one that puts in no rows."""
        same = np.arange(n_columns, dtype=np.int32)
        none = Sparse(np.empty(0, np.float32), np.empty(0, np.int32), np.zeros(1, np.int64), (0, 0))
        return cls(np.empty(0, np.int64), Table(none, none), same, same)

    def with_rows(self, new: Sparse, rows: Rows, renumbered: Numbers) -> "Overlay":
        """Return it with further rows (g, v), which stand at `rows` now, ascending.

        `renumbered` has the new number of each column that was there.
        """
        n_columns = new.shape[1]
        columns = np.full(n_columns, -1, np.int32)
        columns[renumbered] = self.columns
        old = self.new.by_row
        kept = Sparse(old.data, renumbered[old.indices], old.indptr, (old.shape[0], n_columns))
        places = np.concatenate((moved(self.rows, rows), rows))
        order = np.argsort(places)
        table = Table.of(kept.joined(new).take(order))
        return Overlay(places[order], table, renumbered[self.numbers], columns)

    def row(self, base: Sparse, row: int) -> Entries:
        """Return the columns of a row, ascending, and its entries."""
        at = int(np.searchsorted(self.rows, row))
        if at < len(self.rows) and self.rows[at] == row:
            return self.new.by_row.row(at)
        columns, entries = base.row(row - at)
        return self.numbers[columns], entries

    def some_rows(self, base: Sparse, rows: Rows) -> Sparse:
        """Return some rows, in that order; `base` is by row."""
        at = np.searchsorted(self.rows, rows)
        is_new = is_among(rows, self.rows)
        old = base.take(rows[~is_new] - at[~is_new])
        old = Sparse(
            old.data, self.numbers[old.indices], old.indptr, (old.shape[0], len(self.columns))
        )
        order = np.empty(len(rows), np.int64)
        order[~is_new] = np.arange(old.shape[0])
        order[is_new] = old.shape[0] + np.arange(len(rows) - old.shape[0])
        return old.joined_taken(self.new.by_row.take(at[is_new]), order)

    def base_rows(self, n_base: int) -> Numbers:
        """Return (b,) where each row of the base stands now."""
        then = rows_then(self.rows, n_base + len(self.rows))
        return np.flatnonzero(then >= 0).astype(np.int32)

    def column(self, base: Sparse, column: int) -> Entries:
        """Return the rows of a column, ascending, and its entries; `base` is by column."""
        number = int(self.columns[column])
        added, their = self.new.by_column.row(column)
        if number < 0:
            return self.rows[added].astype(np.int32), their
        rows, entries = base.row(number)
        if (loaded := kernel()) is not None and len(self.rows):
            n, new_rows = len(rows) + len(added), self.rows[added]
            found: Entries = np.empty(n, np.int32), np.empty(n, np.float32)
            loaded.put_between(
                address_of(rows), address_of(entries), len(rows), address_of(self.rows),
                len(self.rows), address_of(new_rows), address_of(their), len(added),
                *map(address_of, found),
            )  # fmt: skip
            return found
        rows, new = moved(rows, self.rows), self.rows[added].astype(np.int32)
        at = np.searchsorted(rows, new).tolist()
        return (put_in(rows, at, new), put_in(entries, at, their)) if at else (rows, entries)

    def merged(self, base: Table) -> Table:
        """Return a base with the rows put in."""
        return Table(self.rows_merged(base.by_row), self._columns_merged(base.by_column))

    def rows_merged(self, base: Sparse) -> Sparse:
        """Return the base's rows by the numbers of now, with the others put in."""
        n_old, n_columns = base.shape[0], len(self.columns)
        old = Sparse(
            base.data, shifted(base.indices, self.numbers), base.indptr, (n_old, n_columns)
        )
        order = rows_then(self.rows, n_old + len(self.rows))
        order[self.rows] = np.arange(n_old, len(order))
        return old.joined_taken(self.new.by_row, order)

    def _columns_merged(self, base: Sparse) -> Sparse:
        lengths = np.zeros(len(self.columns), np.int64)
        lengths[self.numbers] = np.diff(base.indptr)
        starts, n = offsets(lengths), base.shape[1] + len(self.rows)
        rows = shifted(base.indices, np.flatnonzero(rows_then(self.rows, n) >= 0).astype(np.int32))
        new = self.new.by_column
        added, columns = self.rows[new.indices].astype(np.int32), new.rows
        at = [
            int(starts[column] + np.searchsorted(rows[starts[column] : starts[column + 1]], row))
            for column, row in zip(columns.tolist(), added.tolist(), strict=True)
        ]
        return Sparse(
            data=put_in(base.data, at, new.data),
            indices=put_in(rows, at, added),
            indptr=starts + new.indptr,
            shape=(len(self.columns), n),
        )


def rows_then(put: Rows, n: int) -> Rows:
    """Return (n,) which row each was before others were put in, -1 for these."""
    rows = np.ones(n, np.int64)
    rows[put] = 0
    places: Rows = np.cumsum(rows) - 1
    places[put] = -1
    return places


def moved(rows: NDArray[Integers], put: Rows) -> NDArray[Integers]:
    """Return where some rows, ascending, stand once others stand at `put`, ascending too."""
    before = (put - np.arange(len(put))).astype(rows.dtype)  # the row that each is put before
    cuts = np.searchsorted(rows, before)
    ahead = np.arange(len(put) + 1, dtype=rows.dtype)
    stand: NDArray[Integers] = np.repeat(ahead, np.diff(cuts, prepend=0, append=len(rows)))
    stand += rows
    return stand
