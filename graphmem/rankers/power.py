"""Personalised PageRank by power iteration, for graphmem's own walk and the baselines."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from graphmem.arrays import Distribution, Ranking, Steps
from graphmem.errors import NoConvergenceError

DAMPING = 0.5
"""Of HippoRAG 2 and of LinearRAG: half of all steps restart."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PowerRanker:
    """Moves all walkers at once, step by step, until no score changes any more: a `Ranker`.

    Raises ValueError for a damping outside [0, 1).
    Source: Page, Brin, Motwani and Winograd (1999), section 6.
    """

    damping: float = DAMPING
    """Probability of following an edge instead of jumping."""
    tolerance: float = 1e-8
    """It stops below this L1 change of the whole vector, not scaled by the number of nodes."""
    max_iterations: int = 200

    def __post_init__(self) -> None:
        """Refuse a damping with which the walk would never restart."""
        if not 0 <= self.damping < 1:
            raise ValueError(f"damping must be in [0, 1), got {self.damping}")

    def rank(self, steps: Steps, restarts: NDArray[np.float64]) -> list[Ranking]:
        """Return one ranking per row of `restarts` (r, n), see `graphmem.contracts.Ranker`."""
        return [self._rank(steps, restart) for restart in restarts]

    def _rank(self, steps: Steps, restart: Distribution) -> Ranking:
        if not np.isclose(restart.sum(), 1) or restart.min() < 0:
            raise ValueError(f"restart must be a distribution, but sums to {restart.sum()}")
        scores = restart
        for iteration in range(1, self.max_iterations + 1):
            followed = steps.moves @ scores
            back = 1 - self.damping + self.damping * scores[steps.stuck].sum()
            moved = self.damping * followed + back * restart
            residual = float(np.abs(moved - scores).sum())
            scores = moved
            if residual < self.tolerance:
                return Ranking(scores=scores, iterations=iteration, residual=residual)
        raise NoConvergenceError(
            f"PageRank still moved by {residual:.1e} after {self.max_iterations} steps; a larger "
            f"tolerance or a smaller damping than {self.damping} would settle"
        )
