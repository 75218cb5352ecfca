"""What every ranker refuses: a damping, a restart or a question that has no meaning."""

import numpy as np
from numpy.typing import NDArray

from graphmem.arrays import Restarts, Sieve, Steps

DAMPING = 0.5
"""Of HippoRAG 2 and of LinearRAG: half of all steps restart."""
CLOSE = 1e-5
"""How far a sum of shares may be from 1: rounding."""


def checked_damping(damping: float) -> None:
    """Raise ValueError for a damping with which the walk would never restart."""
    if not 0 <= damping < 1:
        raise ValueError(f"damping must be in [0, 1), got {damping}")


def dense_restarts(steps: Steps, restarts: Restarts) -> NDArray[np.float64]:
    """Return restarts as rows over all nodes; ValueError unless each is a distribution."""
    _check_shape(steps, restarts)
    rows: NDArray[np.float64] = restarts if isinstance(restarts, np.ndarray) else restarts.toarray()
    for row in rows:
        _check(row)
    return rows


def sparse_restarts(
    steps: Steps, restarts: Restarts
) -> list[tuple[NDArray[np.int64], NDArray[np.float64]]]:
    """Return the nodes and shares of each restart; ValueError unless each is a distribution."""
    _check_shape(steps, restarts)
    if isinstance(restarts, np.ndarray):
        nodes = [np.flatnonzero(row) for row in restarts]
        found = [(at, row[at]) for at, row in zip(nodes, restarts, strict=True)]
    else:
        restarts.sum_duplicates()
        ends = restarts.indptr
        slices = [slice(ends[i], ends[i + 1]) for i in range(restarts.shape[0])]
        found = [(restarts.indices[at].astype(np.int64), restarts.data[at]) for at in slices]
    for _, shares in found:
        _check(shares)
    return found


def _check_shape(steps: Steps, restarts: Restarts) -> None:
    n = len(steps.degree)
    if restarts.ndim != 2 or restarts.shape[1] != n:
        raise ValueError(f"restarts must be rows over {n} nodes, got the shape {restarts.shape}")


def _check(shares: NDArray[np.float64]) -> None:
    total = float(shares.sum())
    if not abs(total - 1) < CLOSE or shares.min() < 0:
        raise ValueError(f"restart must be a distribution, but sums to {total}")


def checked_among(
    steps: Steps, k: int, among: NDArray[np.bool_] | None, sieve: Sieve | None
) -> NDArray[np.bool_] | None:
    """Return the nodes that may be found, None for all; ValueError for a k or mask that cannot be.

    What a sieve does not keep is not found either.
    """
    if k < 1:
        raise ValueError(f"k must be 1 or more, got {k}")
    n = len(steps.degree)
    if among is not None and (among.shape != (n,) or among.dtype != np.bool_):
        raise ValueError(f"among must be {n} of bool, got {among.shape} of {among.dtype}")
    kept = None if sieve is None else sieve.kept
    if among is None or kept is None:
        return kept if among is None else np.ascontiguousarray(among)
    return among & kept
