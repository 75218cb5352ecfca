"""RAPIDS cuGraph: PageRank on one NVIDIA GPU, a restart a call; its library has no batch.

Written to the signatures of pylibcugraph 26.10, which a test compares with the installed wheel. It
was not run on a GPU by this project yet: docs/pagerank.md.
"""

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from graphmem.arrays import Ranking, Restarts, Sieve, Steps, TopRanking
from graphmem.errors import ConfigError, MissingExtraError, NoConvergenceError
from graphmem.rankers.isolated import directed_edges, with_isolated
from graphmem.rankers.restarts import DAMPING, checked_damping, dense_restarts
from graphmem.rankers.top import top_of


@dataclass(frozen=True, slots=True, kw_only=True)
class CugraphRanker:
    """cuGraph's personalised PageRank in float64.

    Raises MissingExtraError without the libraries, ConfigError without a GPU.
    """

    damping: float = DAMPING
    tolerance: float = 1e-8
    max_iterations: int = 200

    def __post_init__(self) -> None:
        """Refuse what has no meaning."""
        checked_damping(self.damping)
        _libraries()
        if not gpus():
            raise ConfigError("the ranker 'cugraph' needs an NVIDIA GPU, and none answers here")

    @property
    def name(self) -> str:
        """What runs."""
        return "cugraph"

    def rank(self, steps: Steps, restarts: Restarts) -> list[Ranking]:
        """Return one ranking per row of `restarts` (r, n), see `graphmem.contracts.Ranker`."""
        rows = dense_restarts(steps, restarts)
        if not len(rows):
            return []
        cupy, pylibcugraph = _libraries()
        handle = pylibcugraph.ResourceHandle()
        graph = _graph(cupy, pylibcugraph, handle, steps)
        return [self._rank(cupy, pylibcugraph, handle, graph, steps, row) for row in rows]

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
        self,
        cupy: Any,
        pylibcugraph: Any,
        handle: Any,
        graph: Any,
        steps: Steps,
        row: NDArray[np.float64],
    ) -> Ranking:
        def walk(seeds: NDArray[np.int64], shares: NDArray[np.float64]) -> NDArray[np.float64]:
            nodes, values, converged = pylibcugraph.personalized_pagerank(
                handle, graph, None, None, None, None,
                cupy.asarray(seeds, cupy.int32), cupy.asarray(shares),
                self.damping, self.tolerance, self.max_iterations, False,
                fail_on_nonconvergence=False,
            )  # fmt: skip
            if not converged:
                raise NoConvergenceError(
                    f"cuGraph did not settle in {self.max_iterations} steps at {self.tolerance}"
                )
            scores = np.zeros(len(row))
            scores[cupy.asnumpy(nodes)] = cupy.asnumpy(values)
            return scores

        scores = with_isolated(steps, row, self.damping, walk)
        error = self.tolerance * self.damping / (1 - self.damping)
        return Ranking(scores=scores, iterations=self.max_iterations, error=error)


def gpus() -> int:
    """Return how many GPUs answer: an import alone succeeds without any."""
    try:
        cupy, _ = _libraries()
        return int(cupy.cuda.runtime.getDeviceCount())
    except Exception:  # noqa: BLE001 - the driver's errors are of classes that cupy alone has
        return 0


def _graph(cupy: Any, pylibcugraph: Any, handle: Any, steps: Steps) -> Any:
    sources, targets, weights = directed_edges(steps)
    return pylibcugraph.SGGraph(
        handle, pylibcugraph.GraphProperties(is_symmetric=True, is_multigraph=True),
        cupy.asarray(sources), cupy.asarray(targets), cupy.asarray(weights),
        store_transposed=True, renumber=True, do_expensive_check=False,
    )  # fmt: skip


def _libraries() -> tuple[Any, Any]:
    try:
        import cupy
        import pylibcugraph
    except Exception:  # noqa: BLE001 - a CUDA library that is missing raises an error of its own
        raise MissingExtraError("the ranker 'cugraph'", "gpu") from None
    return cupy, pylibcugraph
