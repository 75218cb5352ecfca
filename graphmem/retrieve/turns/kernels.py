"""What stands at some turns, spread over the turns around them inside their sessions."""

from dataclasses import dataclass
from functools import cache

import numpy as np
from numpy.typing import NDArray

Column = NDArray[np.float64]
Kernel = tuple[tuple[int, float], ...]
"""Weights of the turns at these places from a turn, itself included."""

GAP = 5
"""The farthest place that a kernel reaches."""
DENSE = 24
"""Rows are few if less than one turn of so many is among them."""
BLOCK = 1 << 15
"""Places that are summed at a time: their numbers stay in the processor's cache."""


def decaying(before: float, after: float, reach: int) -> Kernel:
    """Return the weights before^d and after^d of the turns d places away, d <= reach."""
    places = range(-reach, reach + 1)
    return tuple((d, before**-d if d < 0 else after**d) for d in places)


def spaced_places(session: NDArray[np.integer]) -> NDArray[np.int64]:
    """Return (t,) places for turns that leave GAP empty ones around each session.

    `session` numbers the sessions of the turns from 0, non-decreasing.
    """
    return np.arange(len(session)) + GAP * (session + 1)


def spread(
    rows: NDArray[np.int64], values: Column, kernel: Kernel, spaced: NDArray[np.int64]
) -> Column:
    """Return (t,) the kernel's weighted sums of values that stand at some rows, inside sessions.

    `spaced` is (t,) `spaced_places`, no kernel reaches farther than their GAP: what would fall into
    another session falls between.
    """
    return sums(rows, values, kernel, spaced)[spaced]


def n_places(spaced: NDArray[np.int64]) -> int:
    """Return how many places there are, those between and around the sessions included."""
    return (int(spaced[-1]) if len(spaced) else GAP) + 1 + GAP


def sums(
    rows: NDArray[np.integer], values: Column, kernel: Kernel, spaced: NDArray[np.int64]
) -> Column:
    """Return `spread` by place; many rows are summed as whole columns, few one by one, to the same
    bits: to each place in the order of the kernel."""
    size, at = n_places(spaced), spaced[rows]
    if len(rows) * DENSE < len(spaced):
        aways, weights = (np.array(part)[:, None] for part in zip(*kernel, strict=True))
        targets, added = (at - aways).ravel(), (weights * values).ravel()
        # Of nothing numpy counts in integers.
        return np.bincount(targets, added, minlength=size).astype(np.float64, copy=False)
    total, column = np.zeros((2, size))
    column[at] = values
    spare = np.empty(min(BLOCK, size))
    for begin in range(GAP, size - GAP, BLOCK):
        end = min(begin + BLOCK, size - GAP)
        here, product = total[begin:end], spare[: end - begin]
        for away, weight in kernel:
            np.multiply(column[begin + away : end + away], weight, out=product)
            here += product
    return total


@dataclass(frozen=True, slots=True)
class Lending:
    """What turns lend to those around them."""

    kernel: Kernel
    most: int
    """Words that a turn lends to each neighbour at most."""

    def shares(self, lengths: NDArray[np.floating]) -> Column:
        """Return which share of its counts a turn of each length lends, in (0, 1]."""
        lent: Column = self.most / np.maximum(lengths.astype(np.float64), self.most)
        return lent


@cache
def fill_by_room(kernel: Kernel) -> Column:
    """Return what `filling` gives, by how many turns stand before a turn in its session, and how
    many behind it, GAP of either at most."""
    whole = sum(weight for _, weight in kernel)
    of_room = np.empty((GAP + 1, GAP + 1))
    for before, behind in np.ndindex(of_room.shape):
        there = (weight for away, weight in kernel if -before <= away <= behind)
        of_room[before, behind] = whole / sum(there)
    return of_room


def filling(spaced: NDArray[np.int64], kernel: Kernel) -> Column:
    """Return (t,) the kernel's whole weight by that of the places that each turn's session has."""
    turns = np.arange(len(spaced))
    whole = sum(weight for _, weight in kernel)
    return whole / spread(turns, np.ones(len(turns)), kernel, spaced)
