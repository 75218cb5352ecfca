"""A column of which few rows are looked up: what is put in lies beside it, not between its rows.

A row more among a million would move those behind it, and all be copied; where only some rows are
ever asked for, it is enough to know where each run lies.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from graphmem.retrieve.words.known import Before
from graphmem.retrieve.words.ragged import Rows
from graphmem.runs import flattened
from graphmem.vectors import distinct

MOST_PIECES = 64
"""Beyond it all is laid end to end again."""
Piece = tuple[NDArray[Any], int, int]


@dataclass(eq=False)
class Spliced:
    """n rows."""

    array: NDArray[Any]
    """All of them, laid end to end when somebody asks for it."""

    def take(self, rows: Rows) -> NDArray[Any]:
        """Return some rows, in that order."""
        if "array" in self.__dict__:
            return self.array.take(rows, axis=0)
        pieces = _pieces(self)
        ends = np.cumsum([stop - start for _, start, stop in pieces])
        piece, first = np.searchsorted(ends, rows, side="right"), pieces[0][0]
        taken = np.empty((len(rows), *first.shape[1:]), first.dtype)
        for number in distinct(piece).tolist():
            array, _, stop = pieces[number]
            here = piece == number
            taken[here] = array[rows[here] - ends[number] + stop]
        return taken

    def brought_forward(self, before: Before, new: NDArray[Any]) -> "Spliced":
        """Return what stood at rows that were there, and `new` at the others, in their order."""
        pieces, cursor, used = list[tuple[Any, int, int]](), 0, 0
        for start, stop, was in [*before.runs, (before.n, before.n, 0)]:
            pieces += [(new, used, used + start - cursor), (self, was, was + stop - start)]
            used += start - cursor
            cursor = stop
        flat = flattened(pieces, _pieces)
        if not flat or len(flat) > MOST_PIECES:
            return Spliced(_laid(flat or [(new, 0, 0)]))
        spliced: Spliced = Spliced.__new__(Spliced)
        spliced.__dict__["pieces"] = flat
        return spliced

    if not TYPE_CHECKING:  # else any name would do

        def __getattr__(self, name: str) -> Any:
            """Lay the pieces end to end, once."""
            if name != "array" or "pieces" not in self.__dict__:
                raise AttributeError(name)
            self.array = _laid(self.__dict__["pieces"])
            return self.array


def _pieces(block: Any) -> Sequence[Piece]:
    """Return what a column is put together of; of an array nothing."""
    if not isinstance(block, Spliced):
        return ()
    pieces: Sequence[Piece] | None = block.__dict__.get("pieces")
    return pieces or [(block.array, 0, len(block.array))]


def _laid(pieces: Sequence[Piece]) -> NDArray[Any]:
    return np.concatenate([array[start:stop] for array, start, stop in pieces])
