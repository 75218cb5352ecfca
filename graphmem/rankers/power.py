"""Personalised PageRank by power iteration: the reference of all other rankers.

Moving once brings two distributions nearer by the damping at least, since the columns of `moves`
sum to 1: with a last L1 change of c, the scores are within c × damping / (1 - damping) of the fixed
point (Banach's theorem). Source: Page, Brin, Motwani and Winograd (1999), section 6.
"""

from dataclasses import dataclass
from typing import Any, Literal

import numpy as np
from numpy.typing import NDArray

from graphmem.arrays import Ranking, Restarts, Sieve, Steps, TopRanking
from graphmem.errors import NoConvergenceError
from graphmem.rankers.kernel import BLOCK, PowerStep, kernel
from graphmem.rankers.restarts import DAMPING, checked_damping, dense_restarts
from graphmem.rankers.top import top_of

FINEST = {"float64": 1e-12, "float32": 1e-6}
"""The smallest tolerance that each precision can come to."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PowerRanker:
    """Moves all walkers at once, step by step, until no score changes any more: a `Ranker`.

    Raises ValueError for a damping outside [0, 1), or a tolerance that the precision cannot reach.
    """

    damping: float = DAMPING
    """Probability of following an edge instead of jumping."""
    tolerance: float = 1e-8
    """It stops below this L1 change of the whole vector, not scaled by the number of nodes."""
    max_iterations: int = 200
    precision: Literal["float64", "float32"] = "float64"
    compiled: bool = True
    """False: SciPy alone, as where no compiler was."""

    def __post_init__(self) -> None:
        """Refuse what has no meaning."""
        checked_damping(self.damping)
        if not self.tolerance >= FINEST[self.precision]:
            raise ValueError(
                f"tolerance must be {FINEST[self.precision]} or more in {self.precision}, "
                f"got {self.tolerance}"
            )

    @property
    def name(self) -> str:
        """`power`, and which loops run here."""
        return "power compiled" if self.compiled and kernel() else "power scipy"

    def rank(self, steps: Steps, restarts: Restarts) -> list[Ranking]:
        """Return one ranking per row of `restarts` (r, n), see `graphmem.contracts.Ranker`."""
        rows = dense_restarts(steps, restarts)
        return [
            ranking
            for first in range(0, len(rows), BLOCK)
            for ranking in self._block(steps, rows[first : first + BLOCK])
        ]

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

    def _block(self, steps: Steps, rows: NDArray[np.float64]) -> list[Ranking]:
        real: Any = np.dtype(self.precision).type
        step = PowerStep.of(steps, real, compiled=self.compiled)
        restarts = np.ascontiguousarray(rows.T.astype(real, copy=False))
        scores, columns = restarts, np.arange(len(rows))
        found: dict[int, Ranking] = {}
        for iteration in range(1, self.max_iterations + 1):
            stuck = np.ascontiguousarray(scores[steps.stuck].T).sum(axis=1)
            back = 1 - real(self.damping) + real(self.damping) * stuck
            scores, change = step.moved(scores, restarts, real(self.damping), back)
            settled = change < self.tolerance
            for at in np.flatnonzero(settled):
                error = float(change[at]) * self.damping / (1 - self.damping)
                last = np.ascontiguousarray(scores[:, at], np.float64)
                found[int(columns[at])] = Ranking(scores=last, iterations=iteration, error=error)
            if settled.all():
                return [found[at] for at in range(len(rows))]
            if settled.any():
                scores, restarts = (
                    np.ascontiguousarray(x[:, ~settled]) for x in (scores, restarts)
                )
                columns = columns[~settled]
        raise NoConvergenceError(
            f"PageRank still moved by {change.max():.1e} after {self.max_iterations} steps; a "
            f"larger tolerance or a smaller damping than {self.damping} would settle"
        )
