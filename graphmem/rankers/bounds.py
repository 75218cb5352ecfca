"""What both ways to push share: bounds of a node's score, and the nodes of the highest degrees."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from graphmem.arrays import Sieve, Steps
from graphmem.rankers.spread import Spread

BOUND = np.dtype([("lower", np.float64), ("upper", np.float64), ("node", np.int64)])
"""A node, and what its score lies between."""
Bounds = NDArray[np.void]
"""Of BOUND."""

ROOM = 4096
"""Doubtful nodes beyond which it is cheaper to push on than to look at each."""
MOST_HUBS = 1 << 16


@dataclass(frozen=True, slots=True)
class Hubs:
    """Nodes that may be visited much though no push came to them: those of the highest degrees."""

    nodes: NDArray[np.int32]
    """Highest degree first; all nodes, or the first MOST_HUBS."""
    highest: float = 0.0
    """Of all degrees."""
    grown: float = 1.0
    """How many times higher a degree may be under the sieve."""

    @classmethod
    def of(cls, degree: NDArray[np.float64]) -> "Hubs":
        """Find them, of equals the lower number first."""
        n = len(degree)
        places = np.arange(n)
        if n > MOST_HUBS:
            bar = np.partition(degree, n - MOST_HUBS)[n - MOST_HUBS]
            above = np.flatnonzero(degree > bar)
            at = np.flatnonzero(degree == bar)[: MOST_HUBS - len(above)]
            places = np.sort(np.concatenate((above, at)))
        order = np.argsort(-degree[places], kind="stable")
        highest = float(degree.max(initial=0.0))
        return cls(places[order].astype(np.int32), highest)

    def under(self, sieve: Sieve | None) -> "Hubs":
        """Return the same under a sieve that may raise degrees."""
        if sieve is None or sieve.factors is None or not len(sieve.factors):
            return self
        grown = max(1.0, float(sieve.factors.max()))
        return Hubs(self.nodes, self.highest, grown)


NO_HUBS = Hubs(np.zeros(0, np.int32))


@dataclass(frozen=True, slots=True)
class Sought:
    """What a walk is to find."""

    k: int
    among: NDArray[np.bool_] | None = None
    """(n,) which nodes count; None: all."""
    hubs: Hubs = NO_HUBS
    spread: Spread | None = None
    """None: of hubs nothing is known but their degrees."""


def joined(first: Bounds, second: Bounds) -> Bounds:
    """Return both, one behind the other: what `np.concatenate` does in ten times the time."""
    if not len(first) or not len(second):
        return second if len(second) else first
    both = np.empty(len(first) + len(second), BOUND)
    both[: len(first)], both[len(first) :] = first, second
    return both


def in_order(bounds: Bounds) -> Bounds:
    """Return bounds by their lower ends, highest first, of equals the lower node."""
    return bounds[np.lexsort((bounds["node"], -bounds["lower"]))]


def checked_sieve(steps: Steps, sieve: Sieve | None) -> Sieve | None:
    """Return the sieve as the loops take it; ValueError for one that does not fit the graph."""
    if sieve is None or (sieve.kept is None and sieve.factors is None):
        return None
    n = len(steps.degree)
    if sieve.kept is not None and (sieve.kept.shape != (n,) or sieve.kept.dtype != np.bool_):
        raise ValueError(f"kept must be {n} of bool, got {sieve.kept.shape} of {sieve.kept.dtype}")
    if sieve.factors is None:
        return Sieve(kept=np.ascontiguousarray(sieve.kept))
    kinds, factors = steps.kinds, np.ascontiguousarray(sieve.factors, np.float64)
    if kinds is None:
        raise ValueError("factors need a graph whose edges have kinds")
    if not (np.isfinite(factors).all() and (factors >= 0).all()):
        raise ValueError(f"factors must be finite and not negative, got {factors.tolist()}")
    if len(kinds) and int(kinds.max()) >= len(factors):
        raise ValueError(f"{len(factors)} factors for {int(kinds.max()) + 1} kinds of edges")
    return Sieve(
        kept=None if sieve.kept is None else np.ascontiguousarray(sieve.kept), factors=factors
    )
