"""Which notes of a snapshot may be found at all: no other is a hit, a seed or a bridge."""

import numpy as np
from numpy.typing import NDArray

from graphmem.vectors import top_k

Kept = NDArray[np.bool_] | None
"""(n,) the notes that may be found; None: all of them."""


def top_k_kept(scores: NDArray[np.float64], kept: Kept, *, k: int) -> NDArray[np.intp]:
    """Return the places of the k highest scores (n,) among the kept, of equals the lower place."""
    if kept is None:
        return top_k(scores, k=k)[0]
    places = np.flatnonzero(kept)
    return places[top_k(scores[places], k=k)[0]]


def of_rows(kept: Kept, rows: NDArray[np.int64]) -> Kept:
    """Return (r,) which of some notes are kept."""
    return None if kept is None else kept[rows]
