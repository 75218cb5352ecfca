"""Which turns of an index hold a term, passages of the same snapshot left out.

Their numbers lie as compiled loops read them, whatever the postings are kept in.
"""

import numpy as np
from numpy.typing import NDArray

from graphmem.retrieve.turns.index import TurnIndex


def turns_of(index: TurnIndex, term: int) -> NDArray[np.int32]:
    """Return the turns that hold a term, ascending."""
    notes = index.counts.postings(term)[0]
    if len(index.notes) == len(index.place):
        return np.ascontiguousarray(notes, np.int32)
    rows = index.place[notes]
    return rows[rows >= 0].astype(np.int32)


def turns_with(index: TurnIndex, term: int) -> int:
    """Return how many turns hold a term."""
    return len(turns_of(index, term))


def turn_postings(index: TurnIndex, term: int) -> tuple[NDArray[np.int32], NDArray[np.floating]]:
    """Return the turns with a term, ascending, and how often it stands in each."""
    notes, counted = index.counts.postings(term)
    if len(index.notes) == len(index.place):
        return np.ascontiguousarray(notes, np.int32), counted
    rows = index.place[notes]
    is_turn = rows >= 0
    return rows[is_turn].astype(np.int32), counted[is_turn]
