"""Personalised PageRank by power iteration, for graphmem's own walk and the baselines."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import coo_array, csr_array

from graphmem.arrays import Ranking
from graphmem.errors import NoConvergenceError

Distribution = NDArray[np.float64]

DAMPING = 0.5
"""Of HippoRAG 2 and of LinearRAG: half of all steps restart."""


@dataclass(frozen=True, slots=True)
class Steps:
    """Where a walker goes on an undirected weighted graph of n nodes."""

    moves: csr_array
    """(n, n) column j holds the probabilities of the steps out of node j."""
    stuck: NDArray[np.int64]
    """Nodes without an edge."""


def undirected(
    left: NDArray[np.int64], right: NDArray[np.int64], weights: Distribution, *, n: int
) -> Steps:
    """Return the steps on a graph of edges left[i] - right[i]; parallel edges add up, no loops."""
    rows, columns = np.concatenate((left, right)), np.concatenate((right, left))
    both = np.concatenate((weights, weights))
    degree = np.bincount(columns, both, minlength=n)
    moves = csr_array(coo_array((both / degree[columns], (rows, columns)), shape=(n, n)))
    return Steps(moves, np.flatnonzero(degree == 0))


def personalized_pagerank(
    steps: Steps,
    restart: Distribution,
    *,
    damping: float = DAMPING,
    tol: float = 1e-8,
    max_iter: int = 200,
) -> Ranking:
    """Score every node by how often a walker that keeps restarting visits it.

    Parameters
    ----------
    restart : (n,), non-negative, sums to 1. Where the walker jumps to.
    damping : probability of following an edge instead of jumping; in [0, 1).
    tol : stop when the L1 change of the whole vector is below this. It is not scaled by the number
        of nodes, and bounds the L1 error by tol * damping / (1 - damping).

    Raises NoConvergenceError after `max_iter` steps.

    Notes
    -----
    A node without edges sends its mass back to `restart`.
    Source: Page, Brin, Motwani and Winograd (1999), section 6.
    """
    if not np.isclose(restart.sum(), 1) or restart.min() < 0:
        raise ValueError(f"restart must be a distribution, but sums to {restart.sum()}")
    if not 0 <= damping < 1:
        raise ValueError(f"damping must be in [0, 1), got {damping}")
    scores = restart
    for iteration in range(1, max_iter + 1):
        followed = steps.moves @ scores
        back = 1 - damping + damping * scores[steps.stuck].sum()
        moved = damping * followed + back * restart
        residual = float(np.abs(moved - scores).sum())
        scores = moved
        if residual < tol:
            return Ranking(scores=scores, iterations=iteration, residual=residual)
    raise NoConvergenceError(
        f"PageRank still moved by {residual:.1e} after {max_iter} steps; a larger tol or a smaller "
        f"damping than {damping} would settle"
    )
