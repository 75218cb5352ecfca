"""Rows of a table that lie in several arrays: runs of these, one behind the other, never copied.

The vectors of a hundred thousand turns differ from those before by a turn's. Where they lie is all
that is written down for it.
"""

from collections.abc import Iterator, Sequence
from itertools import groupby
from typing import Any, Generic, TypeAlias, TypeVar, overload

import numpy as np
from numpy.typing import NDArray

from graphmem.runs import flattened

Scalar = TypeVar("Scalar", bound=np.generic)
Numbers = NDArray[np.int64]
Piece: TypeAlias = tuple[NDArray[Scalar], int, int]
"""A run of an array's rows: from the first number up to the second."""

MOST_PIECES = 1_024
"""Beyond it, short runs next to each other are copied together."""
VERY_SHORT, SHORT = 64, 4_096
"""Rows of a run that is copied; more where the first is not enough."""


class Stacked(Generic[Scalar]):
    """Runs of arrays that differ in how many rows they have, at least one."""

    def __init__(self, pieces: Sequence[Piece[Scalar]]) -> None:
        first, _, _ = pieces[0]
        self.pieces = tuple(pieces)
        self.ends = np.cumsum([stop - start for _, start, stop in pieces])
        self.shape: tuple[int, ...] = (int(self.ends[-1]), *first.shape[1:])
        self.dtype = first.dtype

    @classmethod
    def of(cls, parts: Sequence[tuple["Rows[Scalar]", int, int]]) -> "Stacked[Scalar]":
        """Return runs of rows, one behind the other; those without a row are left out."""
        inner = flattened(parts, lambda rows: rows.pieces if isinstance(rows, Stacked) else ())
        pieces: list[Piece[Scalar]] = [(_array(rows), start, stop) for rows, start, stop in inner]
        if not pieces:
            (rows, _, _), *_ = parts
            return cls([(rows[:0], 0, 0)])
        for most in (VERY_SHORT, SHORT):
            if len(pieces) > MOST_PIECES:
                pieces = _merged(pieces, most)
        return cls(pieces)

    def __len__(self) -> int:
        return self.shape[0]

    @overload
    def __getitem__(self, at: int | np.integer[Any]) -> Any: ...
    @overload
    def __getitem__(self, at: slice | NDArray[np.integer[Any]]) -> NDArray[Scalar]: ...
    def __getitem__(self, at: int | np.integer[Any] | slice | NDArray[np.integer[Any]]) -> Any:
        """Return one row, a run of rows, or those at some places, as an array."""
        if isinstance(at, slice):
            start, stop, _ = at.indices(len(self))
            return np.concatenate([*self._runs(start, stop), self.pieces[0][0][:0]])
        if isinstance(at, np.ndarray):
            return self._rows_at(at)
        return self._rows_at(np.array([at]))[0]

    def __array__(self, dtype: Any = None, copy: bool | None = None) -> NDArray[Any]:
        whole = self[:]
        return whole if dtype is None else whole.astype(dtype, copy=False)

    def _runs(self, start: int, stop: int) -> Iterator[NDArray[Scalar]]:
        begin = 0
        for array, first, last in self.pieces:
            end = begin + last - first
            if begin < stop and end > start:
                yield array[first + max(start - begin, 0) : last - max(end - stop, 0)]
            begin = end

    def _rows_at(self, places: NDArray[np.integer[Any]]) -> NDArray[Scalar]:
        found = np.empty((len(places), *self.shape[1:]), self.dtype)
        which, inside = self._find(places)
        for piece in set(which.tolist()):
            is_here = which == piece
            found[is_here] = self.pieces[piece][0][inside[is_here]]
        return found

    def _find(self, places: NDArray[np.integer[Any]]) -> tuple[Numbers, Numbers]:
        """Return which piece each row lies in, and which row of its array it is."""
        which = np.searchsorted(self.ends, places, side="right")
        which = np.minimum(which, len(self.pieces) - 1)
        stops = np.array([stop for _, _, stop in self.pieces])
        return which, places - self.ends[which] + stops[which]

    def addresses(self, places: Numbers) -> Numbers:
        """Return where some rows begin in memory; that behind the last is nowhere."""
        which, inside = self._find(places)
        begins = np.array([_address(array) for array, _, _ in self.pieces])
        steps = np.array([array.strides[0] for array, _, _ in self.pieces])
        found: Numbers = begins[which] + inside * steps[which]
        return found


Rows: TypeAlias = NDArray[Scalar] | Stacked[Scalar]
"""A table, in one array or several."""


def pieces_of(rows: Rows[Scalar]) -> Sequence[Piece[Scalar]]:
    """Return the runs of arrays that a table is."""
    return rows.pieces if isinstance(rows, Stacked) else ((rows, 0, len(rows)),)


def whole(rows: Rows[Scalar]) -> NDArray[Scalar]:
    """Return a table as one array."""
    return rows[:] if isinstance(rows, Stacked) else rows


def addresses(rows: Rows[Any], places: Numbers) -> Numbers:
    """Return where some rows begin in memory; that behind the last is nowhere."""
    if isinstance(rows, Stacked):
        return rows.addresses(places)
    return _address(rows) + places * rows.strides[0]


def changes(before: Rows[Scalar], now: Rows[Scalar]) -> Iterator[tuple[NDArray[Scalar], int]]:
    """Yield the runs of rows that came, with 1, and those that went, with -1."""
    arrays = {id(array): array for rows in (before, now) for array, _, _ in pieces_of(rows)}
    steps: dict[int, dict[int, int]] = {number: {} for number in arrays}
    for rows, sign in ((before, -1), (now, 1)):
        for array, start, stop in pieces_of(rows):
            at = steps[id(array)]
            at[start] = at.get(start, 0) + sign
            at[stop] = at.get(stop, 0) - sign
    for number, at in steps.items():
        sign, begin = 0, 0
        for place in sorted(at):
            if sign and place > begin:
                yield arrays[number][begin:place], sign
            sign, begin = sign + at[place], place


def _array(rows: Rows[Scalar]) -> NDArray[Scalar]:
    if isinstance(rows, Stacked):  # of nothing
        return rows[:]
    return rows


def _address(array: NDArray[Any]) -> int:
    address: int = array.__array_interface__["data"][0]
    return address


def _merged(pieces: Sequence[Piece[Scalar]], most: int) -> list[Piece[Scalar]]:
    merged: list[Piece[Scalar]] = []
    for is_short, group in groupby(pieces, lambda piece: piece[2] - piece[1] <= most):
        runs = list(group)
        if is_short and len(runs) > 1:
            array = np.concatenate([array[start:stop] for array, start, stop in runs])
            runs = [(array, 0, len(array))]
        merged += runs
    return merged
