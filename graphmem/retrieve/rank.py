"""Personalised PageRank over the names and notes of a snapshot, by power iteration."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import coo_array, csr_array

from graphmem.arrays import MENTION_KINDS, GraphSnapshot, Ranking
from graphmem.errors import NoConvergenceError
from graphmem.retrieve.bridges import Bridges
from graphmem.retrieve.tokens import Rows, distinct

Distribution = NDArray[np.float64]

DAMPING = 0.5
"""Of HippoRAG 2: half of all steps restart."""


TITLE_WEIGHT = 4.0
"""Of the edge from a name to the note that it is the title of; to another note that holds it: 1."""
CLAIM_WEIGHT = 0.25
"""Of the edges that a claim makes: rules' claims cost recall at 1, and must hold where nothing else
joins two entities."""


@dataclass(frozen=True, slots=True)
class RankGraph:
    """An undirected weighted graph: e entities, then titles that are no entity, then n notes."""

    n_names: int
    """Entities and titles: the number of nodes before the notes."""
    steps: csr_array
    """(n_names + n, n_names + n) column j holds the probabilities of the steps out of node j."""
    stuck: NDArray[np.int64]
    """Nodes without an edge."""


def rank_graph(snapshot: GraphSnapshot, bridges: Bridges, name_nodes: Rows) -> RankGraph:
    """Join names to the notes that hold them, speakers to what they said, subjects to objects.

    `bridges` are those of all the snapshot's notes, `name_nodes` (k,) the node of each name. A
    claim also joins its note to its subject and object, so that a graph of facts alone holds
    together. Parallel edges add up.
    Source: HippoRAG 2 (arXiv 2502.14802), section 3.2, with names looked up in every text
    instead of its synonym edges.
    """
    n_names = max(len(snapshot.entity_ids), int(name_nodes.max(initial=-1)) + 1)
    notes = max(len(snapshot.note_ids), 1)
    held = np.repeat(name_nodes, np.diff(bridges.by_name))
    spoke = snapshot.mention_kind == MENTION_KINDS.index("speaker")
    said = distinct(
        snapshot.mention_entity[spoke].astype(np.int64) * notes + snapshot.mention_note[spoke]
    )
    told = snapshot.claim_subject != snapshot.claim_object
    subject, object_ = snapshot.claim_subject, snapshot.claim_object
    left = np.concatenate((held, said // notes, subject[told], subject, object_))
    ends = (bridges.note, said % notes, snapshot.claim_note, snapshot.claim_note)
    at_bridge, at_said, at_subject, at_object = (note + n_names for note in ends)
    right = np.concatenate((at_bridge, at_said, object_[told], at_subject, at_object))
    weights = np.concatenate(
        (
            np.where(bridges.is_title, TITLE_WEIGHT, 1.0),
            np.ones(len(said)),
            np.full(int(told.sum()) + 2 * len(told), CLAIM_WEIGHT),
        )
    )
    steps = _steps(left, right, weights, n_names + len(snapshot.note_ids))
    return RankGraph(n_names, *steps)


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
    restart : (nodes,), non-negative, sums to 1. Where the walker jumps to.
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
