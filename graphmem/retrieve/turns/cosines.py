"""Cosines as sums of whole numbers: the same to the last bit whatever stands beside a vector.

A sum of floats depends on the order in which it is made, and so on where a row lies in a matrix. Of
rows that are rounded to whole numbers of 16 bits it does not; they differ from floats in the fifth
place. The loops are compiled (`cosines.c`); numpy gives the same bytes.
"""

import ctypes
from dataclasses import dataclass
from functools import cache

import numpy as np
from numpy.typing import NDArray

from graphmem.rankers.kernel import address_of, kernel
from graphmem.retrieve.turns.kernels import Column
from graphmem.stacked import Rows, addresses
from graphmem.vectors import token_bytes

Wholes = NDArray[np.int16]
Numbers = NDArray[np.int64]
_MOST = 2**15 - 1
"""The greatest whole number."""
_HALF = 2**15
"""What 1 is among the numbers of sentences. Their rows have length 1: products stay below 2^31."""
_LONGEST = 2**24
"""Of all numbers of a row that bits are multiplied with: floats of 32 bits then hold each sum."""
_LEAST_SQUARE = 1e-6
"""Of what is left of a vector without the mean."""
_AT_ONCE = 4_096
"""Vectors that numpy multiplies at a time."""


@dataclass(frozen=True, slots=True)
class Groups:
    """Where the vectors of some turns lie among all: those of each one behind the other."""

    starts: Numbers
    counts: Numbers

    @classmethod
    def of(cls, indptr: Numbers, notes: Numbers) -> "Groups":
        """Take those of some notes, which begin at `indptr`."""
        starts = indptr[notes]
        return cls(starts, indptr[notes + 1] - starts)

    @property
    def places(self) -> Numbers:
        """Return the places of all their vectors."""
        before = np.cumsum(self.counts) - self.counts
        return np.repeat(self.starts - before, self.counts) + np.arange(self.counts.sum())

    def best(self, values: Column) -> Column:
        """Return (r, a) the best of each group of (r, places) values, -1 where it has none."""
        best = np.full((len(values), len(self.counts)), -1.0)
        has = self.counts > 0
        if has.any():
            at = (np.cumsum(self.counts) - self.counts)[has]
            best[:, has] = np.maximum(np.maximum.reduceat(values, at, axis=1), -1.0)
        return best


class _Struct(ctypes.Structure):
    _fields_ = (
        ("rows", ctypes.c_void_p),
        ("units", ctypes.c_void_p),
        ("along", ctypes.c_void_p),
        ("sums", ctypes.c_void_p),
        ("n", ctypes.c_int64),
        ("dim", ctypes.c_int64),
        ("own", ctypes.c_double),
        ("least", ctypes.c_double),
    )


@dataclass(frozen=True, slots=True)
class _Asked:
    """Rows that are asked for, and behind them the mean, as whole numbers."""

    rows: Wholes
    """(r + 1, dim)"""
    units: Column
    """(r + 1,) what 1 of a product with each is worth."""
    along: Column
    """(r,) product of each with the mean."""
    sums: NDArray[np.int32]
    """(r + 1,)"""
    own: float
    """The square of the mean's length."""

    @classmethod
    def of(cls, rows: Wholes, each: Column, unit: float) -> "_Asked":
        """Take rows of which 1 is `each` of a whole, to be multiplied with numbers of a unit."""
        wide = rows.astype(np.int64)
        along = (wide @ wide[-1]) * each * each[-1]
        sums = wide.sum(axis=1).astype(np.int32)
        return cls(rows, each * unit, along[:-1], sums, float(along[-1]))

    def struct(self) -> _Struct:
        """Return it as the loops take it; it must outlive them."""
        return _Struct(
            address_of(self.rows), address_of(self.units), address_of(self.along),
            address_of(self.sums), len(self.along), self.rows.shape[1], self.own, _LEAST_SQUARE,
        )  # fmt: skip

    def cosines(self, values: Column, squares: Column | float) -> Column:
        """Return (r, w) cosines, given (r + 1, w) products and the squares of lengths."""
        left = np.maximum(squares - 2 * values[-1] + self.own, _LEAST_SQUARE)
        cosines: Column = (values[:-1] - self.along[:, None]) * (1 / np.sqrt(left))
        return cosines


def best_of_sentences(
    sentences: Rows[np.float16],
    groups: Groups,
    rows: NDArray[np.float32],
    mean: NDArray[np.float32],
) -> Column:
    """Return (r, a) the best cosine of each unit row with a sentence of each turn.

    The mean is taken out of the sentences. -1 for a turn without any.
    """
    both = np.concatenate((rows, mean[None])).astype(np.float64)
    wholes = np.clip(np.rint(both * _HALF), -_MOST, _MOST).astype(np.int16)
    asked = _Asked.of(wholes, np.full(len(both), 1 / _HALF), 1 / _HALF)
    loaded = kernel()
    if loaded is not None:
        best, struct = np.empty((len(rows), len(groups.counts))), asked.struct()
        begins = addresses(sentences, groups.starts)
        loaded.best_of_sentences(
            ctypes.addressof(struct), address_of(begins), address_of(groups.counts), len(begins),
            address_of(_of_halves()), 1 / _HALF**2, address_of(best),
        )  # fmt: skip
        return best
    found = _of_halves()[sentences[groups.places].view(np.uint16)].astype(np.float64)
    squares = np.square(found).sum(axis=1) / _HALF**2
    values = (asked.rows.astype(np.float64) @ found.T) * asked.units[:, None]
    return groups.best(asked.cosines(values, squares))


def best_of_tokens(
    signs: Rows[np.uint8], groups: Groups, rows: NDArray[np.float32], mean: NDArray[np.float32]
) -> Column:
    """Return (r, a) the best cosine of each row with the signs of a token of each turn.

    The mean, of signs, is taken out of them. -1 for a turn without any.
    """
    dim, width = len(mean), token_bytes(len(mean))
    both = np.zeros((len(rows) + 1, 8 * width))
    both[:, :dim] = np.concatenate((rows, mean[None]))
    sizes = np.abs(both)
    sums = np.maximum(sizes.sum(axis=1), 1e-9)
    scales = np.minimum(_MOST / np.maximum(sizes.max(axis=1), 1e-9), (_LONGEST - dim) / sums)
    wholes = np.rint(both * scales[:, None]).astype(np.int16)
    asked = _Asked.of(wholes, 1 / scales, 1.0)
    loaded = kernel()
    if loaded is not None:
        best, struct = np.empty((len(rows), len(groups.counts))), asked.struct()
        begins = addresses(signs, groups.starts)
        loaded.best_of_tokens(
            ctypes.addressof(struct), address_of(begins), address_of(groups.counts), len(begins),
            width, float(dim), address_of(best),
        )  # fmt: skip
        return best
    places, exact = groups.places, asked.rows.astype(np.float32)
    along = np.empty((len(both), len(places)))
    for start in range(0, len(places), _AT_ONCE):
        ones = np.unpackbits(signs[places[start : start + _AT_ONCE]], axis=1).astype(np.float32)
        along[:, start : start + _AT_ONCE] = exact @ ones.T
    values = (2 * along - asked.sums[:, None]) * asked.units[:, None]
    return groups.best(asked.cosines(values, float(dim)))


@cache
def _of_halves() -> Wholes:
    """Return (2^16,) the whole number of each number of half precision, by its bits."""
    with np.errstate(invalid="ignore"):
        numbers = np.arange(2**16, dtype=np.uint16).view(np.float16).astype(np.float64)
    wholes = np.rint(np.nan_to_num(numbers, posinf=1, neginf=-1) * _HALF)
    return np.clip(wholes, -_MOST, _MOST).astype(np.int16)
