"""Power iteration in torch: many restarts at once, on a CUDA device where there is one."""

import warnings
from dataclasses import dataclass
from typing import Any, Literal

import numpy as np
from numpy.typing import NDArray

from graphmem.arrays import Ranking, Restarts, Sieve, Steps, TopRanking
from graphmem.errors import MissingExtraError, NoConvergenceError
from graphmem.rankers.restarts import DAMPING, checked_damping, dense_restarts
from graphmem.rankers.top import top_of

AT_ONCE = 4
"""Arrays of all nodes and restarts that one step holds: scores, moved, restarts, the change."""


@dataclass(frozen=True, slots=True, kw_only=True)
class TorchRanker:
    """Sparse × dense, a column a walk; a block is as many restarts as the memory takes.

    Raises MissingExtraError without torch, ValueError for a device that is not there.
    """

    damping: float = DAMPING
    tolerance: float = 1e-8
    """See `PowerRanker`."""
    max_iterations: int = 200
    precision: Literal["float64", "float32"] = "float64"
    device: str | None = None
    """`cpu`, `cuda`, `cuda:1`; None: CUDA where it is, else the processor."""
    memory_bytes: int = 4 << 30
    """What one block may take on the device, the graph not counted."""

    def __post_init__(self) -> None:
        """Refuse what has no meaning."""
        checked_damping(self.damping)
        if self.device is not None and self.device.startswith("cuda") and not cuda_devices():
            raise ValueError(f"no CUDA device answers to {self.device!r}; leave device out")
        _library()

    @property
    def name(self) -> str:
        """What runs, and where."""
        return f"torch {self._place()}"

    def rank(self, steps: Steps, restarts: Restarts) -> list[Ranking]:
        """Return one ranking per row of `restarts` (r, n), see `graphmem.contracts.Ranker`.

        Alone and in a block a ranking is the same to the last digits of its precision.
        """
        rows = dense_restarts(steps, restarts)
        if not len(rows):
            return []
        torch, real = _library(), np.dtype(self.precision)
        moves = _quietly(
            torch.sparse_csr_tensor,
            torch.from_numpy(steps.moves.indptr), torch.from_numpy(steps.moves.indices),
            torch.from_numpy(steps.moves.data.astype(real)), size=steps.moves.shape,
            device=self._place(),
        )  # fmt: skip
        width = self.block(len(steps.degree))
        return [
            ranking
            for first in range(0, len(rows), width)
            for ranking in self._block(steps, moves, rows[first : first + width].astype(real))
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

    def block(self, n: int) -> int:
        """Return how many restarts over n nodes one block takes."""
        return max(
            1, self.memory_bytes // (AT_ONCE * max(n, 1) * np.dtype(self.precision).itemsize)
        )

    def _block(self, steps: Steps, moves: Any, rows: NDArray[Any]) -> list[Ranking]:
        torch, damping = _library(), self.damping
        restarts = torch.from_numpy(np.ascontiguousarray(rows.T)).to(self._place())
        stuck = torch.from_numpy(steps.stuck).to(self._place())
        scores = restarts
        for iteration in range(1, self.max_iterations + 1):
            back = 1 - damping + damping * scores[stuck].sum(dim=0)
            moved = damping * (moves @ scores) + back * restarts
            change = (moved - scores).abs_().sum(dim=0).cpu().numpy()
            scores = moved
            if change.max() < self.tolerance:
                found = scores.T.cpu().numpy().astype(np.float64)
                errors = change.astype(np.float64) * damping / (1 - damping)
                return [
                    Ranking(scores=row, iterations=iteration, error=float(error))
                    for row, error in zip(found, errors, strict=True)
                ]
        raise NoConvergenceError(
            f"PageRank still moved by {change.max():.1e} after {self.max_iterations} steps; a "
            f"larger tolerance or a smaller damping than {damping} would settle"
        )

    def _place(self) -> str:
        return self.device or ("cuda" if cuda_devices() else "cpu")


def cuda_devices() -> int:
    """Return how many CUDA devices torch can use; 0 without torch."""
    try:
        import torch
    except ImportError:
        return 0
    return torch.cuda.device_count() if torch.cuda.is_available() else 0


def _quietly(made: Any, *given: Any, **options: Any) -> Any:
    """Call what says at each first call that it is in beta."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", UserWarning)
        return made(*given, **options)


def _library() -> Any:
    try:
        import torch
    except ImportError:
        raise MissingExtraError("the ranker 'torch'", "models") from None
    return torch
