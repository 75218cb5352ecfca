"""The compiled loops of `kernel.c`, where a compiler was there when graphmem was installed."""

import ctypes
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from graphmem.arrays import Sieve, Steps
from graphmem.rankers.declared import declare_cosines

LIBRARY = Path(__file__).with_name("_kernel.so")
"""`compiling.py` makes it, as graphmem is installed."""
FLOATS = ("float32", "float64")
ABI = 22
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
        at, at, real, real, real, at, at, whole, at, whole, at, whole,
    )  # fmt: skip
    _declare(loaded, "push_tighten", None, at, at, real, real, at, whole)
    _declare(loaded, "push_meet", whole, at, at, at, real, real, real, whole, at)
    _declare(loaded, "push_end", real, at, at, real, real, at, at)
    _declare(loaded, "spread_once", None, at, at, at, whole, at, at, at, at)
    _declare(loaded, "spread_twice", whole, at, at, whole, at, at, whole, at)
    _declare(loaded, "power_step_f64", None, at, at, at, at, real, at, whole, at, at)
    _declare(loaded, "power_step_f32", None, at, at, at, at, ctypes.c_float, at, whole, at, at)
    _declare(loaded, "text_place", whole, at, at, whole, whole, ctypes.c_char_p, whole)
    _declare(loaded, "put_between", None, at, at, whole, at, whole, at, at, whole, at, at)
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
    _declare(loaded, "cells_of", whole, at, at, at, whole, at, whole, at, at, at, at, whole)
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
