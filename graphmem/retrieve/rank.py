"""Personalised PageRank over the entities and notes of a snapshot, by power iteration."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import coo_array, csr_array

from graphmem.arrays import GraphSnapshot, Ranking
from graphmem.errors import NoConvergenceError

Distribution = NDArray[np.float64]

DAMPING = 0.5
"""Of HippoRAG 2: half of all steps restart."""


@dataclass(frozen=True, slots=True)
class RankGraph:
    """An undirected weighted graph: e entities, then n notes."""

    n_entities: int
    steps: csr_array
    """(e + n, e + n) column j holds the probabilities of the steps out of node j."""
    stuck: NDArray[np.int64]
    """Nodes without an edge."""


def rank_graph(snapshot: GraphSnapshot) -> RankGraph:
    """Join what a snapshot holds: subject and object of each claim, entity and note of a mention.

    Equal claims add up, as do their weights; a note holds an entity or does not.
    Source: HippoRAG 2 (arXiv 2502.14802), section 3.2, without its synonym edges.
    """
    e, n = len(snapshot.entity_ids), len(snapshot.note_ids)
    held = np.unique(snapshot.mention_entity.astype(np.int64) * max(n, 1) + snapshot.mention_note)
    entity, note = np.divmod(held, max(n, 1))
    told = snapshot.claim_subject != snapshot.claim_object
    left = np.concatenate((entity, snapshot.claim_subject[told]))
    right = np.concatenate((note + e, snapshot.claim_object[told]))
    weights = np.ones(len(left))
    return RankGraph(e, *_steps(left, right, weights, e + n))


def _steps(
    left: NDArray[np.int64], right: NDArray[np.int64], weights: Distribution, n: int
) -> tuple[csr_array, NDArray[np.int64]]:
    rows, columns = np.concatenate((left, right)), np.concatenate((right, left))
    both = np.concatenate((weights, weights))
    degree = np.bincount(columns, both, minlength=n)
    steps = csr_array(coo_array((both / degree[columns], (rows, columns)), shape=(n, n)))
    return steps, np.flatnonzero(degree == 0)


def personalized_pagerank(
    graph: RankGraph,
    restart: Distribution,
    *,
    damping: float = DAMPING,
    tol: float = 1e-8,
    max_iter: int = 200,
) -> Ranking:
    """Score every node by how often a walker that keeps restarting visits it.

    Parameters
    ----------
    restart : (e + n,), non-negative, sums to 1. Where the walker jumps to.
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
        followed = graph.steps @ scores
        back = 1 - damping + damping * scores[graph.stuck].sum()
        moved = damping * followed + back * restart
        residual = float(np.abs(moved - scores).sum())
        scores = moved
        if residual < tol:
            return Ranking(scores=scores, iterations=iteration, residual=residual)
    raise NoConvergenceError(
        f"PageRank still moved by {residual:.1e} after {max_iter} steps; a larger tol or a smaller "
        f"damping than {damping} would settle"
    )
