"""Nodes without an edge, for engines whose graph is a list of edges and so does not have them."""

from collections.abc import Callable

import numpy as np
from numpy.typing import NDArray

from graphmem.arrays import Steps

Shares = NDArray[np.float64]
Walk = Callable[[NDArray[np.int64], Shares], Shares]
"""From the nodes where a walk restarts and their shares, sum 1, to the scores (n,) of all nodes."""


def with_isolated(steps: Steps, restart: Shares, damping: float, walk: Walk) -> Shares:
    """Return the scores (n,) of a restart (n,), of which `walk` ranks the nodes that have edges.

    A walker on a node without an edge restarts at each step. So the share s of the restart that
    lies on such nodes is met (1 - damping) / (1 - damping * s) times as often as it is drawn, and
    the rest of the graph is walked as if it were alone. `walk` is not called where nothing of the
    restart has an edge.
    """
    alive = steps.degree > 0
    share = float(restart[~alive].sum())
    times = 1 / (1 - damping * share)
    scores = np.zeros(len(restart))
    seeds = np.flatnonzero((restart > 0) & alive)
    if len(seeds):
        walked = walk(seeds, restart[seeds] / restart[seeds].sum())
        scores[alive] = walked[alive] * (1 - share) * times
    scores[~alive] = (1 - damping) * times * restart[~alive]
    return scores


def directed_edges(
    steps: Steps,
) -> tuple[NDArray[np.int32], NDArray[np.int32], NDArray[np.float64]]:
    """Return source, target and weight (m,) of all edges, each in both directions, loops once."""
    moves = steps.moves.tocoo()
    weights = moves.data * steps.degree[moves.col]
    there = weights > 0
    ends = moves.col[there].astype(np.int32), moves.row[there].astype(np.int32)
    return *ends, weights[there].astype(np.float64)
