"""The graph that a walker steps on, from a list of edges, and the part of it under a sieve."""

import numpy as np
from numpy.typing import NDArray

from graphmem.arrays import Sieve, Steps
from graphmem.rankers.bounds import checked_sieve


def undirected(
    left: NDArray[np.integer],
    right: NDArray[np.integer],
    weights: NDArray[np.float64],
    *,
    n: int,
    kinds: NDArray[np.uint8] | None = None,
    makers: NDArray[np.int32] | None = None,
) -> Steps:
    """Return the steps on a graph of n nodes and of the edges left[i] - right[i].

    All are (m,); weights are above 0, those of parallel edges add up. An edge from a node to itself
    counts once. With kinds or makers (see `Steps`) parallel edges stay apart. Raises ValueError for
    a weight that is not finite and above 0, or a node that is not there.
    """
    from scipy.sparse import coo_array, csr_array  # takes longer to import than a search takes

    if not (np.isfinite(weights).all() and (weights > 0).all()):
        wrong = weights[~(np.isfinite(weights) & (weights > 0))][0]
        raise ValueError(f"a weight must be finite and above 0, got {wrong}")
    for ends in (left, right):
        if len(ends) and not (ends.min() >= 0 and ends.max() < n):
            raise ValueError(f"an edge ends at a node that is none of 0 to {n - 1}")
    back = left != right
    rows = np.concatenate((left, right[back])).astype(np.int32)  # half the memory to read
    columns = np.concatenate((right, left[back])).astype(np.int32)
    both = np.concatenate((weights, weights[back]))
    degree = np.bincount(columns, both, minlength=n).astype(np.float64)
    values = both / degree[columns]
    if kinds is None and makers is None:
        return Steps(csr_array(coo_array((values, (rows, columns)), shape=(n, n))), degree)
    order = np.lexsort((columns, rows))
    starts = np.concatenate((np.zeros(1, np.int64), np.cumsum(np.bincount(rows, minlength=n))))
    if len(rows) < 2**31:  # or SciPy would widen the columns as well
        starts = starts.astype(np.int32)
    moves = csr_array((values[order], columns[order], starts), shape=(n, n))
    return Steps(
        moves,
        degree,
        None if kinds is None else np.concatenate((kinds, kinds[back]))[order],
        None if makers is None else np.concatenate((makers, makers[back]))[order],
    )


def sieved(steps: Steps, sieve: Sieve | None) -> Steps:
    """Return the steps under a sieve; the arrays that say where edges are stay the same ones."""
    sieve = checked_sieve(steps, sieve)
    if sieve is None:
        return steps
    from scipy.sparse import csr_array

    moves, n = steps.moves, len(steps.degree)
    rows = np.repeat(np.arange(n), np.diff(moves.indptr))
    factors = np.ones(len(moves.data))
    if sieve.factors is not None and steps.kinds is not None:
        factors = sieve.factors[steps.kinds]
    if sieve.kept is not None:
        factors = factors * (sieve.kept[rows] & sieve.kept[moves.indices])
        if steps.makers is not None:
            factors = factors * ((steps.makers < 0) | sieve.kept[steps.makers])
    weights = factors * moves.data * steps.degree[moves.indices]
    degree = np.bincount(moves.indices, weights, minlength=n).astype(np.float64)
    of_column = degree[moves.indices]
    values = np.divide(weights, of_column, out=np.zeros(len(weights)), where=of_column > 0)
    narrowed = csr_array(
        (values.astype(moves.data.dtype), moves.indices, moves.indptr), shape=(n, n)
    )
    return Steps(narrowed, degree, steps.kinds, steps.makers)
