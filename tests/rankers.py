"""The engines of PageRank that tests run, by name; those whose library is not here are skipped."""

from importlib.util import find_spec

import pytest

from graphmem.contracts import Ranker
from graphmem.errors import ConfigError
from graphmem.rankers.auto import AutoRanker
from graphmem.rankers.cugraph import CugraphRanker
from graphmem.rankers.igraph import IgraphRanker
from graphmem.rankers.kernel import kernel
from graphmem.rankers.power import PowerRanker
from graphmem.rankers.push import PushRanker
from graphmem.rankers.torch import TorchRanker

ENGINES = (
    "power", "power-scipy", "power-float32", "push", "push-numpy", "auto", "igraph", "torch",
    "cugraph",
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
    try:
        return CugraphRanker(damping=damping)
    except ConfigError as error:
        pytest.skip(f"cugraph: {error}")


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
}
