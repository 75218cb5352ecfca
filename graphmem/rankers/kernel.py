"""The compiled loops of `kernel.c`, where a compiler was there when graphmem was installed."""

import ctypes
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from graphmem.arrays import Sieve, Steps
from graphmem.rankers.bounds import BOUND, ROOM, Bounds, Sought
from graphmem.rankers.declared import declare_cosines

LIBRARY = Path(__file__).with_name("_kernel.so")
"""`compiling.py` makes it, as graphmem is installed."""
NODE_BYTES = 32
FLOATS = ("float32", "float64")
ABI = 20
"""What `kernel_abi` of a library must say; a checkout may hold one of older sources."""
BLOCK = 16
"""Restarts that one step of power iteration takes at once."""

Columns = NDArray[Any]
"""(n, r) a walk a column, or (r,) a number a walk; float64 or float32."""


class _Graph(ctypes.Structure):
    _fields_ = (
        ("n", ctypes.c_int64),
        ("starts32", ctypes.c_void_p),
        ("starts64", ctypes.c_void_p),
        ("columns", ctypes.c_void_p),
        ("values32", ctypes.c_void_p),
        ("values64", ctypes.c_void_p),
        ("degree", ctypes.c_void_p),
        ("kept", ctypes.c_void_p),
        ("kinds", ctypes.c_void_p),
        ("factors", ctypes.c_void_p),
        ("makers", ctypes.c_void_p),
    )


class _State(ctypes.Structure):
    _fields_ = (
        ("nodes", ctypes.c_void_p),
        ("scale", ctypes.c_void_p),
        ("slots", ctypes.c_void_p),
        ("frontier", ctypes.c_void_p),
        ("reached", ctypes.c_void_p),
        ("mass", ctypes.c_void_p),
        ("n_touched", ctypes.c_int64),
        ("n_known", ctypes.c_int64),
        ("n_frontier", ctypes.c_int64),
        ("work", ctypes.c_int64),
        ("pushes", ctypes.c_int64),
        ("round", ctypes.c_int32),
    )


@cache
def kernel(library: Path = LIBRARY) -> ctypes.CDLL | None:
    """Return the compiled loops, None where there are none, or of another machine or version."""
    try:
        loaded = ctypes.CDLL(str(library))
    except OSError:
        return None
    if not hasattr(loaded, "kernel_abi") or loaded.kernel_abi() != ABI:
        return None
    at, whole, real = ctypes.c_void_p, ctypes.c_int64, ctypes.c_double
    _declare(loaded, "push_begin", real, at, at, at, at, whole, at)
    _declare(loaded, "push_until", None, at, at, real, real)
    _declare(loaded, "push_best", real, at, at, real, at, whole, at, at)
    _declare(
        loaded, "push_doubtful", whole,
        at, at, real, real, real, at, at, whole, real, at, whole, at, whole,
    )  # fmt: skip
    _declare(loaded, "push_tighten", None, at, at, real, real, at, whole)
    _declare(loaded, "push_end", real, at, at, real, real, at, at)
    _declare(loaded, "power_step_f64", None, at, at, at, at, real, at, whole, at, at)
    _declare(loaded, "power_step_f32", None, at, at, at, at, ctypes.c_float, at, whole, at, at)
    _declare(loaded, "text_place", whole, at, at, whole, whole, ctypes.c_char_p, whole)
    _declare(loaded, "said_again", whole, at, whole, at, whole, at, at, at, whole)
    _declare(loaded, "add_likeness", None, at, at, at, whole, at)
    _declare(loaded, "fill_norms", None, at, whole, at, at, at)
    _declare(loaded, "row_likeness", None, at, whole, at, at)
    _declare(loaded, "over_norms", None, at, at, whole, real)
    _declare(loaded, "as_shares", None, at, whole)
    _declare(loaded, "best_of_rows", None, at, whole, at, at)
    _declare_turns(loaded)
    declare_cosines(loaded)
    return loaded


def _declare_turns(loaded: ctypes.CDLL) -> None:
    at, whole, real = ctypes.c_void_p, ctypes.c_int64, ctypes.c_double
    _declare(loaded, "merged", whole, at, whole, at, at)
    _declare(loaded, "bm25_words", None, at, at, at, whole, real, real, whole, at, at)
    _declare(loaded, "sessions_with", whole, at, at, at, at)
    _declare(loaded, "bm25_sessions", None, at, at, whole, real, real, at, at)
    _declare(loaded, "cells_of", None, at, at, at, whole, at, whole, at, at, at, whole)
    _declare(loaded, "moments", None, at, at, at, whole, at)
    _declare(loaded, "any_said", whole, at, at, whole)
    _declare(loaded, "rank_values", None, at, whole, at, whole, real, at, at)
    _declare(loaded, "weighted_sum", None, at, whole, at, at, at, at, whole, at)
    _declare(loaded, "said_near", None, at, at, whole, ctypes.c_uint8, at, whole, at, at)
    _declare(loaded, "common", whole, at, whole, at, whole, at)
    _declare(loaded, "add_common", None, at, whole, whole, at, whole, real, at)
    _declare(loaded, "in_rows", whole, at, whole, at, whole, at, at)
    _declare(loaded, "of_sorts", whole, at, whole, at, at)
    _declare(loaded, "add_among", None, at, whole, at, whole, real, at)
    _declare(
        loaded, "most_around", None,
        at, at, at, whole, at, at, at, at, whole, at, at,
    )  # fmt: skip


def _declare(loaded: ctypes.CDLL, name: str, result: object, *arguments: object) -> None:
    function = getattr(loaded, name)
    function.restype, function.argtypes = result, arguments


def fits(steps: Steps) -> bool:
    """Return whether the kernel takes these arrays: it numbers nodes in 32 bits."""
    return steps.moves.indices.dtype == np.int32 and steps.moves.dtype.name in FLOATS


def c_graph(steps: Steps, sieve: Sieve | None = None) -> _Graph:
    """Return the arrays of steps as the kernel takes them; they must outlive it."""
    moves = steps.moves
    starts, values = moves.indptr, moves.data
    sieve = sieve or Sieve()
    return _Graph(
        moves.shape[0],
        address_of(starts) if starts.dtype == np.int32 else None,
        address_of(starts) if starts.dtype == np.int64 else None,
        address_of(moves.indices),
        address_of(values) if values.dtype == np.float32 else None,
        address_of(values) if values.dtype == np.float64 else None,
        address_of(steps.degree),
        address_of(sieve.kept),
        address_of(steps.kinds) if sieve.factors is not None else None,
        address_of(sieve.factors),
        address_of(steps.makers) if sieve.kept is not None else None,
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
        self.state = _State(nodes, scale, slots, frontier, reached, mass)
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
        workspace: Workspace,
    ) -> None:
        self._loaded, self._damping, self._held = loaded, damping, (steps, sieve, sought)
        self._c_graph, self._workspace = c_graph(steps, sieve), workspace
        self._graph = ctypes.addressof(self._c_graph)
        self._state = ctypes.addressof(workspace.state)
        self._k, self._grown = sought.k, sought.hubs.grown
        self._among, self._hubs = address_of(sought.among), address_of(sought.hubs.nodes)
        self._best, self._counts = np.empty(sought.k, BOUND), np.zeros(2, np.int64)
        self._best_at, self._counts_at = address_of(self._best), address_of(self._counts)
        self._doubtful_at = address_of(workspace.doubtful)

    @property
    def work(self) -> int:
        """Edges that were read."""
        return int(self._workspace.state.work)

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
            len(self._held[2].hubs.nodes) if far else 0, self._grown, self._best_at,
            self._counts[0], self._doubtful_at, ROOM,
        )  # fmt: skip
        return None if n < 0 else self._workspace.doubtful[:n]

    def tighten(self, most: float, bounds: Bounds) -> None:
        """Draw bounds together, in place, by what the neighbours hold."""
        self._loaded.push_tighten(
            self._graph, self._state, self._damping, most, address_of(bounds), len(bounds)
        )

    def end(self, times: float) -> tuple[NDArray[np.int64], NDArray[np.float64], float]:
        """Return the touched nodes, their scores, and the mass that is left; forget all."""
        n = self._workspace.state.n_touched
        nodes, scores = np.empty(n, np.int64), np.empty(n)
        left = self._loaded.push_end(
            self._graph, self._state, self._damping, times, address_of(nodes), address_of(scores)
        )
        return nodes, scores, float(left)


class PowerStep:
    """A step of power iteration for many walks at once, compiled or by SciPy: the same scores."""

    def __init__(self, loaded: ctypes.CDLL | None, steps: Steps, real: type) -> None:
        self._steps, self.real, self.stuck = steps, real, steps.stuck
        moves = steps.moves
        if moves.dtype != real:  # its own `astype` would add up parallel edges, in place
            from scipy.sparse import csr_array

            values: Columns = moves.data.astype(real)
            moves = csr_array((values, moves.indices, moves.indptr), shape=moves.shape)
        self._moves = moves
        self._run = None
        if loaded is not None:
            self._graph = c_graph(steps)
            name = "power_step_f64" if real is np.float64 else "power_step_f32"
            self._run = getattr(loaded, name)

    @classmethod
    def of(cls, steps: Steps, real: type, *, compiled: bool) -> "PowerStep":
        """Return the step on a graph in a precision."""
        return cls(kernel() if compiled and fits(steps) else None, steps, real)

    def moved(
        self, scores: Columns, restarts: Columns, damping: Any, back: Columns
    ) -> tuple[Columns, NDArray[np.float64]]:
        """Return the scores (n, r) after a step, and the L1 change of each walk (r,)."""
        if self._run is None:
            moved = damping * (self._moves @ scores) + back * restarts
            by = np.abs(moved.astype(np.float64) - scores)
            return moved, np.add.accumulate(by, axis=0)[-1] if len(by) else by.sum(axis=0)
        moved, change = np.empty_like(scores), np.empty(scores.shape[1])
        self._run(
            ctypes.addressof(self._graph),
            *map(address_of, (self._moves.data, scores, restarts)),
            damping, address_of(back), scores.shape[1], address_of(moved), address_of(change),
        )  # fmt: skip
        return moved, change


def address_of(array: NDArray[np.generic] | None) -> int | None:
    """Return where an array lies in memory, which must outlive what is done there."""
    if array is None:
        return None
    if array.flags.writeable and array.size:
        held: Any = array
        return ctypes.addressof(ctypes.c_char.from_buffer(held))  # in a third of the time
    address: int = array.__array_interface__["data"][0]
    return address
