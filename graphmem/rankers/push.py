"""Personalised PageRank by forward push: only the neighbourhood that matters, with a certificate.

Source: Andersen, Chung and Lang (2006), sections 2 and 3. What is pushed, p, is a lower bound of
the exact scores, and exact = p + the sum over nodes u of r(u) × the ranking that restarts at u.
On an undirected graph degree(u) × ranking_u(v) = degree(v) × ranking_v(u), so what v still lacks
is degree(v) × the mean of y = r / degree where a walk from v ends: with the first step spelt out

    (1 - d) r(v)  ≤  lacks(v)  ≤  (1 - d) r(v) + d × max(y) × degree(v)

and with the second one too (`tighten`), d² instead of d. Nodes without an edge only hold restarts:
a share f of them there makes every other score 1 / (1 - d f) times as large.
"""

from dataclasses import dataclass, field
from typing import Protocol
from weakref import WeakKeyDictionary

import numpy as np
from numpy.typing import NDArray

from graphmem.arrays import Ranking, Restarts, Sieve, Steps, TopRanking
from graphmem.rankers.bounds import BOUND, Bounds, Hubs, Sought, checked_sieve, in_order, joined
from graphmem.rankers.kernel import CompiledPush, Workspace, fits, kernel
from graphmem.rankers.push_numpy import NumpyPush
from graphmem.rankers.restarts import DAMPING, checked_among, checked_damping, sparse_restarts

SHRINK = 0.5
"""What a node may hold for its degree, from one round of pushing to the next."""
CHEAP = 10_000
"""Edges that may always be read to look closer."""
MOST_WORK = 20
"""Times all edges: what power iteration would read. Who is not certain then never is soon."""


class _Push(Protocol):
    @property
    def work(self) -> int: ...
    def begin(
        self, seeds: NDArray[np.int64], shares: NDArray[np.float64]
    ) -> tuple[float, NDArray[np.bool_]]: ...
    def until(self, least: float) -> None: ...
    def best(self) -> tuple[float, Bounds, bool]: ...
    def doubtful(self, most: float, bar: float, *, far: bool) -> Bounds | None: ...
    def tighten(self, most: float, bounds: Bounds) -> None: ...
    def end(self, times: float) -> tuple[NDArray[np.int64], NDArray[np.float64], float]: ...


@dataclass(frozen=True, slots=True)
class _Prepared:
    hubs: Hubs
    spare: list[Workspace] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class _Found:
    best: Bounds
    gap: float
    levels: int


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
        push, workspace = self._push(steps, None, Sought(1), prepared)
        stuck, is_stuck = push.begin(seeds, shares)
        times = 1 / (1 - self.damping * stuck)
        most, levels = push.best()[0], 0
        while self.damping * most * prepared.hubs.highest * times > self.tolerance:
            push.until(most * SHRINK)
            most, levels = push.best()[0], levels + 1
        nodes, found, left = push.end(times)
        if workspace is not None:
            prepared.spare.append(workspace)
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
        sought = Sought(k, among, prepared.hubs.under(sieve))
        push, workspace = self._push(steps, sieve, sought, prepared)
        seeds, shares = restart
        stuck, is_stuck = push.begin(seeds, shares)
        times = 1 / (1 - self.damping * stuck)
        held = np.zeros(int(is_stuck.sum()), BOUND)
        held["node"] = seeds[is_stuck]
        held["lower"] = held["upper"] = (1 - self.damping) * shares[is_stuck]
        fixed = held if among is None else held[among[held["node"]]]
        fixed = in_order(fixed)[:k]
        found = self._until_certain(push, steps, sought, fixed, self.tolerance / times)
        nodes, scores, _ = push.end(times)
        if workspace is not None:
            prepared.spare.append(workspace)
        scores[: len(seeds)][is_stuck] = held["lower"] * times  # a walk comes to its seeds first
        best = in_order(found.best)
        return TopRanking(
            nodes=best["node"],
            scores=best["lower"] * times,
            errors=(best["upper"] - best["lower"]) * times,
            certified=found.gap == 0,
            gap=found.gap * times,
            visited=nodes,
            visits=scores,
        )

    def _until_certain(
        self,
        push: _Push,
        steps: Steps,
        sought: Sought,
        fixed: Bounds,
        tolerance: float,
    ) -> _Found:
        """Push, look, and push on until the k best are certain; `fixed` are known exactly."""
        levels, most_work = 0, MOST_WORK * len(steps.moves.indices)
        k, hubs = sought.k, sought.hubs
        while True:
            most, live, closed = push.best()
            pool = in_order(joined(live, fixed))
            best, rest = pool[:k], pool[k:]
            bar = float(best["lower"][-1]) if len(best) == k else 0.0
            gap = np.inf
            doubts = push.doubtful(most, bar, far=not closed)
            if doubts is not None:
                if closed:  # no push will ever come to those that have nothing
                    doubts = doubts[doubts["lower"] > 0]
                doubts = joined(doubts, rest[rest["upper"] > bar])
                if self._is_cheap(push, steps, best, doubts):
                    best, gap = self._compared(push, most, best, doubts, fixed, k, tolerance)
            if gap <= tolerance:
                return _Found(best, gap, levels)
            settled = self.damping * most * hubs.highest * hubs.grown <= tolerance
            if settled or push.work > most_work:
                return _Found(best, gap, levels)
            push.until(most * SHRINK)
            levels += 1

    def _is_cheap(self, push: _Push, steps: Steps, best: Bounds, doubts: Bounds) -> bool:
        """Return whether reading the neighbours costs no more than what was pushed so far."""
        if not len(doubts):
            return True
        nodes, starts = np.concatenate((best["node"], doubts["node"])), steps.moves.indptr
        return int((starts[nodes + 1] - starts[nodes]).sum()) <= max(push.work, CHEAP)

    def _compared(
        self,
        push: _Push,
        most: float,
        best: Bounds,
        doubts: Bounds,
        fixed: Bounds,
        k: int,
        tolerance: float,
    ) -> tuple[Bounds, float]:
        """Return the k best after a closer look, and by how much another may be ahead of one.

        Infinite where no other may be, but the order of the best is not known.
        """
        if not len(doubts) and not self.ordered:
            return best, 0.0
        both = joined(best, doubts)
        is_live = ~np.isin(both["node"], fixed["node"])
        live = both[is_live]
        push.tighten(most, live)
        pool = in_order(joined(live, both[~is_live]))
        n = min(k, int((pool["lower"] > 0).sum()))  # what may not be visited at all is not found
        best, rest = pool[:n], pool[n:]
        bar = float(best["lower"][-1]) if len(best) == k else 0.0
        gap = max(0.0, float(rest["upper"].max(initial=0.0)) - bar)
        if self.ordered and gap <= tolerance:
            blur = best["upper"][1:] - best["lower"][:-1]
            if float(blur.max(initial=0.0)) > tolerance:
                return best, np.inf
        return best, gap

    def _push(
        self, steps: Steps, sieve: Sieve | None, sought: Sought, prepared: _Prepared
    ) -> tuple[_Push, Workspace | None]:
        loaded = kernel() if self.compiled and fits(steps) else None
        if loaded is None:
            return NumpyPush(steps, sieve, self.damping, sought), None
        try:
            workspace = prepared.spare.pop()
        except IndexError:
            workspace = Workspace(len(steps.degree))
        return CompiledPush(loaded, steps, sieve, self.damping, sought, workspace), workspace

    def _of(self, steps: Steps) -> _Prepared:
        prepared = self._prepared.get(steps)
        if prepared is None:
            prepared = self._prepared[steps] = _Prepared(Hubs.of(steps.degree))
        return prepared
