"""Forward push without a compiler: the loops of `kernel.c` in numpy, sums in the same order."""

import math

import numpy as np
from numpy.typing import NDArray

from graphmem.arrays import Sieve, Steps
from graphmem.rankers.bounds import BOUND, ROOM, Bounds, Sought, in_order, joined
from graphmem.rankers.spread import GROUPS, in_turn

Nodes = NDArray[np.int64]
Reals = NDArray[np.float64]


class NumpyPush:
    """One walk: what was pushed and what is left, both divided by each node's degree."""

    def __init__(self, steps: Steps, sieve: Sieve | None, damping: float, sought: Sought) -> None:
        n = len(steps.degree)
        self.work = 0
        self._sought, self._best = sought, np.zeros(0, BOUND)
        self._steps, self._sieve, self._damping = steps, sieve, damping
        self._left, self._done = np.zeros(n), np.zeros(n)
        self._degree = steps.degree if sieve is None else np.zeros(n)
        self._scale = np.zeros(n)
        self._is_touched = np.zeros(n, np.bool_)
        self._touched: list[Nodes] = []
        self.norm, self._sums = 0.0, np.zeros(GROUPS)

    def begin(self, seeds: Nodes, shares: Reals) -> tuple[float, NDArray[np.bool_]]:
        """Put shares on nodes; return the sum of those on nodes without an edge, and which."""
        self._touch(seeds)
        degree = self._degree[seeds]
        alive = degree > 0
        self._left[seeds[alive]] += shares[alive] / degree[alive]
        return in_turn(shares[~alive]), ~alive

    def until(self, least: float) -> None:
        """Push until no node holds `least` or more for its degree."""
        touched = self._all_touched()
        frontier = touched[self._left[touched] >= least]
        while len(frontier):
            mass = self._left[frontier]
            self._done[frontier] += (1 - self._damping) * mass
            self._left[frontier] = 0
            edges, lengths = self._edges(frontier)
            given = np.repeat(self._damping * mass, lengths)
            to, by = self._steps.moves.indices[edges].astype(np.int64), self._values(edges)
            if self._sieve is not None:
                factors = self._factors(edges)
                on = factors > 0
                to, given, by = to[on], given[on], factors[on] * by[on]
            reached = _first_seen(to)
            self._touch(reached)
            by = given * by
            np.add.at(self._left, to, by if self._sieve is None else by * self._scale[to])
            frontier = reached[self._left[reached] >= least]

    def best(self) -> tuple[float, Bounds, bool]:
        """Return what a node holds at most for its degree, the k best, whether all was reached."""
        touched = self._all_touched()
        most = float(self._left[touched].max(initial=0.0))
        is_open = (self._done[touched] == 0) & (self._left[touched] > 0)
        among = self._sought.among
        self.norm = self._length()
        self._sum_up(touched[self._left[touched] > 0])
        asked = touched if among is None else touched[among[touched]]
        bounds = self._bounds(asked, most)
        best = in_order(bounds[bounds["lower"] > 0])[: self._sought.k]
        self._best = self._closer(best, most, self._degree[best["node"]])
        return most, self._best, not is_open.any()

    def doubtful(self, most: float, bar: float, *, far: bool) -> Bounds | None:
        """Return those that may pass `bar` and are not among the best; None: too many."""
        if far and self._are_too_many(most, bar):
            return None
        among, inside = self._sought.among, self._is_touched.copy()
        inside[self._best["node"]] = False
        if among is not None:
            inside &= among
        touched = self._all_touched()
        bounds = self._bounds(touched[inside[touched]], most)
        bounds = bounds[bounds["upper"] > bar]
        bounds = self._closer(bounds, most, self._degree[bounds["node"]])
        bounds = bounds[bounds["upper"] > bar]
        more = self._unreached(most, bar) if far else bounds[:0]
        if more is None or len(bounds) + len(more) > ROOM:
            return None
        return joined(bounds, more)

    def _are_too_many(self, most: float, bar: float) -> bool:
        hubs = self._sought.hubs
        if len(hubs.nodes) <= 2 * ROOM:
            return False
        degree = float(self._steps.degree[hubs.nodes[2 * ROOM]]) * hubs.grown
        return self._damping * most * degree > bar

    def _unreached(self, most: float, bar: float) -> Bounds | None:
        hubs, among = self._sought.hubs, self._sought.among
        degree = self._steps.degree[hubs.nodes] * hubs.grown
        upper = self._damping * most * degree
        reach = int(np.argmax(np.append((upper <= bar) | (upper == 0), True)))
        if reach == len(hubs.nodes) and reach and reach < len(self._degree):
            return None
        more: Bounds = np.zeros(reach, BOUND)
        more["upper"], more["node"] = upper[:reach], hubs.nodes[:reach]
        more = self._closer(more, most, degree[:reach])
        more = more[(more["upper"] > bar) & ~self._is_touched[more["node"]]]
        for mask in (among, None if self._sieve is None else self._sieve.kept):
            more = more if mask is None else more[mask[more["node"]]]
        return more

    def tighten(self, most: float, bounds: Bounds) -> None:
        """Draw bounds together, in place, by what the neighbours hold."""
        nodes, damping = bounds["node"], self._damping
        self._touch(nodes)
        edges, lengths = self._edges(nodes)
        source = self._steps.moves.indices[edges]
        values = self._values(edges)
        if self._sieve is not None:
            values = self._factors(edges) * values
        held = values * self._steps.degree[source] * self._left[source]
        sums = np.bincount(np.repeat(np.arange(len(nodes)), lengths), held, minlength=len(nodes))
        degree = self._degree[nodes]
        own = (self._done[nodes] + (1 - damping) * self._left[nodes]) * degree
        bounds["lower"] = own + damping * (1 - damping) * sums
        upper = bounds["lower"] + damping * damping * self._later(nodes, most, degree)
        bounds["upper"] = np.minimum(upper, bounds["upper"])

    def meet(self, most: float, one: Bounds, wanted: float, room: int) -> int:
        """Draw bounds of a node together, in place, by a walk from there; return the edges read."""
        node, damping = one["node"], self._damping
        self._touch(node)
        degree, back = self._degree[node], NumpyPush(self._steps, self._sieve, damping, Sought(1))
        back.begin(node, np.ones(1))
        least = 1 / float(degree[0])
        while (short := back._length()) > wanted and back.work < room:
            least *= 0.5
            back.until(least)
        nodes, scores, left = back.end(1.0)
        rest = min(most * left, short * self.norm)
        lower = (self._done[node] + in_turn(scores * self._left[nodes])) * degree
        one["upper"] = np.minimum(lower + damping * rest * degree, one["upper"])
        one["lower"] = np.maximum(lower, one["lower"])
        return back.work

    def end(self, times: float) -> tuple[Nodes, Reals, float]:
        """Return the touched nodes, their scores, and the mass that is left."""
        nodes = self._all_touched()
        degree, left = self._degree[nodes], self._left[nodes]
        scores = (self._done[nodes] + (1 - self._damping) * left) * degree * times
        return nodes, scores, in_turn(left * degree)

    def _bounds(self, nodes: Nodes, most: float) -> Bounds:
        degree = self._degree[nodes]
        bounds = np.empty(len(nodes), BOUND)
        bounds["node"] = nodes
        bounds["lower"] = (self._done[nodes] + (1 - self._damping) * self._left[nodes]) * degree
        bounds["upper"] = bounds["lower"] + self._damping * most * degree
        return bounds[degree > 0]

    def _length(self) -> float:
        """Return |y|, the root of the sum of degree × y²."""
        touched = self._all_touched()
        left = self._left[touched]
        return math.sqrt(in_turn(self._degree[touched] * left * left))

    def _sum_up(self, nodes: Nodes) -> None:
        """Add up y over the neighbours of each group of hubs."""
        spread, left = self._sought.spread, self._left[nodes]
        if spread is None:
            return
        near = spread.near[nodes]
        self._sums = np.array(
            [in_turn(left[near >> np.uint32(group) & 1 == 1]) for group in range(GROUPS)]
        )

    def _closer(self, bounds: Bounds, most: float, degree: Reals) -> Bounds:
        """Return bounds, in place, with those of hubs drawn together by what is known of them."""
        spread, damping = self._sought.spread, self._damping
        if spread is None or not len(spread.nodes):
            return bounds
        places = spread.places_of(bounds["node"])
        hubs, at, met = places >= 0, places[places >= 0], most * degree[places >= 0]
        first = self._sought.hubs.grown * spread.heaviest[at] * self._sums[spread.groups[at]]
        later = self._later(bounds["node"], most, degree)[hubs]
        lacks = damping * ((1 - damping) * np.minimum(first, met) + damping * later)
        bounds["upper"][hubs] = bounds["lower"][hubs] + lacks
        return bounds

    def _later(self, nodes: Nodes, most: float, degree: Reals) -> Reals:
        """Bound what walks from nodes meet from the second step on."""
        met, spread = most * degree, self._sought.spread
        if spread is None or not len(spread.nodes):
            return met
        places = spread.places_of(nodes)
        norms = spread.norms[places] if self._sieve is None else np.sqrt(degree)
        return np.where(places < 0, met, np.minimum(met, norms * self.norm))

    def _all_touched(self) -> Nodes:
        self._touched = [np.concatenate((np.zeros(0, np.int64), *self._touched))]
        return self._touched[0]

    def _touch(self, nodes: Nodes) -> None:
        new = nodes[~self._is_touched[nodes]]
        self._is_touched[new] = True
        self._touched.append(new)
        if self._sieve is None or not len(new):
            return
        edges, lengths = self._edges(new)
        source = self._steps.moves.indices[edges]
        held = self._factors(edges) * self._values(edges) * self._steps.degree[source]
        sums = np.bincount(np.repeat(np.arange(len(new)), lengths), held, minlength=len(new))
        if self._sieve.kept is not None:
            sums[~self._sieve.kept[new]] = 0
        self._degree[new] = sums
        whole = self._steps.degree[new]
        self._scale[new] = np.divide(whole, sums, out=np.zeros(len(new)), where=sums > 0)

    def _edges(self, nodes: Nodes) -> tuple[Nodes, Nodes]:
        """Return where the edges of nodes are, in order, and how many each has."""
        starts = self._steps.moves.indptr
        first, lengths = starts[nodes].astype(np.int64), (starts[nodes + 1] - starts[nodes])
        total = int(lengths.sum())
        self.work += total
        before = np.cumsum(lengths, dtype=np.int64) - lengths
        return np.repeat(first - before, lengths) + np.arange(total), lengths.astype(np.int64)

    def _values(self, edges: Nodes) -> Reals:
        values: Reals = self._steps.moves.data[edges].astype(np.float64)
        return values

    def _factors(self, edges: Nodes) -> Reals:
        """Return (e,) what each edge counts under the sieve, 0 for one that is not there."""
        steps, sieve = self._steps, self._sieve
        factors = np.ones(len(edges))
        if sieve is not None and sieve.factors is not None and steps.kinds is not None:
            factors = sieve.factors[steps.kinds[edges]]
        if sieve is not None and sieve.kept is not None:
            factors = factors * sieve.kept[steps.moves.indices[edges]]
            if steps.makers is not None:
                makers = steps.makers[edges]
                factors = factors * ((makers < 0) | sieve.kept[makers])
        return factors


def _first_seen(nodes: Nodes) -> Nodes:
    """Return distinct nodes in the order in which they come first."""
    distinct, places = np.unique(nodes, return_index=True)
    return distinct[np.argsort(places)]
