"""igraph, an extra under the GPL: PageRank by prpack, and communities by Leiden.

Nothing else of graphmem imports it, and nothing needs it.
"""

import random
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from graphmem.arrays import Ranking, Restarts, Sieve, Steps, TopRanking
from graphmem.errors import MissingExtraError
from graphmem.rankers.restarts import DAMPING, checked_damping, dense_restarts
from graphmem.rankers.top import top_of

if TYPE_CHECKING:
    import igraph


@dataclass(frozen=True, slots=True, kw_only=True)
class IgraphRanker:
    """prpack: Gauss-Seidel until nothing moves, what HippoRAG 2 ships; makes the graph each call.

    Raises MissingExtraError without the library. Source: Gleich, Gray, Greif and Lau (2010).
    """

    damping: float = DAMPING

    def __post_init__(self) -> None:
        """Refuse what has no meaning."""
        checked_damping(self.damping)
        _library("the ranker 'igraph'")

    @property
    def name(self) -> str:
        """What runs."""
        return "igraph prpack"

    def rank(self, steps: Steps, restarts: Restarts) -> list[Ranking]:
        """Return one ranking per row of `restarts` (r, n), see `graphmem.contracts.Ranker`."""
        rows = dense_restarts(steps, restarts)
        if not len(rows):
            return []
        graph, weights = _directed(steps)
        return [self._rank(graph, weights, row) for row in rows]

    def top(
        self,
        steps: Steps,
        restarts: Restarts,
        *,
        k: int,
        among: NDArray[np.bool_] | None = None,
        sieve: Sieve | None = None,
    ) -> list[TopRanking]:
        """Return the k best of `among` for each row of `restarts`, see `contracts.Ranker`."""
        return top_of(self, steps, restarts, k=k, among=among, sieve=sieve)

    def _rank(
        self, graph: "igraph.Graph", weights: list[float], row: NDArray[np.float64]
    ) -> Ranking:
        scores = np.array(
            graph.personalized_pagerank(
                directed=True, damping=self.damping, reset=row, weights=weights or None,
                implementation="prpack",
            )
        )  # fmt: skip
        return Ranking(scores=scores, iterations=1, error=PRPACK_ERROR)


PRPACK_ERROR = 1e-9
"""prpack stops at an L1 change of 1e-10; it tells no error of its own."""


def communities(steps: Steps, *, seed: int = 0, resolution: float = 1.0) -> NDArray[np.int64]:
    """Return (n,) the community of each node, numbered by size, of equals by the lowest node.

    Leiden with modularity until nothing moves; the same graph, seed and library give the same. A
    higher resolution gives more and smaller ones. Raises MissingExtraError without the library.
    Source: Traag, Waltman and van Eck (2019).
    """
    library = _library("communities")
    moves = steps.moves.tocoo()
    upper = moves.row <= moves.col
    edges = np.column_stack((moves.row[upper], moves.col[upper]))
    weights = (moves.data * steps.degree[moves.col])[upper]
    graph = library.Graph(n=len(steps.degree), edges=edges, directed=False)
    library.set_random_number_generator(random.Random(seed))
    try:
        found = graph.community_leiden(
            objective_function="modularity", weights=weights.tolist(), resolution=resolution,
            n_iterations=-1,
        )  # fmt: skip
    finally:
        library.set_random_number_generator(random)
    return _by_size(np.array(found.membership, np.int64))


def _by_size(membership: NDArray[np.int64]) -> NDArray[np.int64]:
    if not len(membership):
        return membership
    _, first, inverse, sizes = np.unique(
        membership, return_index=True, return_inverse=True, return_counts=True
    )
    numbers = np.empty(len(sizes), np.int64)
    numbers[np.lexsort((first, -sizes))] = np.arange(len(sizes))
    return numbers[inverse]


def _directed(steps: Steps) -> "tuple[igraph.Graph, list[float]]":
    """Return each edge both ways, a loop once, so that a loop weighs as it does in `Steps`."""
    moves = steps.moves.tocoo()
    alive = moves.data > 0
    edges = np.column_stack((moves.col[alive], moves.row[alive]))
    graph = _library("the ranker 'igraph'").Graph(len(steps.degree), edges, directed=True)
    return graph, moves.data[alive].tolist()


def _library(part: str) -> Any:
    try:
        import igraph
    except ImportError:
        raise MissingExtraError(part, "igraph") from None
    return igraph
