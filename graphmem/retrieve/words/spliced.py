"""A column of which few rows are looked up: what is put in lies behind it, not between its rows.

A row more among a million would move those behind it, and all be copied; where only some rows are
ever asked for, it is enough to know where each run lies.
"""

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from graphmem.retrieve.words.known import Before
from graphmem.retrieve.words.ragged import Rows

MOST_RUNS, MOST_ADDED = 256, 16_384
"""Runs, and rows behind the base, beyond which all is laid end to end again."""


@dataclass(frozen=True, slots=True)
class Lying:
    """Where the rows of a column lie: `base` and, counted on, `added`."""

    base: NDArray[Any]
    added: NDArray[Any]
    first: Rows
    """Ascending from 0: the first row of each run."""
    at: Rows
    """Where it lies."""

    def take(self, rows: Rows) -> NDArray[Any]:
        """Return some rows, in that order."""
        run = np.searchsorted(self.first, rows, side="right") - 1
        places = rows + (self.at - self.first)[run]
        if not len(self.added):
            return self.base.take(places, axis=0)
        is_added = places >= len(self.base)
        taken = np.empty((len(places), *self.base.shape[1:]), self.base.dtype)
        taken[~is_added] = self.base.take(places[~is_added], axis=0)
        taken[is_added] = self.added.take(places[is_added] - len(self.base), axis=0)
        return taken

    def runs(self, start: int, stop: int) -> list[tuple[int, int]]:
        """Return where the rows from one up to another lie, run by run."""
        if start >= stop:
            return []
        low, high = np.searchsorted(self.first, (start, stop - 1), side="right").tolist()
        first, at = self.first[low - 1 : high].tolist(), self.at[low - 1 : high].tolist()
        stops = [*first[1:], stop]
        return [
            (place + max(start - row, 0), place + end - row)
            for row, place, end in zip(first, at, stops, strict=True)
        ]


@dataclass(eq=False)
class Spliced:
    """n rows."""

    array: NDArray[Any]
    """All of them, laid end to end when somebody asks for it."""

    @property
    def lying(self) -> Lying:
        """Where they lie."""
        lying: Lying | None = self.__dict__.get("parts")
        if lying is None:
            none = np.zeros(1, np.int64)
            return Lying(self.array, self.array[:0], none, none)
        return lying

    def __len__(self) -> int:
        n = self.__dict__.get("n")
        return len(self.array) if n is None else int(n)

    def take(self, rows: Rows) -> NDArray[Any]:
        """Return some rows, in that order."""
        if "array" in self.__dict__:
            return self.array.take(rows, axis=0)
        return self.lying.take(rows)

    def brought_forward(self, before: Before, new: NDArray[Any]) -> "Spliced":
        """Return what stood at rows that were there, and `new` at the others, in their order."""
        lying, cursor = self.lying, 0
        base = lying.base
        end = len(base) + len(lying.added)
        pieces = list[tuple[int, int]]()
        for start, stop, was in [*before.runs, (before.n, before.n, 0)]:
            own = [(end, end + start - cursor)] if cursor < start else []
            end += start - cursor
            for piece in [*own, *lying.runs(was, was + stop - start)]:
                follows = pieces and pieces[-1][1] == piece[0]
                pieces.append((pieces.pop()[0] if follows else piece[0], piece[1]))
            cursor = stop
        added = np.concatenate((lying.added, new.astype(base.dtype, copy=False)))
        lengths = np.array([stop - start for start, stop in pieces], np.int64)
        first, at = np.cumsum(lengths) - lengths, np.array([at for at, _ in pieces], np.int64)
        if len(pieces) > MOST_RUNS or len(added) > MOST_ADDED or not pieces:
            return Spliced(_laid(base, added, pieces))
        spliced: Spliced = Spliced.__new__(Spliced)
        spliced.__dict__ |= {"parts": Lying(base, added, first, at), "n": before.n}
        return spliced

    if not TYPE_CHECKING:  # else any name would do

        def __getattr__(self, name: str) -> Any:
            """Lay the runs end to end, once."""
            if name != "array" or "parts" not in self.__dict__:
                raise AttributeError(name)
            parts, n = self.__dict__["parts"], self.__dict__["n"]
            self.array = _laid(parts.base, parts.added, parts.runs(0, n))
            return self.array


def _laid(base: NDArray[Any], added: NDArray[Any], pieces: list[tuple[int, int]]) -> NDArray[Any]:
    n = len(base)
    parts = [base[:0]]
    for start, stop in pieces:
        parts.append(base[start : min(stop, n)])
        parts.append(added[max(start - n, 0) : max(stop - n, 0)])
    return np.concatenate(parts)
