"""The channels of one question: what each says of each turn, and their weighted sum."""

import ctypes
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from graphmem.rankers.kernel import address_of, kernel
from graphmem.retrieve.turns.kernels import Column
from graphmem.retrieve.turns.scaled import Scaled
from graphmem.retrieve.turns.some import SomeTurns
from graphmem.retrieve.turns.spare import SPARE
from graphmem.retrieve.turns.weights import Weights


@dataclass(frozen=True, slots=True, eq=False)
class Channels(Mapping[str, Column]):
    """The calibrated channels by name, (t,) each, in the order of `TurnIndex.notes`.

    Those that the words of the question do not change are kept by cell, those of whole sessions by
    session; they are spread over the turns, and others scaled, only where somebody asks for them.
    """

    cell: NDArray[np.int32]
    """(t,) the cell of each turn, see `Reference`."""
    of_cells: Mapping[str, Column]
    """(c,) a value a cell."""
    of_turns: Mapping[str, Column | Scaled]
    """(t,) a value a turn."""
    nothing: Column | None = None
    """The (c,) zeros of every channel that says nothing: such are no part of a sum."""
    session: NDArray[np.int32] | None = None
    """(t,) the session of each turn."""
    of_sessions: Mapping[str, Column] = field(default_factory=dict)
    """(s,) a value a session."""
    of_some: Mapping[str, SomeTurns] = field(default_factory=dict)
    """Of channels of cells: the values of the turns that are not as their cells."""

    @classmethod
    def of(cls, columns: Mapping[str, Column], n_turns: int) -> "Channels":
        """Return channels of which each turn has a value of its own."""
        return cls(np.zeros(n_turns, np.int32), {}, columns)

    def __getitem__(self, name: str) -> Column:
        return self.among(name, np.arange(len(self.cell)))

    def __contains__(self, name: object) -> bool:
        return any(name in kept for kept in self._kinds)

    def __iter__(self) -> Iterator[str]:
        for kept in self._kinds:
            yield from kept

    def __len__(self) -> int:
        return sum(map(len, self._kinds))

    @property
    def _kinds(self) -> tuple[Mapping[str, object], ...]:
        """The channels by how they are kept; each is in one of them."""
        return self.of_cells, self.of_sessions, self.of_turns

    def reader(self, name: str) -> Callable[[int], float]:
        """Return what says what a channel says of a turn."""
        column = self.of_turns.get(name)
        if column is not None:
            return column.item
        if name in self.of_some:
            return lambda turn: self.among(name, np.array([turn])).item()
        values, group = self._grouped(name)
        value_of, group_of = values.item, group.item
        return lambda turn: value_of(group_of(turn))

    def among(self, name: str, turns: NDArray[np.int64]) -> Column:
        """Return what a channel says of some turns."""
        column = self.of_turns.get(name)
        if isinstance(column, Scaled):
            return column.among(turns)
        if column is not None:
            return column[turns]
        values, group = self._grouped(name)
        among: Column = values[group[turns]]
        if name in self.of_some:
            self.of_some[name].put_over(among, turns)
        return among

    def _grouped(self, name: str) -> tuple[Column, NDArray[np.integer]]:
        """Return the values of groups of turns, and the group of each turn."""
        if self.session is not None and name in self.of_sessions:
            return self.of_sessions[name], self.session
        return self.of_cells[name], self.cell

    def weighted_sum(self, weights: Weights) -> Column:
        """Return (t,) the sum over the channels that are there: those of the turn's cell, those of
        its session, its own, and what it is beyond its cell, each in the order of their names."""
        names = [name for name in sorted(weights) if self._speaks(name)]
        by_cell = [name for name in names if name in self.of_cells]
        by_session = [name for name in names if name in self.of_sessions]
        cells = _sum_of(self.of_cells, by_cell, weights)
        sessions = _sum_of(self.of_sessions, by_session, weights) if by_session else None
        own = [name for name in names if name in self.of_turns]
        total = self._summed(cells, sessions, [(name, weights[name]) for name in own])
        for name in by_cell:
            if (some := self.of_some.get(name)) is not None:
                beyond = some.values - self.of_cells[name][self.cell[some.turns]]
                total[some.turns] += weights[name] * beyond
        return total

    def _summed(
        self, cells: Column, sessions: Column | None, own: Sequence[tuple[str, float]]
    ) -> Column:
        """Return (t,) what is said of the cells, of the sessions, and of the turns themselves."""
        loaded = kernel()
        if loaded is not None:
            return self._summed_by(loaded, cells, sessions, own)
        total = cells[self.cell]
        if sessions is not None and self.session is not None:
            total += sessions[self.session]
        for name, weight in own:
            total += weight * self[name]
        return total

    def _summed_by(
        self,
        loaded: ctypes.CDLL,
        cells: Column,
        sessions: Column | None,
        own: Sequence[tuple[str, float]],
    ) -> Column:
        total, held = SPARE.column(len(self.cell)), [self._scaled(name) for name, _ in own]
        channels = (_Channel * len(own))(
            *(
                _Channel(address_of(one.values), weight, one.mean, one.deviation)
                for (_, weight), one in zip(own, held, strict=True)
            )
        )
        loaded.weighted_sum(
            ctypes.addressof(channels), len(own), address_of(cells), address_of(self.cell),
            address_of(sessions), address_of(self.session), len(total), address_of(total),
        )  # fmt: skip
        return total

    def _speaks(self, name: str) -> bool:
        """Tell whether a channel is there and may say something."""
        is_silent = self.nothing is not None and self.of_cells.get(name) is self.nothing
        return name in self and (not is_silent or name in self.of_some)

    def _scaled(self, name: str) -> Scaled:
        """Return the values of a channel of turns as they are kept, and how they are scaled."""
        column = self.of_turns[name]
        if not isinstance(column, Scaled):
            column = Scaled(column, 0.0, 1.0)
        values = np.ascontiguousarray(column.values, np.float64)
        return Scaled(values, column.mean, column.deviation)


def _sum_of(values: Mapping[str, Column], names: Sequence[str], weights: Weights) -> Column:
    """Return the weighted sum of some channels that are kept alike."""
    total = np.zeros(max((len(value) for value in values.values()), default=1))
    for name in names:
        total += weights[name] * values[name]
    return total


class _Channel(ctypes.Structure):
    _fields_ = (
        ("values", ctypes.c_void_p),
        ("weight", ctypes.c_double),
        ("mean", ctypes.c_double),
        ("deviation", ctypes.c_double),
    )
