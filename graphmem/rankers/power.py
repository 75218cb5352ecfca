"""Personalised PageRank by power iteration: the reference of all other rankers.

Moving once brings two distributions nearer by the damping at least, since the columns of `moves`
sum to 1: with a last L1 change of c, the scores are within c × damping / (1 - damping) of the fixed
point (Banach's theorem). Source: Page, Brin, Motwani and Winograd (1999), section 6.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from graphmem.arrays import Ranking, Restarts, Sieve, Steps, TopRanking
from graphmem.errors import NoConvergenceError
from graphmem.rankers.kernel import BLOCK, Columns, PowerStep, kernel
from graphmem.rankers.restarts import DAMPING, checked_damping, dense_restarts
from graphmem.rankers.top import top_of

FINEST = {"float64": 1e-12, "float32": 1e-6}
"""The smallest tolerance that each precision can come to."""
ROUGH = 1e-5
"""A walk in float64 comes this near in float32 first, which reads half as much: what the last
steps change bounds the error, wherever they began."""


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
        phases = self._phases(steps)
        return [
            ranking
            for first in range(0, len(rows), BLOCK)
            for ranking in self._block(phases, rows[first : first + BLOCK])
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

    def _phases(self, steps: Steps) -> list[tuple[PowerStep, float]]:
        """Return the step in each precision that a walk goes through, and how near it comes there.

        Made once for all blocks: the graph's values may have to be converted.
        """
        own = PowerStep.of(steps, np.dtype(self.precision).type, compiled=self.compiled)
        if self.precision == "float32" or self.tolerance >= ROUGH:
            return [(own, self.tolerance)]
        rough = PowerStep.of(steps, np.float32, compiled=self.compiled)
        return [(rough, ROUGH), (own, self.tolerance)]

    def _block(
        self, phases: Sequence[tuple[PowerStep, float]], rows: NDArray[np.float64]
    ) -> list[Ranking]:
        restarts = rows.T
        (step, tolerance), *finer = phases
        walks = [_Walk(row, 0, np.inf) for row in rows]
        walks = self._walked(step, restarts, walks, tolerance)
        for step, tolerance in finer:
            walks = self._walked(step, restarts, [walk.whole() for walk in walks], tolerance)
        worst = max(walk.change for walk in walks)
        if not worst < self.tolerance:
            raise NoConvergenceError(
                f"PageRank still moved by {worst:.1e} after {self.max_iterations} steps; a "
                f"larger tolerance or a smaller damping than {self.damping} would settle"
            )
        times = self.damping / (1 - self.damping)
        return [
            Ranking(scores=walk.scores, iterations=walk.steps, error=walk.change * times)
            for walk in walks
        ]

    def _walked(
        self, step: PowerStep, restarts: Columns, walks: "list[_Walk]", tolerance: float
    ) -> "list[_Walk]":
        """Go on until each walk moves by less than `tolerance`, or the steps are used up."""
        damping = step.real(self.damping)
        restarts = np.ascontiguousarray(restarts, step.real)
        begun = np.stack([walk.scores for walk in walks], 1)
        scores: Columns = np.ascontiguousarray(begun, step.real)
        done, steps = list(walks), np.array([walk.steps for walk in walks])
        columns = np.arange(len(walks))
        while True:
            stuck = np.ascontiguousarray(scores[step.stuck].T).sum(axis=1)
            scores, change = step.moved(scores, restarts, damping, 1 - damping + damping * stuck)
            steps = steps + 1
            settled = (change < tolerance) | (steps >= self.max_iterations)
            for at in np.flatnonzero(settled):
                last = np.ascontiguousarray(scores[:, at], np.float64)
                done[columns[at]] = _Walk(last, int(steps[at]), float(change[at]))
            if settled.all():
                return done
            if settled.any():
                scores, restarts = (
                    np.ascontiguousarray(x[:, ~settled]) for x in (scores, restarts)
                )
                columns, steps = columns[~settled], steps[~settled]


@dataclass(frozen=True, slots=True)
class _Walk:
    scores: NDArray[np.float64]
    steps: int
    change: float

    def whole(self) -> "_Walk":
        """Return the walk with its scores as a distribution, which no step in float64 undoes."""
        total = np.add.accumulate(self.scores)[-1]
        return _Walk(self.scores / total, self.steps, self.change)
