"""Turns beside turns: which they are, and the best value among them less a penalty for distance."""

import numpy as np
from numpy.typing import NDArray

from graphmem.retrieve.turns.index import TurnIndex
from graphmem.retrieve.turns.kernels import Column
from graphmem.vectors import distinct

Turns = NDArray[np.int64]
Levels = NDArray[np.uint8]
Window = tuple[tuple[int, float], ...]
"""Offsets from a turn, and what is taken from a value found there."""

NEAR: Window = ((-1, 0.10), (1, 0.15), (-2, 0.20), (2, 0.25), (-3, 0.30))
FAR: Window = (
    (-1, 0.05), (1, 0.08), (-2, 0.10), (2, 0.13), (-3, 0.13), (3, 0.17), (-4, 0.17), (4, 0.20),
)  # fmt: skip
"""For likenesses in [-1, 1]. The answer follows the words asked for more often than it precedes
them, so a value behind costs less than one ahead."""
REACH = 4
"""The farthest offset of a window."""
AROUND = np.arange(-REACH, REACH + 1)


def with_neighbours(index: TurnIndex, turns: Turns) -> Turns:
    """Return the turns and those up to REACH away in the same session, ascending, each once."""
    low, high = index.first[index.session[turns]], index.last[index.session[turns]]
    around = turns[:, None] + AROUND
    inside = (around >= low[:, None]) & (around <= high[:, None])
    return distinct(around[inside])


def highest_around(levels: Levels) -> Levels:
    """Return the highest level within REACH of each place, given those (p,) of all `spaced` places.

    Between sessions lie more places than that, so that none reaches into another.
    """
    highest, width = levels, 1
    while width < len(AROUND):
        step = min(width, len(AROUND) - width)
        highest = np.maximum(highest[:-step], highest[step:])
        width += step
    around = np.zeros(len(levels), np.uint8)
    around[REACH : len(levels) - REACH] = highest
    return around


def best_nearby(
    index: TurnIndex, turns: Turns, around: Turns, values: Column, window: Window
) -> Column:
    """Return the best of each turn's own value and its neighbours' values less their penalties.

    Parameters
    ----------
    turns : (c,) the turns wanted; `around` is (a,) `with_neighbours` of them.
    values : (..., a) one value for each of `around`.

    Returns
    -------
    (..., c)
    """
    session = index.session[turns]
    best = values[..., np.searchsorted(around, turns)]
    for away, penalty in window:
        target = turns + away
        inside = (target >= index.first[session]) & (target <= index.last[session])
        found = values[..., np.searchsorted(around, target[inside])] - penalty
        best[..., inside] = np.maximum(best[..., inside], found)
    return best
