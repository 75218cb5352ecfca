"""Vectors as whole numbers of a byte: a quarter of what a question reads of a large memory.

Each row has a unit of its own, the greatest of its numbers is 127; a cosine differs from that of
floats in the third place or the fourth. Products of whole numbers are exact: the same in any order,
and wherever a row lies. The loops are compiled (`cosines.c`); numpy gives the same bytes.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from graphmem.rankers.kernel import address_of, kernel
from graphmem.retrieve.turns.kernels import Column
from graphmem.stacked import Rows, Stacked, changes, pieces_of, whole

Vector = NDArray[np.float32]
Sums = NDArray[np.int64]
_MOST_CODE, _MOST = 127, 2**15 - 1
_LONGEST = 2**24
"""Of all numbers of a row that is asked for: its products with codes stay below 2^31."""
_LEAST_SQUARE = 1e-6
"""Of what is left of a row without the mean."""
_COARSE = 512
"""Parts of one in which the mean is taken out of lengths: a turn more among many mostly leaves it
as it was, and with it the lengths of all others."""
_PARTS = 2.0**36
"""Of one, that numbers are told apart by in a sum: of 2^26 rows it is exact in 64 bits."""
_AT_ONCE = 4_096
"""Rows that numpy takes at a time."""


@dataclass(frozen=True, slots=True)
class _Coded:
    """The rows of one array."""

    codes: NDArray[np.int8]
    units: Column
    squares: NDArray[np.int32]
    norms: Column


@dataclass(frozen=True, slots=True, eq=False)
class RowCodes:
    """The codes of n rows, cut into runs as these are."""

    codes: Rows[np.int8]
    """(n, dim)"""
    units: Rows[np.float64]
    """(n,) what 1 is worth."""
    squares: Rows[np.int32]
    """(n,) of the length of each, in units."""
    norms: Rows[np.float64]
    """(n,) lengths less a mean."""
    mean: Vector
    """(dim,) that mean, coarse."""

    def products(self, row: Vector) -> Column:
        """Return (n,) the product of each with a row."""
        wholes, unit = _whole(row)
        found, begin = np.empty(len(self.codes), np.int32), 0
        for array, start, stop in pieces_of(self.codes):
            end = begin + stop - start
            _multiply(array[start:stop], wholes, found[begin:end])
            begin = end
        products: Column = found * (whole(self.units) * unit)
        return products

    def by_array(self, rows: Rows[np.float32]) -> dict[int, _Coded]:
        """Return what is known of each of the arrays that the rows of these codes lie in."""
        codes, squares = pieces_of(self.codes), pieces_of(self.squares)
        units, norms = pieces_of(self.units), pieces_of(self.norms)
        cuts = zip(pieces_of(rows), codes, units, squares, norms, strict=True)
        return {
            id(array): _Coded(codes, units, squares, norms)
            for (array, *_), (codes, *_), (units, *_), (squares, *_), (norms, *_) in cuts
        }


def coded(
    rows: Rows[np.float32], mean: Vector, before: "tuple[Rows[np.float32], RowCodes] | None" = None
) -> RowCodes:
    """Return the codes of rows; those of arrays that were coded before are used again."""
    coarse = (np.rint(mean * _COARSE) / _COARSE).astype(np.float32)
    known = {} if before is None else before[1].by_array(before[0])
    is_same = before is not None and np.array_equal(before[1].mean, coarse)
    made: dict[int, _Coded] = {}
    for array, _, _ in pieces_of(rows):
        if id(array) not in made:
            found = known.get(id(array))
            made[id(array)] = found if found and is_same else _less(found or _coded(array), coarse)
    if not isinstance(rows, Stacked):
        one = made[id(rows)]
        return RowCodes(one.codes, one.units, one.squares, one.norms, coarse)
    parts = [(made[id(array)], start, stop) for array, start, stop in rows.pieces]
    return RowCodes(
        Stacked([(one.codes, start, stop) for one, start, stop in parts]),
        Stacked([(one.units, start, stop) for one, start, stop in parts]),
        Stacked([(one.squares, start, stop) for one, start, stop in parts]),
        Stacked([(one.norms, start, stop) for one, start, stop in parts]),
        coarse,
    )


def exact_sum(
    rows: Rows[np.float32], before: "tuple[Rows[np.float32], Sums] | None" = None
) -> Sums:
    """Return (dim,) the sum of rows in parts of one, the same whichever was added first.

    An earlier sum spares the rows that lie in the same arrays.
    """
    if before is None:
        return _added(np.zeros(rows.shape[1], np.int64), whole(rows))
    earlier, sums = before
    sums = sums.copy()
    for run, sign in changes(earlier, rows):
        sums += sign * _added(np.zeros_like(sums), run)
    return sums


def in_ones(sums: Sums) -> Column:
    """Return what sums in parts of one are."""
    return sums / _PARTS


def _less(rows: _Coded, mean: Vector) -> _Coded:
    """Return rows with their lengths less a mean."""
    wholes, unit = _whole(mean)
    along = np.empty(len(rows.codes), np.int32)
    _multiply(rows.codes, wholes, along)
    own = float(np.square(wholes.astype(np.int64)).sum()) * unit**2
    left = rows.squares * rows.units**2 - along * (2 * unit * rows.units) + own
    return _Coded(rows.codes, rows.units, rows.squares, np.sqrt(np.maximum(left, _LEAST_SQUARE)))


def _coded(rows: NDArray[np.float32]) -> _Coded:
    rows = np.ascontiguousarray(rows, np.float32)
    codes = np.empty(rows.shape, np.int8)
    units, squares = np.empty(len(rows)), np.empty(len(rows), np.int32)
    loaded = kernel()
    if loaded is not None:
        loaded.code_rows(
            address_of(rows), *rows.shape, address_of(codes), address_of(units), address_of(squares)
        )
        return _Coded(codes, units, squares, units)
    for begin in range(0, len(rows), _AT_ONCE):
        here = slice(begin, begin + _AT_ONCE)
        most = np.abs(rows[here]).max(axis=1, initial=0).astype(np.float64)
        units[here] = most / _MOST_CODE
        times = np.divide(_MOST_CODE, most, out=np.zeros_like(most), where=most > 0)
        wholes = np.rint(rows[here].astype(np.float64) * times[:, None])
        codes[here] = wholes
        squares[here] = np.square(wholes).sum(axis=1)
    return _Coded(codes, units, squares, units)


def _whole(row: Vector) -> tuple[NDArray[np.int16], float]:
    """Return a row as whole numbers, and what 1 is worth."""
    exact = row.astype(np.float64)
    sizes = np.abs(exact)
    most = max(float(sizes.max(initial=0)) / _MOST, float(sizes.sum()) / (_LONGEST - len(row)))
    unit = most or 1.0
    return np.rint(exact / unit).astype(np.int16), unit


def _multiply(codes: NDArray[np.int8], row: NDArray[np.int16], found: NDArray[np.int32]) -> None:
    loaded = kernel()
    if loaded is not None:
        loaded.code_products(address_of(codes), *codes.shape, address_of(row), address_of(found))
        return
    exact = row.astype(np.float64)
    for begin in range(0, len(codes), _AT_ONCE):
        here = slice(begin, begin + _AT_ONCE)
        found[here] = codes[here].astype(np.float64) @ exact


def _added(sums: Sums, rows: NDArray[np.float32]) -> Sums:
    loaded, rows = kernel(), np.ascontiguousarray(rows, np.float32)
    if loaded is not None:
        loaded.add_rows(address_of(rows), *rows.shape, _PARTS, address_of(sums))
        return sums
    for begin in range(0, len(rows), _AT_ONCE):
        exact = rows[begin : begin + _AT_ONCE].astype(np.float64)
        sums += np.rint(exact * _PARTS).astype(np.int64).sum(axis=0)
    return sums
