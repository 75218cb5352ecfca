"""Personalised PageRank of the rival recipes, on their own undirected weighted graphs.

Kept apart from graphmem's engines, so that a change there never moves a rival's figures.
"""

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import coo_array, csr_array

from graphmem.errors import NoConvergenceError

Vector = NDArray[np.float64]

DAMPING = 0.5
"""Of HippoRAG 2 and of LinearRAG."""
TOLERANCE = 1e-9
LIMIT = 200


def transitions(
    pairs: tuple[NDArray[np.int64], NDArray[np.int64]], weights: Vector, *, n: int
) -> csr_array:
    """Return the (n, n) matrix that moves a walker from column to row.

    Each of `pairs` (sources, targets) is an undirected edge; parallel edges add up, loops must
    not be there. Columns sum to 1, or to 0 for a node without edges.
    """
    left, right = pairs
    rows, columns = np.concatenate((left, right)), np.concatenate((right, left))
    both = np.concatenate((weights, weights))
    degree = np.bincount(columns, weights=both, minlength=n)
    return csr_array(coo_array((both / degree[columns], (rows, columns)), shape=(n, n)))


def personalized_pagerank(walk: csr_array, restart: Vector) -> Vector:
    """Return how often a walker that keeps restarting visits each node, (n,), sum 1.

    `restart` (n,) is not negative and has a positive sum; it is normalised here. A node without
    edges sends its mass back to the restart, as igraph's prpack does. Stops when the L1 change is
    below 1e-9; raises NoConvergenceError after 200 steps, which damping 0.5 never needs.
    """
    start: Vector = restart / restart.sum()
    stuck = np.asarray(walk.sum(axis=0)).ravel() == 0
    scores = start
    for _ in range(LIMIT):
        moved: Vector = (
            DAMPING * (walk @ scores + scores[stuck].sum() * start) + (1 - DAMPING) * start
        )
        change = np.abs(moved - scores).sum()
        scores = moved
        if change < TOLERANCE:
            return scores
    raise NoConvergenceError(f"PageRank of a rival stopped at an L1 change of {change:.1e}")
