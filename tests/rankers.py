"""The engines of PageRank that tests run, by name; those whose library is not here are skipped."""

import os
from collections.abc import Callable
from importlib.util import find_spec

import pytest

from graphmem.contracts import Ranker
from graphmem.errors import GraphmemError
from graphmem.graph.neo4j.gds import GdsRanker
from graphmem.rankers.auto import AutoRanker
from graphmem.rankers.cugraph import CugraphRanker
from graphmem.rankers.cugraph_dask import CugraphDaskRanker
from graphmem.rankers.igraph import IgraphRanker
from graphmem.rankers.kernel import kernel
from graphmem.rankers.power import PowerRanker
from graphmem.rankers.push import PushRanker
from graphmem.rankers.torch import TorchRanker

ENGINES = (
    "power", "power-scipy", "power-float32", "push", "push-numpy", "auto", "igraph", "torch",
    "cugraph", "cugraph-dask", "gds",
)  # fmt: skip


def opened(engine: str, damping: float) -> Ranker:
    """Open an engine; skip the test where it cannot run."""
    if engine in ("power", "push") and kernel() is None:
        pytest.skip(f"{engine} compiled: no compiler was there when graphmem was installed")
    if engine == "torch" and find_spec("torch") is None:
        pytest.skip("torch is not installed")
    if engine == "igraph" and find_spec("igraph") is None:
        pytest.skip("igraph is not installed")
    return _MADE[engine](damping)


def _cugraph(damping: float) -> Ranker:
    return _where_it_can(lambda: CugraphRanker(damping=damping))


def _cugraph_dask(damping: float) -> Ranker:
    return _where_it_can(lambda: CugraphDaskRanker(damping=damping))


def _gds(damping: float) -> Ranker:
    url = os.environ.get("GRAPHMEM_TEST_NEO4J_URI")
    if not url:
        pytest.skip("gds: GRAPHMEM_TEST_NEO4J_URI names no server with Graph Data Science")
    return _where_it_can(lambda: GdsRanker(url, damping=damping))


def _where_it_can(open_one: Callable[[], Ranker]) -> Ranker:
    try:
        return open_one()
    except GraphmemError as error:
        pytest.skip(str(error))


_MADE = {
    "power": lambda d: PowerRanker(damping=d),
    "power-scipy": lambda d: PowerRanker(damping=d, compiled=False),
    "power-float32": lambda d: PowerRanker(damping=d, precision="float32", tolerance=1e-6),
    "push": lambda d: PushRanker(damping=d),
    "push-numpy": lambda d: PushRanker(damping=d, compiled=False),
    "auto": lambda d: AutoRanker(damping=d),
    "igraph": lambda d: IgraphRanker(damping=d),
    "torch": lambda d: TorchRanker(damping=d, device="cpu"),
    "cugraph": _cugraph,
    "cugraph-dask": _cugraph_dask,
    "gds": _gds,
}
