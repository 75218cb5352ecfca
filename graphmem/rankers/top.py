"""The k nodes that a walk visits most, from the scores of all nodes and how far off they may be."""

from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from graphmem.arrays import Ranking, Restarts, Sieve, Steps, TopRanking
from graphmem.rankers.restarts import checked_among
from graphmem.rankers.steps import sieved


class _Dense(Protocol):
    def rank(self, steps: Steps, restarts: Restarts) -> list[Ranking]: ...


def top_of(
    ranker: _Dense,
    steps: Steps,
    restarts: Restarts,
    *,
    k: int,
    among: NDArray[np.bool_] | None,
    sieve: Sieve | None,
) -> list[TopRanking]:
    """Return the `top` of a ranker that knows the scores of all nodes."""
    among = checked_among(steps, k, among, sieve)
    rankings = ranker.rank(sieved(steps, sieve), restarts)
    return [_top(ranking, k, among) for ranking in rankings]


def _top(ranking: Ranking, k: int, among: NDArray[np.bool_] | None) -> TopRanking:
    scores, error = ranking.scores, ranking.error
    asked = np.flatnonzero(scores > 0 if among is None else (scores > 0) & among)
    places = _highest(scores[asked], k)
    nodes = asked[places].astype(np.int64)
    left_out = np.ones(len(asked), np.bool_)
    left_out[places] = False
    ahead = float(scores[asked[left_out]].max(initial=0.0)) - float(scores[nodes].min(initial=1.0))
    # Errors of two nodes together are no more than the L1 error.
    gap = max(0.0, ahead + error) if left_out.any() else 0.0
    visited = np.flatnonzero(scores)
    return TopRanking(
        nodes=nodes,
        scores=scores[nodes],
        errors=np.full(len(nodes), error),
        certified=gap == 0,
        gap=gap,
        visited=visited,
        visits=scores[visited],
    )


def _highest(scores: NDArray[np.float64], k: int) -> NDArray[np.int64]:
    """Return the places of the k highest, highest first, of equals the lower place."""
    places = np.arange(len(scores))
    if len(scores) > k:
        places = np.flatnonzero(scores >= np.partition(scores, len(scores) - k)[len(scores) - k])
    return places[np.argsort(-scores[places], kind="stable")][:k]
