"""PageRank inside a Neo4j server that has Graph Data Science: for graphs past one machine.

The graph is sent to the server, ranked there for each restart, and dropped. That is worth it for a
block of restarts (an evaluation, a nightly flow), not for one question. Written to the manual of
GDS 2 (`gds.graph.project` as an aggregation over integer ids, `gds.pageRank.stream` with biased
source nodes); no server with the library was at hand yet: docs/pagerank.md.
"""

import math
import os
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any
from uuid import uuid4

import numpy as np
from numpy.typing import NDArray

from graphmem.arrays import Ranking, Restarts, Sieve, Steps, TopRanking
from graphmem.errors import ConfigError
from graphmem.graph.neo4j.connect import Server, connect, translated
from graphmem.rankers.isolated import directed_edges, with_isolated
from graphmem.rankers.restarts import DAMPING, checked_damping, dense_restarts
from graphmem.rankers.top import top_of

INSTALLED = "SHOW PROCEDURES YIELD name WHERE name = 'gds.pageRank.stream' RETURN count(name)"
PROJECT = """
UNWIND $edges AS edge
WITH gds.graph.project(
  $graph, edge[0], edge[1], {relationshipProperties: {weight: edge[2]}}
) AS projected
RETURN projected.nodeCount
"""
RANK = """
CALL gds.pageRank.stream($graph, {
  sourceNodes: $sources, dampingFactor: $damping, maxIterations: $iterations,
  tolerance: $tolerance, relationshipWeightProperty: 'weight'
})
YIELD nodeId, score
RETURN nodeId, score
"""
DROP = "CALL gds.graph.drop($graph, false) YIELD graphName RETURN graphName"

Ask = Callable[[str, Mapping[str, object]], list[list[Any]]]


@dataclass(frozen=True, slots=True)
class GdsRanker:
    """`gds.pageRank` on the server of a URL, `neo4j://HOST:7687` or `neo4j://HOST:7687/DATABASE`.

    User and password come from the environment, as for a store. Opening raises ConfigError where
    the server lacks the library, and what `graphmem.graph.neo4j.connect.connect` raises.
    """

    url: str
    damping: float = field(default=DAMPING, kw_only=True)
    tolerance: float = field(default=1e-8, kw_only=True)
    """The L1 change of all scores in an iteration below which the server stops."""
    environment: Mapping[str, str] = field(
        default_factory=lambda: os.environ, kw_only=True, repr=False
    )

    def __post_init__(self) -> None:
        """Refuse what has no meaning, and a server without the library."""
        checked_damping(self.damping)
        server = connect(self.url, environment=self.environment)
        with server.driver:
            ((installed,),) = asker(server)(INSTALLED, {})
        if not installed:
            raise ConfigError(
                f"the Neo4j server at {server.address} has no Graph Data Science library, which "
                "the ranker 'gds' needs; put its jar into the server's plugins folder, or type "
                "GRAPHMEM_RANKER=auto"
            )

    @property
    def name(self) -> str:
        """What runs, and where."""
        return "gds.pageRank"

    def rank(self, steps: Steps, restarts: Restarts) -> list[Ranking]:
        """Return one ranking per row of `restarts` (r, n), see `graphmem.contracts.Ranker`.

        Raises StoreUnavailableError if the server does not answer, StoreError if it refuses.
        """
        rows = dense_restarts(steps, restarts)
        if not len(rows):
            return []
        server, graph = connect(self.url, environment=self.environment), f"graphmem-{uuid4().hex}"
        with server.driver:
            ask = asker(server)
            try:
                _project(ask, graph, steps)
                return [self._rank(ask, graph, steps, row) for row in rows]
            finally:
                ask(DROP, {"graph": graph})

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

    def _rank(self, ask: Ask, graph: str, steps: Steps, row: NDArray[np.float64]) -> Ranking:
        """Rank one restart. A node passes on what changed by more than a node's tolerance only."""
        n, iterations = len(row), _iterations(self.damping, self.tolerance)

        def walk(seeds: NDArray[np.int64], shares: NDArray[np.float64]) -> NDArray[np.float64]:
            sources = [list(pair) for pair in zip(seeds.tolist(), shares.tolist(), strict=True)]
            found = ask(RANK, {
                "graph": graph, "damping": self.damping, "iterations": iterations,
                "tolerance": self.tolerance / n, "sources": sources,
            })  # fmt: skip
            scores = np.zeros(n)
            for node, score in found:
                scores[node] = score
            return scores

        scores = with_isolated(steps, row, self.damping, walk)
        error = self.tolerance * iterations * self.damping / (1 - self.damping)
        return Ranking(scores=scores, iterations=iterations, error=error)


def _iterations(damping: float, tolerance: float) -> int:
    """Return after how many steps less than `tolerance` of the walkers did not restart."""
    return 1 if damping == 0 else 1 + math.ceil(math.log(tolerance) / math.log(damping))


def _project(ask: Ask, graph: str, steps: Steps) -> None:
    sources, targets, weights = directed_edges(steps)
    edges = zip(sources.tolist(), targets.tolist(), weights.tolist(), strict=True)
    ask(PROJECT, {"graph": graph, "edges": [list(edge) for edge in edges]})


def asker(server: Server) -> Ask:
    """Return what runs a statement by itself and returns its rows."""

    def ask(statement: str, parameters: Mapping[str, object]) -> list[list[Any]]:
        with (
            translated(server.address, server.database),
            server.driver.session(database=server.database) as session,
        ):
            return session.run(statement, dict(parameters)).values()

    return ask
