"""The graph that a walker steps on, from a list of edges."""

import numpy as np
from numpy.typing import NDArray

from graphmem.arrays import Steps


def undirected(
    left: NDArray[np.int64], right: NDArray[np.int64], weights: NDArray[np.float64], *, n: int
) -> Steps:
    """Return the steps on a graph of n nodes and of the edges left[i] - right[i].

    All three are (m,); weights are above 0, those of parallel edges add up. No edge is a loop.
    """
    from scipy.sparse import coo_array, csr_array  # takes longer to import than a search takes

    rows, columns = np.concatenate((left, right)), np.concatenate((right, left))
    both = np.concatenate((weights, weights))
    degree = np.bincount(columns, both, minlength=n)
    moves = csr_array(coo_array((both / degree[columns], (rows, columns)), shape=(n, n)))
    return Steps(moves, np.flatnonzero(degree == 0))
