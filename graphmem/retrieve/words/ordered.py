"""Ascending numbers held against each other: of a long list only what lies near a short one is
read."""

import numpy as np
from numpy.typing import NDArray

from graphmem.rankers.kernel import address_of, kernel
from graphmem.vectors import is_among

Ordered = NDArray[np.int32]
"""Numbers, ascending, each once."""


def common(one: Ordered, other: Ordered) -> Ordered:
    """Return the numbers that both lists have."""
    loaded = kernel()
    if loaded is None:
        few, many = (one, other) if len(one) <= len(other) else (other, one)
        return few[is_among(few, many)]
    one, other = _lying(one), _lying(other)
    found = np.empty(min(len(one), len(other)) + 1, np.int32)
    lists = address_of(one), len(one), address_of(other), len(other)
    return found[: loaded.common(*lists, address_of(found))]


def add_among(
    sums: NDArray[np.float64], wanted: NDArray[np.int64], ordered: Ordered, weight: float
) -> None:
    """Add a weight to the sums (m,) of those of m numbers that are among some ascending ones."""
    loaded = kernel()
    if loaded is None or ordered.dtype != np.int32:
        sums[is_among(wanted, ordered)] += weight
        return
    wanted, ordered = np.ascontiguousarray(wanted, np.int64), np.ascontiguousarray(ordered)
    at = address_of(wanted), len(wanted), address_of(ordered), len(ordered)
    loaded.add_among(*at, weight, address_of(sums))


def add_common(
    sums: NDArray[np.float64], wanted: Ordered, ordered: Ordered, weight: float, *, shift: int = 0
) -> None:
    """Add a weight to the sums (m,) of those of m numbers that are, moved by `shift`, in a list."""
    loaded = kernel()
    if loaded is None:
        sums[is_among(wanted + np.int32(shift), ordered)] += weight
        return
    wanted, ordered = _lying(wanted), _lying(ordered)
    at = address_of(wanted), len(wanted), shift, address_of(ordered), len(ordered)
    loaded.add_common(*at, weight, address_of(sums))


def in_rows(ordered: Ordered, rows: NDArray[np.int64], indptr: NDArray[np.int64]) -> Ordered:
    """Return the numbers that lie in some rows, ascending too: row r has those from `indptr[r]` to
    before `indptr[r + 1]`."""
    loaded = kernel()
    if loaded is None:
        row = np.searchsorted(indptr, ordered, side="right") - 1
        return ordered[is_among(row, rows)]
    ordered, found = _lying(ordered), np.empty(len(ordered), np.int32)
    at = address_of(ordered), len(ordered), address_of(rows), len(rows), address_of(indptr)
    return found[: loaded.in_rows(*at, address_of(found))]


def of_sorts(sort: NDArray[np.int32], is_meant: NDArray[np.bool_]) -> Ordered:
    """Return the places of those of some sorts: sort s is meant if `is_meant[s]`."""
    loaded = kernel()
    if loaded is None or not is_meant.any():
        return np.flatnonzero(is_meant[sort] if is_meant.any() else is_meant[:0]).astype(np.int32)
    sort, found = _lying(sort), np.empty(len(sort), np.int32)
    n = loaded.of_sorts(address_of(sort), len(sort), address_of(is_meant), address_of(found))
    return found[:n].copy()


def _lying(numbers: Ordered) -> Ordered:
    """Return numbers as the compiled loops read them."""
    return np.ascontiguousarray(numbers, np.int32)
