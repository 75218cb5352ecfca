"""Pure functions on rows of vectors: unit length, and the nearest by cosine in a stated order."""

from collections.abc import Sequence
from itertools import pairwise
from typing import Any, TypeVar

import numpy as np
from numpy.typing import NDArray

from graphmem.arrays import Matrix, TokenSigns

Integers = TypeVar("Integers", bound=np.integer)

DECIMALS = 6
"""A float32 dot product is good to about this many places. Where a row lies in a matrix can change
the places behind them, so scores are rounded before they are compared: equal rows then tie."""
GROUP = 32
"""Of many scores the highest of each so many are compared first, when few of all are looked for."""
_MANY_GROUPS = 4
"""Groups for each score that is looked for, at least: where they are fewer it saves nothing."""
_MOST_STEPS = 4
"""Steps that numbers are moved up together, not one by one."""
_AT_ONCE = 1 << 15
"""Numbers that are moved up at a time: they stay in the processor's cache."""


_NUMBERS = [np.arange(0)]
"""The longest that `numbers_to` has returned, and some more."""


def unit_rows(rows: NDArray[np.floating]) -> Matrix:
    """Return the rows (n, dim) at length 1 as float32; a row of zeros stays zero."""
    exact = rows.astype(np.float64)
    norms = np.sqrt(np.einsum("nd,nd->n", exact, exact))
    norms[norms == 0] = 1.0
    unit: Matrix = (exact / norms[:, None]).astype(np.float32)
    return unit


def token_bytes(dim: int) -> int:
    """Return how many bytes the signs of one token of this dimension take."""
    return -(-dim // 8)


def packed_signs(rows: Matrix) -> TokenSigns:
    """Return the signs of the rows (t, dim), one bit a coordinate, 1 where it is positive."""
    return np.packbits(rows > 0, axis=1)


def at_least_kth(scores: NDArray[np.floating], *, k: int) -> NDArray[np.intp]:
    """Return the places, ascending, of the k highest of scores (n,) and of all equal to the last.

    All places if there are no more than k.
    """
    k = min(k, len(scores))
    if k <= 0:
        return np.empty(0, np.intp)
    among = _not_below_kth(scores, k)
    values = scores if among is None else scores[among]
    places = np.flatnonzero(values >= np.partition(values, len(values) - k)[len(values) - k])
    return places if among is None else among[places]


def _not_below_kth(scores: NDArray[np.floating], k: int) -> NDArray[np.intp] | None:
    """Return the places of the k highest scores and of a few others; None: all may be.

    The k-th of the highest scores of groups is no higher than the k-th of all.
    """
    n_groups = len(scores) // GROUP
    if n_groups < _MANY_GROUPS * k:
        return None
    highest = scores[: n_groups * GROUP].reshape(GROUP, n_groups).max(axis=0)
    least = np.partition(highest, n_groups - k)[n_groups - k]
    groups = np.flatnonzero(highest >= least)
    places = (groups + n_groups * np.arange(GROUP)[:, None]).ravel()
    among = np.concatenate((places, np.arange(n_groups * GROUP, len(scores))))
    best: NDArray[np.intp] = among[scores[among] >= least]
    return best


def top_k(scores: NDArray[np.floating], *, k: int) -> tuple[NDArray[np.intp], NDArray[np.floating]]:
    """Return the places and values of the k highest of scores (n,), of equals the lower place."""
    places = at_least_kth(scores, k=k)
    best = places[np.argsort(-scores[places], kind="stable")][:k]
    return best, scores[best]


def numbers_to(n: int) -> NDArray[np.int64]:
    """Return the numbers below n, ascending, in an array that all share and nobody can change."""
    numbers = _NUMBERS[0]
    if len(numbers) < n:
        numbers = np.arange(n + n // 8 + 1)
        numbers.flags.writeable = False
        _NUMBERS[0] = numbers
    return numbers[:n]


def is_among(wanted: NDArray[np.integer], ordered: NDArray[np.integer]) -> NDArray[np.bool_]:
    """Return (m,) which of m values are among some ascending ones, of which few are looked at."""
    if not len(ordered):
        return np.zeros(len(wanted), np.bool_)
    asked = wanted.astype(ordered.dtype, copy=False)  # else the many would be made of one type
    at = np.minimum(np.searchsorted(ordered, asked), len(ordered) - 1)
    found: NDArray[np.bool_] = ordered[at] == asked
    return found


def put_in(
    array: NDArray[Any], at: Sequence[int], values: NDArray[Any] | Sequence[Any]
) -> NDArray[Any]:
    """Return an array with values put in before some places, ascending: `np.insert`.

    The runs between are copied as they lie, ten times as fast for a few values in a long array.
    """
    added = np.asarray(values, array.dtype)
    bounds = [0, *at, len(array)]
    pieces = [array[:0]]
    for i, (start, stop) in enumerate(pairwise(bounds)):
        pieces += [array[start:stop], added[i : i + 1]]
    return np.concatenate(pieces)


def shifted(numbers: NDArray[Integers], new: NDArray[Integers]) -> NDArray[Integers]:
    """Return `new[numbers]`: `new` is the new number of each from 0, ascending, -1 for none."""
    if np.array_equal(new, np.arange(len(new))):
        return numbers
    moved = numbers.copy()
    shift(moved, new)
    return moved


def shift(numbers: NDArray[Integers], new: NDArray[Integers]) -> None:
    """Make some numbers what `shifted` returns.

    With a few gaps all are moved up step by step: to look up one by one takes longer.
    """
    steps = np.diff(new, prepend=new.dtype.type(-1)) - 1
    if (steps < 0).any() or steps.sum() > _MOST_STEPS:
        numbers[:] = new[numbers]
        return
    gaps = np.flatnonzero(steps)
    rises = gaps.repeat(steps[gaps]).tolist()
    for begin in range(0, len(numbers) if rises else 0, _AT_ONCE):
        some = numbers[begin : begin + _AT_ONCE]
        were = some.copy()
        for gap in rises:
            some += were >= gap


def first_of_runs(values: NDArray[np.integer] | NDArray[np.floating]) -> NDArray[np.int64]:
    """Return where each run of equal values begins."""
    is_new = np.ones(len(values), np.bool_)
    np.not_equal(values[1:], values[:-1], out=is_new[1:])
    return np.flatnonzero(is_new)


def distinct(values: NDArray[Integers]) -> NDArray[Integers]:
    """Return the distinct values, ascending: numpy's own `unique` hashes, ten times slower here,
    and imports all of numpy.ma."""
    ordered = np.sort(values)
    return ordered[first_of_runs(ordered)]
