"""Forward push by the loops of `kernel.c`: what they know of a graph, and one walk."""

import ctypes

import numpy as np
from numpy.typing import NDArray

from graphmem.arrays import Sieve, Steps
from graphmem.rankers.bounds import BOUND, ROOM, Bounds, Sought
from graphmem.rankers.kernel import address_of, c_graph
from graphmem.rankers.spread import GROUPS, Spread

NODE_BYTES = 32


class _State(ctypes.Structure):
    _fields_ = (
        ("nodes", ctypes.c_void_p),
        ("scale", ctypes.c_void_p),
        ("slots", ctypes.c_void_p),
        ("frontier", ctypes.c_void_p),
        ("reached", ctypes.c_void_p),
        ("mass", ctypes.c_void_p),
        ("near", ctypes.c_void_p),
        ("sums", ctypes.c_void_p),
        ("around", ctypes.c_void_p),
        ("norm", ctypes.c_double),
        ("grown", ctypes.c_double),
        ("n_touched", ctypes.c_int64),
        ("n_known", ctypes.c_int64),
        ("n_frontier", ctypes.c_int64),
        ("work", ctypes.c_int64),
        ("pushes", ctypes.c_int64),
        ("round", ctypes.c_int32),
    )


class _Spread(ctypes.Structure):
    _fields_ = (
        ("nodes", ctypes.c_void_p),
        ("places", ctypes.c_void_p),
        ("groups", ctypes.c_void_p),
        ("heaviest", ctypes.c_void_p),
        ("norms", ctypes.c_void_p),
        ("near", ctypes.c_void_p),
        ("n", ctypes.c_int64),
    )


class Workspace:
    """Where the kernel keeps what it knows of n nodes: made once, used by one walk at a time."""

    def __init__(self, n: int) -> None:
        self.nodes = np.zeros(n * NODE_BYTES, np.uint8)  # pages that nobody touches cost nothing
        self.slots = np.zeros(max(n, 1), np.int32)
        self.lists = np.empty((2, max(n, 1)), np.int32)
        self.reals = np.empty((2, max(n, 1)))
        frontier, reached = (row.ctypes.data for row in self.lists)
        mass, scale = (row.ctypes.data for row in self.reals)
        nodes, slots = self.nodes.ctypes.data, self.slots.ctypes.data
        self.near, self.sums = np.empty(max(n, 1), np.uint32), np.zeros(GROUPS)
        near, sums = self.near.ctypes.data, self.sums.ctypes.data
        self.state = _State(nodes, scale, slots, frontier, reached, mass, near, sums)
        self.doubtful = np.empty(ROOM, BOUND)


class CompiledPush:
    """One walk by the kernel: the methods are those of `NumpyPush`, and give the same bytes."""

    def __init__(
        self,
        loaded: ctypes.CDLL,
        steps: Steps,
        sieve: Sieve | None,
        damping: float,
        sought: Sought,
        spare: list[Workspace],
    ) -> None:
        workspace = _spare(spare, len(steps.degree))
        self._spare = spare
        self._back: Workspace | None = None
        self._loaded, self._damping, self._held = loaded, damping, (steps, sieve, sought)
        self._c_graph, self._workspace = c_graph(steps, sieve), workspace
        self._graph = ctypes.addressof(self._c_graph)
        self._state = ctypes.addressof(workspace.state)
        self._k, workspace.state.grown = sought.k, sought.hubs.grown
        self._around = _c_spread(sought.spread)
        workspace.state.around = ctypes.addressof(self._around) if self._around else None
        self._among, self._hubs = address_of(sought.among), address_of(sought.hubs.nodes)
        self._best, self._counts = np.empty(sought.k, BOUND), np.zeros(2, np.int64)
        self._best_at, self._counts_at = address_of(self._best), address_of(self._counts)
        self._doubtful_at = address_of(workspace.doubtful)

    @property
    def work(self) -> int:
        """Edges that were read."""
        return int(self._workspace.state.work)

    @property
    def norm(self) -> float:
        """Length |y| of what is left over degree, when the best were asked for."""
        return float(self._workspace.state.norm)

    def begin(
        self, seeds: NDArray[np.int64], shares: NDArray[np.float64]
    ) -> tuple[float, NDArray[np.bool_]]:
        """Put shares on nodes; return the sum of those on nodes without an edge, and which."""
        is_stuck = np.zeros(len(seeds), np.bool_)
        stuck = self._loaded.push_begin(
            self._graph,
            self._state,
            address_of(seeds),
            address_of(shares),
            len(seeds),
            address_of(is_stuck),
        )
        return float(stuck), is_stuck

    def until(self, least: float) -> None:
        """Push until no node holds `least` or more for its degree."""
        self._loaded.push_until(self._graph, self._state, self._damping, least)

    def best(self) -> tuple[float, Bounds, bool]:
        """Return what a node holds at most for its degree, the k best, whether all was reached.

        The best stay as they are until they are asked for again.
        """
        most = self._loaded.push_best(
            self._graph, self._state, self._damping, self._among, self._k, self._best_at,
            self._counts_at,
        )  # fmt: skip
        found, still_open = self._counts.tolist()
        return most, self._best[:found], not still_open

    def doubtful(self, most: float, bar: float, *, far: bool) -> Bounds | None:
        """Return those that may pass `bar` and are not among the best; None: too many.

        `far`: of those that nothing came to as well. They stay until they are asked for again.
        """
        n = self._loaded.push_doubtful(
            self._graph, self._state, self._damping, most, bar, self._among, self._hubs,
            len(self._held[2].hubs.nodes) if far else 0, self._best_at, self._counts[0],
            self._doubtful_at, ROOM,
        )  # fmt: skip
        return None if n < 0 else self._workspace.doubtful[:n]

    def tighten(self, most: float, bounds: Bounds) -> None:
        """Draw bounds together, in place, by what the neighbours hold."""
        self._loaded.push_tighten(
            self._graph, self._state, self._damping, most, address_of(bounds), len(bounds)
        )

    def meet(self, most: float, one: Bounds, wanted: float, room: int) -> int:
        """Draw bounds of a node together, in place, by a walk from there; return the edges read."""
        if self._back is None:
            self._back = _spare(self._spare, len(self._held[0].degree))
        return int(
            self._loaded.push_meet(
                self._graph, self._state, ctypes.addressof(self._back.state), self._damping,
                most, wanted, room, address_of(one),
            )
        )  # fmt: skip

    def end(self, times: float) -> tuple[NDArray[np.int64], NDArray[np.float64], float]:
        """Return the touched nodes, their scores, and the mass that is left; forget all."""
        n = self._workspace.state.n_touched
        nodes, scores = np.empty(n, np.int64), np.empty(n)
        left = self._loaded.push_end(
            self._graph, self._state, self._damping, times, address_of(nodes), address_of(scores)
        )
        self._spare.append(self._workspace)
        if self._back is not None:
            self._spare.append(self._back)
        return nodes, scores, float(left)


def _c_spread(spread: Spread | None) -> _Spread | None:
    if spread is None:
        return None
    return _Spread(
        address_of(spread.ascending),
        address_of(spread.places),
        address_of(spread.groups),
        address_of(spread.heaviest),
        address_of(spread.norms),
        address_of(spread.near),
        len(spread.nodes),
    )


def _spare(spare: list[Workspace], n: int) -> Workspace:
    try:
        return spare.pop()
    except IndexError:
        return Workspace(n)
