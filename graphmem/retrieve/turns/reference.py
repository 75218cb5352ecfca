"""The turns that a question's channels are standardised over, and the kinds of turns beside them.

What a turn is, whatever is asked, takes few values: turns of one sort have all of them in common.
Together with who is asked about, a sort makes a cell; what the words of a question do not change is
computed for each cell, not for each turn.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from graphmem.rankers.kernel import address_of, kernel
from graphmem.retrieve.turns.kernels import Column

_ASIDE, _PRESENT, _NAMED, _FIRST = range(4)
"""What a turn is to the speakers asked about: its session has none of them, it has one, one of them
says it, the first of them does."""
_STATES = 4
_LEAST_DEVIATION = 1e-9
"""Less is none: what differs by rounding alone says nothing."""
_MOST_KEPT = 16
"""Sets of speakers whose turns are kept at hand."""


@dataclass(frozen=True)
class Reference:
    """The turns of the sessions in which one of some speakers spoke; all if none did."""

    turns: NDArray[np.bool_]
    """(t,)"""
    cell: NDArray[np.int32]
    """(t,) which of c cells a turn is in: its sort, and what it is to the speakers."""
    sort: NDArray[np.int32]
    """(t,) see `TurnIndex.sort`."""
    features: Mapping[str, Column]
    """(u,) of each sort."""
    _standard: dict[str, Column] = field(default_factory=dict, compare=False, repr=False)

    @cached_property
    def is_all(self) -> bool:
        """Whether no turn is left out."""
        return bool(self.turns.all())

    @cached_property
    def _rows(self) -> NDArray[np.int32]:
        return np.flatnonzero(self.turns).astype(np.int32)

    @cached_property
    def is_by_named(self) -> NDArray[np.bool_]:
        """(t,) which turns one of the speakers asked about says."""
        by_named: NDArray[np.bool_] = self.cell % _STATES >= _NAMED
        return by_named

    def calibrated(self, values: Column) -> Column:
        """Return (t,) values shifted and scaled: mean 0, deviation 1 over these turns."""
        rows = None if self.is_all else self._rows
        loaded = kernel()
        if loaded is None:
            return calibrated(values, values if rows is None else values[rows])
        scaled, n = values.copy(), len(values) if rows is None else len(rows)
        loaded.calibrate(address_of(scaled), len(scaled), address_of(rows), n, _LEAST_DEVIATION)
        return scaled

    def saying(self, values: Column) -> "Reference":
        """Return itself; where none of these turns has a value above 0, but others do: all turns.

        What nobody says in the conversations with Paris is said of the city elsewhere.
        """
        if self.is_all or ((values != 0) & self.turns).any() or not values.any():
            return self
        return replace(self, turns=np.ones(len(self.turns), np.bool_), _standard={})

    def standard(self, feature: str) -> Column:
        """Return (c,) a feature, `calibrated`; found once, as all turns are read for it."""
        if feature not in self._standard:
            sort = self.sort if self.is_all else self.sort[self.turns]
            of_turns = self.features[feature][sort]
            self._standard[feature] = calibrated(self.of_cells(feature), of_turns)
        return self._standard[feature]

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


def calibrated(values: Column, inside: Column) -> Column:
    """Return values shifted and scaled so that those `inside` have mean 0, deviation 1.

    What does not differ there says nothing: all are 0.
    """
    if not len(inside):
        return np.zeros(len(values))
    mean = inside.mean()
    deviation = float(np.sqrt(np.square(inside - mean).mean()))
    return (values - mean) / deviation if deviation > _LEAST_DEVIATION else np.zeros(len(values))


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
        of_turns = state[self._speaker]  # nobody's -1 is the last
        present = np.zeros(int(self._given.max(initial=-1)) + 1, np.bool_)
        present[self._given[of_turns > _ASIDE]] = True
        turns = present[self._given] if present.any() else np.ones(len(self._given), np.bool_)
        cell = self._sort * _STATES + np.where(turns & (of_turns == _ASIDE), _PRESENT, of_turns)
        return Reference(turns, cell.astype(np.int32), self._sort, self._features)
