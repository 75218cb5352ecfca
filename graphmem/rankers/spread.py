"""How walks from hubs spread: what rules a hub out long before its neighbours are read.

Let y be what is left over degree, P a step, 1 the hub v alone, <f, g> the sum of degree × f × g.
Steps on an undirected graph are as likely backwards, <f, P g> = <P f, g>, and shorten |f| or
leave it, so that of what v lacks the part from the second step on, t ≥ 2, is by Cauchy and Schwarz

    degree(v) × (Pᵗ y)(v) = <1, Pᵗ y> = <Pᵗ 1, y> ≤ |P² 1| × |y|

and that of the first step is no more than the weight of v's heaviest edge × the sum of y over its
neighbours, here over those of all hubs of its group. Both are worked out once a graph.
"""

import ctypes
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from graphmem.arrays import Steps
from graphmem.rankers.kernel import address_of, c_graph

GROUPS = 32
"""Of hubs, a bit each."""
MOST = 2048
"""Hubs of which this is worked out."""
FEW = 10_000
"""Edges that may always be read for it."""
ENOUGH = 3_000_000
"""Edges that are read for second steps at most."""


Nodes = NDArray[np.int32]
Made = tuple[NDArray[np.uint32], NDArray[np.float64], NDArray[np.float64]]
"""`near`, `heaviest` and the squares of `norms`."""


@dataclass(frozen=True, slots=True)
class Spread:
    """Of the h nodes of the highest degrees."""

    nodes: NDArray[np.int32]
    """(h,) by degree, as `Hubs.nodes` begins."""
    groups: NDArray[np.int32]
    """(h,) 0 to GROUPS - 1"""
    heaviest: NDArray[np.float64]
    """(h,) weight of the heaviest edge, parallel ones together."""
    norms: NDArray[np.float64]
    """(h,) |P² 1|, or |P 1| where the second steps are too many to read."""
    near: NDArray[np.uint32]
    """(n,) a bit for each group with a hub that the node is a neighbour of."""
    ascending: NDArray[np.int32]
    """(h,) `nodes` in order of their numbers, at `nodes[places]`."""
    places: NDArray[np.int32]

    @classmethod
    def of(cls, steps: Steps, hubs: NDArray[np.int32], loaded: ctypes.CDLL | None) -> "Spread":
        """Work it out by the compiled loops or, to the same bytes, without."""
        starts, edges = steps.moves.indptr, len(steps.moves.indices)
        nodes = hubs[:MOST]
        read = np.cumsum(starts[nodes + 1] - starts[nodes], dtype=np.int64)
        nodes = nodes[: int(np.searchsorted(read, max(FEW, edges // 4), "right"))]
        groups = np.arange(len(nodes), dtype=np.int32) % GROUPS
        room = max(FEW, min(ENOUGH, edges // 8))
        if loaded is None:
            near, heaviest, squares = _plain(steps, nodes, groups, room)
        else:
            near, heaviest, squares = _compiled(loaded, steps, nodes, groups, room)
        places = np.argsort(nodes).astype(np.int32)
        return cls(nodes, groups, heaviest, np.sqrt(squares), near, nodes[places], places)

    def places_of(self, nodes: NDArray[np.int64]) -> NDArray[np.int64]:
        """Return where nodes stand among the hubs, -1 for those that do not."""
        if not len(self.nodes):
            return np.full(len(nodes), -1)
        at = np.minimum(np.searchsorted(self.ascending, nodes), len(self.nodes) - 1)
        return np.where(self.ascending[at] == nodes, self.places[at], -1).astype(np.int64)


def in_turn(values: NDArray[np.float64]) -> float:
    """Return a sum in order, as the kernel adds."""
    return float(np.add.accumulate(values)[-1]) if len(values) else 0.0


def _compiled(loaded: ctypes.CDLL, steps: Steps, nodes: Nodes, groups: Nodes, room: int) -> Made:
    graph, h, n = c_graph(steps), len(nodes), len(steps.degree)
    near, sums = np.zeros(n, np.uint32), np.zeros(n)
    heaviest, squares, seen = np.empty(h), np.empty(h), np.empty(room, np.int32)
    at, hubs, marks = ctypes.addressof(graph), address_of(nodes), address_of(groups)
    summed, squared = address_of(sums), address_of(squares)
    loaded.spread_once(at, hubs, marks, h, summed, address_of(near), address_of(heaviest), squared)
    loaded.spread_twice(at, hubs, h, summed, address_of(seen), room, squared)
    return near, heaviest, squares


def _plain(steps: Steps, nodes: Nodes, groups: Nodes, room: int) -> Made:
    moves, degree, h = steps.moves, steps.degree, len(nodes)
    near, heaviest, squares = np.zeros(len(degree), np.uint32), np.zeros(h), np.zeros(h)
    for place, hub in enumerate(nodes.tolist()):
        row = slice(moves.indptr[hub], moves.indptr[hub + 1])
        to, by = moves.indices[row], moves.data[row].astype(np.float64)
        near[to] |= np.uint32(1 << int(groups[place]))
        distinct, inverse = np.unique(to, return_inverse=True)
        weights = (np.bincount(inverse, by, len(distinct)) * degree[distinct])[inverse]
        heaviest[place] = weights.max(initial=0.0)
        squares[place] = in_turn(by * weights)
        room -= int((moves.indptr[to + 1] - moves.indptr[to]).sum())
        if room >= 0:
            squares[place] = _second(steps, to, by)
    return near, heaviest, squares


def _second(steps: Steps, nodes: Nodes, by: NDArray[np.float64]) -> float:
    """Return the square of |P f| for an f that is `by` at nodes."""
    moves = steps.moves
    first, lengths = moves.indptr[nodes].astype(np.int64), moves.indptr[nodes + 1]
    lengths = lengths - first
    before = np.cumsum(lengths) - lengths
    edges = np.repeat(first - before, lengths) + np.arange(int(lengths.sum()))
    to, given = moves.indices[edges], moves.data[edges] * np.repeat(by, lengths)
    distinct, seen, inverse = np.unique(to, return_index=True, return_inverse=True)
    sums, order = np.bincount(inverse, given, len(distinct)), np.argsort(seen)
    return in_turn((steps.degree[distinct] * sums * sums)[order])
