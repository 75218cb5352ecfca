"""The ranker that suits what is asked: by the graph's size, the number of walks, the device."""

from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from graphmem.arrays import Ranking, Restarts, Sieve, Steps, TopRanking
from graphmem.rankers.power import PowerRanker
from graphmem.rankers.push import PushRanker
from graphmem.rankers.restarts import DAMPING, checked_damping
from graphmem.rankers.torch import TorchRanker, cuda_devices

SMALL = 200_000
"""Edges, both ways, up to which power iteration takes a few milliseconds."""
MANY = 64
"""Restarts from which a GPU is worth moving the graph there."""


@dataclass(frozen=True, kw_only=True, eq=False)
class AutoRanker:
    """Power iteration for small graphs and whole rankings, push for the best of a large graph.

    Many walks at once go to a GPU where one is.
    """

    damping: float = DAMPING
    _power: PowerRanker = field(init=False, repr=False)
    _push: PushRanker = field(init=False, repr=False)

    def __post_init__(self) -> None:
        """Refuse what has no meaning."""
        checked_damping(self.damping)
        object.__setattr__(self, "_power", PowerRanker(damping=self.damping))
        object.__setattr__(self, "_push", PushRanker(damping=self.damping))

    @property
    def name(self) -> str:
        """What it chooses between here."""
        return f"auto: {self._power.name}, {self._push.name}"

    def rank(self, steps: Steps, restarts: Restarts) -> list[Ranking]:
        """Return one ranking per row of `restarts` (r, n), see `graphmem.contracts.Ranker`."""
        return self._dense(restarts).rank(steps, restarts)

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
        ranker: PowerRanker | PushRanker | TorchRanker = self._push
        if len(steps.moves.indices) <= SMALL:
            ranker = self._power
        elif restarts.shape[0] >= MANY and cuda_devices():
            ranker = self._dense(restarts)
        return ranker.top(steps, restarts, k=k, among=among, sieve=sieve)

    def _dense(self, restarts: Restarts) -> PowerRanker | TorchRanker:
        if restarts.shape[0] >= MANY and cuda_devices():
            return TorchRanker(damping=self.damping)
        return self._power
