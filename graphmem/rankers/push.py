"""Personalised PageRank by forward push: only the neighbourhood that matters, with a certificate.

Source: Andersen, Chung and Lang (2006), sections 2 and 3. What is pushed, p, is a lower bound of
the exact scores, and exact = p + the sum over nodes u of r(u) × the ranking that restarts at u.
On an undirected graph degree(u) × ranking_u(v) = degree(v) × ranking_v(u), so what v still lacks
is degree(v) × the mean of y = r / degree where a walk from v ends: with the first step spelt out

    (1 - d) r(v)  ≤  lacks(v)  ≤  (1 - d) r(v) + d × max(y) × degree(v)

and with the second one too (`tighten`), d² instead of d. Nodes without an edge only hold restarts:
a share f of them there makes every other score 1 / (1 - d f) times as large.
"""

from ctypes import CDLL
from dataclasses import dataclass, field
from weakref import WeakKeyDictionary

import numpy as np
from numpy.typing import NDArray

from graphmem.arrays import Ranking, Restarts, Sieve, Steps, TopRanking
from graphmem.rankers.bounds import BOUND, Hubs, Sought, checked_sieve, in_order
from graphmem.rankers.certainty import SHRINK, Certainty, Walk
from graphmem.rankers.kernel import fits, kernel
from graphmem.rankers.push_compiled import CompiledPush, Workspace
from graphmem.rankers.push_numpy import NumpyPush
from graphmem.rankers.restarts import DAMPING, checked_among, checked_damping, sparse_restarts
from graphmem.rankers.spread import Spread


@dataclass(slots=True)
class _Prepared:
    hubs: Hubs
    spread: Spread | None = None
    spare: list[Workspace] = field(default_factory=list)


@dataclass(frozen=True, kw_only=True, eq=False)
class PushRanker:
    """Pushes what a node holds to its neighbours, the largest first, until enough is known.

    Raises ValueError for a damping outside [0, 1) or a tolerance that is not above 0.
    """

    damping: float = DAMPING
    tolerance: float = 1e-7
    """The absolute error of a score that the caller takes: nodes nearer than this are a tie."""
    ordered: bool = True
    """Whether the order of the best must be certain too, not only which they are."""
    compiled: bool = True
    """False: numpy alone, as where no compiler was."""
    _prepared: "WeakKeyDictionary[Steps, _Prepared]" = field(
        default_factory=WeakKeyDictionary, repr=False
    )

    def __post_init__(self) -> None:
        """Refuse what has no meaning."""
        checked_damping(self.damping)
        if not self.tolerance > 0:
            raise ValueError(f"tolerance must be above 0, got {self.tolerance}")

    @property
    def name(self) -> str:
        """`push compiled` or `push numpy`: which loops run here."""
        return "push compiled" if self.compiled and kernel() else "push numpy"

    def rank(self, steps: Steps, restarts: Restarts) -> list[Ranking]:
        """Return one ranking per row of `restarts` (r, n), each score at most `tolerance` low."""
        return [self._rank(steps, *restart) for restart in sparse_restarts(steps, restarts)]

    def top(
        self,
        steps: Steps,
        restarts: Restarts,
        *,
        k: int,
        among: NDArray[np.bool_] | None = None,
        sieve: Sieve | None = None,
    ) -> list[TopRanking]:
        """Return the k best of `among` for each row of `restarts`, see `contracts.Ranker`.

        It pushes on until no other node can enter, or one could by less than `tolerance`.
        """
        sieve = checked_sieve(steps, sieve)
        among = checked_among(steps, k, among, sieve)
        return [
            self._top(steps, restart, k, among, sieve)
            for restart in sparse_restarts(steps, restarts)
        ]

    def _rank(self, steps: Steps, seeds: NDArray[np.int64], shares: NDArray[np.float64]) -> Ranking:
        prepared = self._of(steps)
        push = self._opened(steps, None, Sought(1), prepared)
        stuck, is_stuck = push.begin(seeds, shares)
        times = 1 / (1 - self.damping * stuck)
        most, levels = push.best()[0], 0
        while self.damping * most * prepared.hubs.highest * times > self.tolerance:
            push.until(most * SHRINK)
            most, levels = push.best()[0], levels + 1
        nodes, found, left = push.end(times)
        scores = np.zeros(len(steps.degree))
        scores[nodes] = found
        scores[seeds[is_stuck]] = (1 - self.damping) * times * shares[is_stuck]
        return Ranking(scores=scores, iterations=levels, error=self.damping * left * times)

    def _top(
        self,
        steps: Steps,
        restart: tuple[NDArray[np.int64], NDArray[np.float64]],
        k: int,
        among: NDArray[np.bool_] | None,
        sieve: Sieve | None,
    ) -> TopRanking:
        prepared = self._of(steps)
        if prepared.spread is None:
            prepared.spread = Spread.of(steps, prepared.hubs.nodes, self._loops(steps))
        sought = Sought(k, among, prepared.hubs.under(sieve), prepared.spread)
        push = self._opened(steps, sieve, sought, prepared)
        seeds, shares = restart
        stuck, is_stuck = push.begin(seeds, shares)
        times = 1 / (1 - self.damping * stuck)
        held = np.zeros(int(is_stuck.sum()), BOUND)
        held["node"] = seeds[is_stuck]
        held["lower"] = held["upper"] = (1 - self.damping) * shares[is_stuck]
        fixed = held if among is None else held[among[held["node"]]]
        fixed = in_order(fixed)[:k]
        best, gap = Certainty(
            walk=push,
            steps=steps,
            sought=sought,
            fixed=fixed,
            damping=self.damping,
            tolerance=self.tolerance / times,
            ordered=self.ordered,
        ).found()
        nodes, scores, _ = push.end(times)
        scores[: len(seeds)][is_stuck] = held["lower"] * times  # a walk comes to its seeds first
        best = in_order(best)
        return TopRanking(
            nodes=best["node"],
            scores=best["lower"] * times,
            errors=(best["upper"] - best["lower"]) * times,
            certified=gap == 0,
            gap=gap * times,
            visited=nodes,
            visits=scores,
        )

    def _opened(
        self, steps: Steps, sieve: Sieve | None, sought: Sought, prepared: _Prepared
    ) -> Walk:
        loaded = self._loops(steps)
        if loaded is None:
            return NumpyPush(steps, sieve, self.damping, sought)
        return CompiledPush(loaded, steps, sieve, self.damping, sought, prepared.spare)

    def _loops(self, steps: Steps) -> CDLL | None:
        return kernel() if self.compiled and fits(steps) else None

    def _of(self, steps: Steps) -> _Prepared:
        prepared = self._prepared.get(steps)
        if prepared is None:
            prepared = self._prepared[steps] = _Prepared(Hubs.of(steps.degree))
        return prepared
