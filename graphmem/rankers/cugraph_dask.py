"""RAPIDS cuGraph over all GPUs of a Dask cluster: PageRank of graphs that no single GPU holds.

Written to the source of cugraph 26.10, whose signatures a test compares with the installed wheel.
It was not run on GPUs by this project yet: docs/pagerank.md.
"""

from dataclasses import dataclass
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from graphmem.arrays import Ranking, Restarts, Sieve, Steps, TopRanking
from graphmem.errors import ConfigError, MissingExtraError, NoConvergenceError
from graphmem.rankers.isolated import directed_edges, with_isolated
from graphmem.rankers.restarts import DAMPING, checked_damping, dense_restarts
from graphmem.rankers.top import top_of


@dataclass(frozen=True, slots=True, kw_only=True)
class CugraphDaskRanker:
    """`cugraph.dask.pagerank` in float64, on the Dask client of this process.

    Whoever uses it starts the cluster: a `dask_cuda.LocalCUDACluster` or workers on many machines,
    a `distributed.Client`, and `cugraph.dask.comms.comms.initialize(p2p=True)`. Raises
    MissingExtraError without the libraries, ConfigError without such a cluster.
    """

    damping: float = DAMPING
    tolerance: float = 1e-8
    max_iterations: int = 200

    def __post_init__(self) -> None:
        """Refuse what has no meaning."""
        checked_damping(self.damping)
        if not _libraries().comms.is_initialized():
            raise ConfigError(
                "the ranker 'cugraph-dask' needs a Dask cluster of GPUs in this process; start a "
                "dask_cuda.LocalCUDACluster, a distributed.Client, and call "
                "cugraph.dask.comms.comms.initialize(p2p=True)"
            )

    @property
    def name(self) -> str:
        """What runs."""
        return "cugraph.dask"

    def rank(self, steps: Steps, restarts: Restarts) -> list[Ranking]:
        """Return one ranking per row of `restarts` (r, n), see `graphmem.contracts.Ranker`."""
        rows = dense_restarts(steps, restarts)
        if not len(rows):
            return []
        rapids = _libraries()
        graph = _graph(rapids, steps)
        return [self._rank(rapids, graph, steps, row) for row in rows]

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
        self, rapids: "_Rapids", graph: Any, steps: Steps, row: NDArray[np.float64]
    ) -> Ranking:
        def walk(seeds: NDArray[np.int64], shares: NDArray[np.float64]) -> NDArray[np.float64]:
            ranked, converged = rapids.cugraph.dask.pagerank(
                graph, alpha=self.damping,
                personalization=rapids.cudf.DataFrame({"vertex": seeds, "values": shares}),
                max_iter=self.max_iterations, tol=self.tolerance, fail_on_nonconvergence=False,
            )  # fmt: skip
            if not converged:
                raise NoConvergenceError(
                    f"cuGraph did not settle in {self.max_iterations} steps at {self.tolerance}"
                )
            found, scores = ranked.compute(), np.zeros(len(row))
            scores[found["vertex"].to_numpy()] = found["pagerank"].to_numpy()
            return scores

        scores = with_isolated(steps, row, self.damping, walk)
        error = self.tolerance * self.damping / (1 - self.damping)
        return Ranking(scores=scores, iterations=self.max_iterations, error=error)


class _Rapids(NamedTuple):
    """The libraries, each of which finds a GPU as it is imported."""

    cudf: Any
    dask_cudf: Any
    cugraph: Any
    comms: Any


def _libraries() -> _Rapids:
    try:
        import cudf
        import cugraph.dask
        import dask_cudf
        from cugraph.dask.comms import comms
    except Exception:  # noqa: BLE001 - a CUDA library that is missing raises an error of its own
        raise MissingExtraError("the ranker 'cugraph-dask'", "gpus") from None
    return _Rapids(cudf, dask_cudf, cugraph, comms)


def _graph(rapids: _Rapids, steps: Steps) -> Any:
    """Return cuGraph's graph, its edges shared out over the workers."""
    sources, targets, weights = directed_edges(steps)
    edges = rapids.cudf.DataFrame({"source": sources, "target": targets, "weight": weights})
    graph = rapids.cugraph.Graph(directed=True)
    graph.from_dask_cudf_edgelist(
        rapids.dask_cudf.from_cudf(edges, npartitions=len(rapids.comms.get_workers())),
        source="source", destination="target", weight="weight", store_transposed=True,
    )  # fmt: skip
    return graph
