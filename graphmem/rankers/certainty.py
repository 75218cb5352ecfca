"""The k nodes that a walk visits most, for certain: push, compare, look closer, push on.

Where a few are nearly alike, a walk back from each, v, tells more than pushing on for all. Let y be
what is left over degree here and y' what is left over degree of a walk from v that was pushed to
scores s: on an undirected graph the exact score of v is q(v) degree(v), which was pushed there,
and degree(v) × the sum over u of s(u) y(u) + a rest, which by the argument of `spread` is

    degree(v) × the sum over t ≥ 1 of (1 - d) dᵗ <y', Pᵗ y>  ≤  degree(v) × d × |y'| × |y|

and the two lengths are short long before the largest y is small. It is no more than d × what is
left of that walk × the largest y either. Source: Lofgren, Banerjee and Goel (2016) meet so, with
estimates in the place of this bound.
"""

from dataclasses import dataclass
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from graphmem.arrays import Steps
from graphmem.rankers.bounds import Bounds, Sought, in_order, joined

SHRINK = 0.5
"""What a node may hold for its degree, from one round of pushing to the next."""
CHEAP = 10_000
"""Edges that may always be read to look closer."""
CLOSE = 16
"""Nodes from which walks back are made at most."""
MUCH = 2
"""Times the edges of the walk so far: what all walks back may read."""
HOPE = 2
"""They are made where it will do that they leave over so many times what is left over here."""
MOST_WORK = 20
"""Times all edges: what power iteration would read. Who is not certain then never is soon."""


class Walk(Protocol):
    """A walk by either loops."""

    @property
    def work(self) -> int:
        """Edges that were read."""
        ...

    @property
    def norm(self) -> float:
        """Length |y| of what is left over degree, when the best were asked for."""
        ...

    def begin(
        self, seeds: NDArray[np.int64], shares: NDArray[np.float64]
    ) -> tuple[float, NDArray[np.bool_]]:
        """Put shares on nodes; return the sum of those on nodes without an edge, and which."""
        ...

    def until(self, least: float) -> None:
        """Push until no node holds `least` or more for its degree."""
        ...

    def best(self) -> tuple[float, Bounds, bool]:
        """Return what a node holds at most for its degree, the k best, whether all was reached."""
        ...

    def doubtful(self, most: float, bar: float, *, far: bool) -> Bounds | None:
        """Return those that may pass `bar` and are not among the best; None: too many."""
        ...

    def tighten(self, most: float, bounds: Bounds) -> None:
        """Draw bounds together, in place, by what the neighbours hold."""
        ...

    def meet(self, most: float, one: Bounds, wanted: float, room: int) -> int:
        """Draw bounds of a node together, in place, by a walk from there; return the edges read.

        That walk goes on until what it leaves over degree is as short as `wanted`, or it has read
        `room` edges.
        """
        ...

    def end(self, times: float) -> tuple[NDArray[np.int64], NDArray[np.float64], float]:
        """Return the touched nodes, their scores, and the mass that is left; forget all."""
        ...


@dataclass(frozen=True, slots=True, kw_only=True)
class Certainty:
    """What is asked of a walk that has begun."""

    walk: Walk
    steps: Steps
    sought: Sought
    fixed: Bounds
    """Nodes that are known exactly."""
    damping: float
    tolerance: float
    ordered: bool

    def found(self) -> tuple[Bounds, float]:
        """Push until the k best are certain; return them, and by how much another may be ahead.

        Infinite where the order of the best or even that is not known.
        """
        most_work = MOST_WORK * len(self.steps.moves.indices)
        k, hubs, back_work = self.sought.k, self.sought.hubs, 0
        while True:
            most, live, closed = self.walk.best()
            pool = joined(live, self.fixed)
            if len(pool) > k:
                pool = in_order(pool)
            best, rest, gap = pool[:k], pool[k:], np.inf
            bar = float(best["lower"].min()) if len(best) == k else 0.0
            doubts = self.walk.doubtful(most, bar, far=not closed)
            if doubts is not None:
                if closed:  # no push will ever come to those that have nothing
                    doubts = doubts[doubts["lower"] > 0]
                doubts = joined(doubts, rest[rest["upper"] > bar])
                best, gap, work = self._compared(most, best, doubts)
                back_work += work
            settled = self.damping * most * hubs.highest * hubs.grown <= self.tolerance
            if gap <= self.tolerance or settled or self.walk.work + back_work > most_work:
                return best, gap
            self.walk.until(most * (SHRINK if doubts is not None else SHRINK * SHRINK))

    def _compared(self, most: float, best: Bounds, doubts: Bounds) -> tuple[Bounds, float, int]:
        """Return the best and the gap after a closer look, and the edges of walks back."""
        if not len(doubts) and not self.ordered:
            return in_order(best), 0.0, 0
        pool, work = in_order(joined(best, doubts)), 0
        open_ = self._open(pool)
        if self._edges(pool["node"][open_]).sum() > max(self.walk.work, CHEAP):
            return best, np.inf, 0
        closer = pool[open_]
        self.walk.tighten(most, closer)
        pool[open_] = closer
        pool = in_order(pool)
        best, gap = self._judged(pool)
        if gap > self.tolerance:
            work = self._met(most, pool)
            if work:
                best, gap = self._judged(in_order(pool))
        return best, gap, work

    def _split(self, pool: Bounds) -> tuple[Bounds, Bounds, float]:
        """Return the k best of a pool, the others, and the score that these must not pass."""
        n = min(self.sought.k, int((pool["lower"] > 0).sum()))  # what has nothing is not found
        best, rest = pool[:n], pool[n:]
        return best, rest, float(best["lower"][-1]) if n == self.sought.k else 0.0

    def _judged(self, pool: Bounds) -> tuple[Bounds, float]:
        best, rest, bar = self._split(pool)
        gap = max(0.0, float(rest["upper"].max(initial=0.0)) - bar)
        if self.ordered:
            blur = best["upper"][1:] - best["lower"][:-1]
            if float(blur.max(initial=0.0)) > self.tolerance:
                return best, np.inf
        return best, gap

    def _open(self, pool: Bounds) -> NDArray[np.int64]:
        """Return the places of those whose bounds must be nearer for all to be certain."""
        best, rest, bar = self._split(pool)
        ahead = float(rest["upper"].max(initial=0.0))
        inside = best["lower"] < ahead
        if self.ordered and len(best) > 1:
            highest = np.maximum.accumulate(best["upper"][::-1])[::-1]
            inside[:-1] |= best["lower"][:-1] < highest[1:]
            inside[1:] |= best["upper"][1:] > best["lower"][:-1]
        is_open = np.concatenate((inside, rest["upper"] > bar))
        if len(self.fixed):
            is_open &= ~np.isin(pool["node"], self.fixed["node"])
        return np.flatnonzero(is_open)

    def _met(self, most: float, pool: Bounds) -> int:
        """Draw bounds that are open together by walks back; return how many edges they read.

        They are made where it is to be hoped that nodes are told from those next to them.
        """
        open_, work = self._open(pool), 0
        if not 0 < len(open_) <= CLOSE:
            return 0
        apart = self._apart(pool)[open_]
        degree, room = self.steps.degree[pool["node"][open_]], MUCH * self.walk.work // len(open_)
        wanted = apart / (self.damping * degree * self.walk.norm)
        if wanted.min() < HOPE * self.walk.norm or self._edges(pool["node"][open_]).max() > room:
            return 0
        for place in np.argsort(wanted, kind="stable").tolist():
            one = pool[open_[place] : open_[place] + 1]
            work += self.walk.meet(most, one, float(wanted[place]) / 2, room)
            if one["upper"][0] - one["lower"][0] > apart[place]:
                break
        return work

    def _apart(self, pool: Bounds) -> NDArray[np.float64]:
        """Return how far each node stands from those that it must be told from."""
        lower, k = pool["lower"], self.sought.k
        steps = np.full(len(pool) + 1, np.inf)
        steps[1:-1] = lower[:-1] - lower[1:]
        apart = np.minimum(steps[:-1], steps[1:])
        if not self.ordered:
            apart[:k] = lower[:k] - lower[k : k + 1].max(initial=0.0)
            apart[k:] = lower[:k].min() - lower[k:]
        told: NDArray[np.float64] = np.maximum(apart, self.tolerance)
        return told

    def _edges(self, nodes: NDArray[np.int64]) -> NDArray[np.int64]:
        starts = self.steps.moves.indptr
        edges: NDArray[np.int64] = starts[nodes + 1].astype(np.int64) - starts[nodes]
        return edges
