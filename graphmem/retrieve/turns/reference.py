"""The turns that a question's channels are standardised over, and the kinds of turns beside them.

What a turn is, whatever is asked, takes few values: turns of one sort have all of them in common.
Together with who is asked about, a sort makes a cell; what the words of a question do not change is
computed for each cell, not for each turn.
"""

import math
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from graphmem.rankers.kernel import address_of, kernel
from graphmem.retrieve.turns.kernels import Column
from graphmem.retrieve.turns.scaled import Scaled

_ASIDE, _PRESENT, _NAMED, _FIRST = range(4)
"""What a turn is to the speakers asked about: its session has none of them, it has one, one of them
says it, the first of them does."""
_STATES = 4
_MOST_KEPT = 16
"""Sets of speakers whose turns are kept at hand."""


@dataclass(frozen=True)
class Reference:
    """The turns of the sessions in which one of some speakers spoke; all if none did."""

    turns: NDArray[np.bool_]
    """(t,)"""
    rows: NDArray[np.int32] | None
    """The same turns by number, ascending; None: all."""
    cell: NDArray[np.int32]
    """(t,) which of c cells a turn is in: its sort, and what it is to the speakers."""
    n_of_cell: NDArray[np.int64]
    """(c,) how many turns are in each."""
    features: Mapping[str, Column]
    """(u,) of each sort."""
    _standard: dict[str, Column] = field(default_factory=dict, compare=False, repr=False)

    @property
    def is_all(self) -> bool:
        """Whether no turn is left out."""
        return self.rows is None

    @cached_property
    def is_by_named(self) -> NDArray[np.bool_]:
        """(t,) which turns one of the speakers asked about says."""
        by_named: NDArray[np.bool_] = self.cell % _STATES >= _NAMED
        return by_named

    def calibrated(self, values: Column, session: NDArray[np.int32] | None = None) -> Scaled:
        """Shift and scale (t,) values so that those of these turns have mean 0, deviation 1.

        With `session` (t,) they are of sessions, and each of these turns counts its own's.
        """
        rows, loaded = self.rows, kernel()
        if loaded is None:
            own = values if session is None else values[session]
            return Scaled.over(values, own if rows is None else own[rows])
        values, found = np.ascontiguousarray(values, np.float64), np.empty(2)
        n = len(self.turns) if rows is None else len(rows)
        at = address_of(values), address_of(session), address_of(rows)
        loaded.moments(*at, n, address_of(found))
        return Scaled.by(values, *found.tolist())

    def saying(self, values: Column) -> "Reference":
        """Return itself; where none of these turns has a value above 0, but others do: all turns.

        What nobody says in the conversations with Paris is said of the city elsewhere.
        """
        if self.is_all or _is_any(values, self.turns) or not values.any():
            return self
        return replace(self, turns=np.ones(len(self.turns), np.bool_), rows=None)

    def standard(self, feature: str) -> Column:
        """Return (c,) a feature, scaled so that these turns have mean 0, deviation 1."""
        if feature not in self._standard:
            values, counts = self.features[feature], self._n_of_sort
            n = max(int(counts.sum()), 1)
            mean = float((counts * values).sum()) / n
            deviation = math.sqrt(float((counts * np.square(values - mean)).sum()) / n)
            scaled = Scaled.by(self.of_cells(feature), mean, deviation)
            self._standard[feature] = scaled.column
        return self._standard[feature]

    @cached_property
    def _n_of_sort(self) -> NDArray[np.int64]:
        """(u,) how many of these turns are of each sort, see `TurnIndex.sort`."""
        by_state = self.n_of_cell.reshape(-1, _STATES)
        counts: NDArray[np.int64] = by_state[:, 0 if self.is_all else _PRESENT :].sum(axis=1)
        return counts

    def of_cells(self, feature: str) -> Column:
        """Return (c,) a feature as it is."""
        return np.repeat(self.features[feature], _STATES)

    def is_state(self, *states: int) -> Column:
        """Return (c,) 1 for the cells whose turns are one of these to the speakers."""
        return np.tile(np.isin(np.arange(_STATES), states), self.n_sorts).astype(np.float64)

    @property
    def n_sorts(self) -> int:
        """How many sorts of turns there are."""
        return len(next(iter(self.features.values())))

    @cached_property
    def said_by_first(self) -> Column:
        """(c,) 1 where the speaker asked about first says it."""
        return self.is_state(_FIRST)

    @cached_property
    def said_by_named(self) -> Column:
        """(c,) 1 where one of the speakers asked about says it."""
        return self.is_state(_NAMED, _FIRST)

    @cached_property
    def present(self) -> Column:
        """(c,) 1 for these turns."""
        return self.is_state(_PRESENT, _NAMED, _FIRST)

    @cached_property
    def nothing(self) -> Column:
        """(c,) zeros."""
        return np.zeros(_STATES * self.n_sorts)


def _is_any(values: Column, turns: NDArray[np.bool_]) -> bool:
    """Tell whether one of some turns has a value other than 0."""
    loaded = kernel()
    if loaded is None:
        return bool(((values != 0) & turns).any())
    return bool(loaded.any_said(address_of(values), address_of(turns), len(values)))


class References:
    """The reference of each set of speakers, found once while it is asked about."""

    def __init__(
        self,
        given: NDArray[np.int32],
        speaker: NDArray[np.int32],
        sort: NDArray[np.int32],
        features: Mapping[str, Column],
    ) -> None:
        self._given, self._speaker, self._sort, self._features = given, speaker, sort, features
        self._kept: dict[tuple[int, ...], Reference] = {}

    def of(self, speakers: tuple[int, ...]) -> Reference:
        """Return the reference of some speakers, the one meant most first."""
        found = self._kept.get(speakers)
        if found is None:
            if len(self._kept) >= _MOST_KEPT:
                self._kept.clear()
            found = self._kept[speakers] = self._found(speakers)
        return found

    def _found(self, speakers: tuple[int, ...]) -> Reference:
        state = np.full(int(self._speaker.max(initial=-1)) + 2, _ASIDE, np.int32)
        state[[number for number in speakers if number < len(state) - 1]] = _NAMED
        state[[number for number in speakers[:1] if number < len(state) - 1]] = _FIRST
        loaded, n, n_sorts = kernel(), len(self._sort), len(next(iter(self._features.values())))
        if loaded is None:
            turns, cell = self._cells(state)
            rows = np.flatnonzero(turns).astype(np.int32)
            counts = np.bincount(cell, minlength=_STATES * n_sorts)
        else:
            turns, cell, rows = np.empty(n, np.bool_), np.empty(n, np.int32), np.empty(n, np.int32)
            counts = np.zeros(_STATES * n_sorts, np.int64)
            of_turns = (address_of(one) for one in (self._given, self._speaker, self._sort))
            found = (address_of(one) for one in (turns, cell, rows, counts))
            n_rows = loaded.cells_of(
                *of_turns, n, address_of(state), len(state), *found, len(counts)
            )
            rows = rows[:n_rows]
        return Reference(turns, None if len(rows) == n else rows, cell, counts, self._features)

    def _cells(self, state: NDArray[np.int32]) -> tuple[NDArray[np.bool_], NDArray[np.int32]]:
        """Return (t,) which turns are of the reference, and the cell of each."""
        of_turns = state[self._speaker]  # nobody's -1 is the last
        present = np.zeros(int(self._given.max(initial=-1)) + 1, np.bool_)
        present[self._given[of_turns > _ASIDE]] = True
        turns = present[self._given] if present.any() else np.ones(len(self._given), np.bool_)
        cell = self._sort * _STATES + np.where(turns & (of_turns == _ASIDE), _PRESENT, of_turns)
        return turns, cell.astype(np.int32)
