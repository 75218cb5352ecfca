"""The compiled loop of `loops.c`, where a compiler was there when graphmem was installed."""

import ctypes

import numpy as np
from numpy.typing import NDArray

from graphmem.rankers.kernel import kernel
from graphmem.retrieve.turns.index import WIDE, TurnIndex
from graphmem.retrieve.turns.kernels import GAP, Column

_PLACES = 2 * GAP + 1


class _Turns(ctypes.Structure):
    _fields_ = (
        ("session", ctypes.c_void_p),
        ("first", ctypes.c_void_p),
        ("last", ctypes.c_void_p),
        ("lent", ctypes.c_void_p),
        ("fill", ctypes.c_void_p),
        ("norm", ctypes.c_void_p),
        ("kernel", ctypes.c_double * _PLACES),
        ("sums", ctypes.c_void_p),
        ("keeps", ctypes.c_void_p),
    )


class WordLoop:
    """Adds what one word after the other is worth to the scores of turns, for one question."""

    def __init__(self, loaded: ctypes.CDLL, index: TurnIndex, norm: Column) -> None:
        """`norm` is (t,) what a count is saturated by."""
        longest = int((index.last - index.first).max(initial=0)) + 1
        room = np.empty((2, longest + 2 * GAP))
        self._loaded, self._held = loaded, (index, norm, room)
        arrays = (index.session, index.first, index.last, index.lent, index.fill, norm)
        self._turns = _Turns(
            *(array.ctypes.data for array in arrays),
            (ctypes.c_double * _PLACES)(*(weight for _, weight in reversed(WIDE))),
            *(row.ctypes.data for row in room),
        )

    @classmethod
    def of(cls, index: TurnIndex, norm: Column) -> "WordLoop | None":
        """Return the loop over an index; None where nobody compiled it."""
        loaded = kernel()
        return None if loaded is None else cls(loaded, index, norm)

    def add(
        self,
        scores: Column,
        rows: NDArray[np.int64],
        counts: Column,
        factors: tuple[float, float],
        *,
        sign: int,
    ) -> None:
        """Add what the counts of a word at some turns, ascending, are worth; take it away by -1.

        `factors` are the word's idf and what a count is worth at most.
        """
        self._loaded.bm25_word(
            ctypes.byref(self._turns),
            ctypes.c_void_p(rows.ctypes.data),
            ctypes.c_void_p(counts.ctypes.data),
            ctypes.c_int64(len(rows)),
            *map(ctypes.c_double, (*factors, sign)),
            ctypes.c_void_p(scores.ctypes.data),
        )
