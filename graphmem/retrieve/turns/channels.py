"""The channels of one question: what each says of each turn, and their weighted sum."""

import ctypes
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from graphmem.rankers.kernel import address_of, kernel
from graphmem.retrieve.turns.kernels import Column
from graphmem.retrieve.turns.weights import Weights


@dataclass(frozen=True, slots=True, eq=False)
class Channels(Mapping[str, Column]):
    """The calibrated channels by name, (t,) each, in the order of `TurnIndex.notes`.

    Those that the words of the question do not change are kept by cell, and spread over the turns
    only where somebody asks for them.
    """

    cell: NDArray[np.int32]
    """(t,) the cell of each turn, see `Reference`."""
    of_cells: Mapping[str, Column]
    """(c,) a value a cell."""
    of_turns: Mapping[str, Column]
    """(t,) a value a turn."""
    nothing: Column | None = None
    """The (c,) zeros of every channel that says nothing: such are no part of a sum."""

    @classmethod
    def of(cls, columns: Mapping[str, Column], n_turns: int) -> "Channels":
        """Return channels of which each turn has a value of its own."""
        return cls(np.zeros(n_turns, np.int32), {}, columns)

    def __getitem__(self, name: str) -> Column:
        column = self.of_turns.get(name)
        return self.of_cells[name][self.cell] if column is None else column

    def __contains__(self, name: object) -> bool:
        return name in self.of_turns or name in self.of_cells

    def __iter__(self) -> Iterator[str]:
        yield from (*self.of_cells, *self.of_turns)

    def __len__(self) -> int:
        return len(self.of_cells) + len(self.of_turns)

    def reader(self, name: str) -> Callable[[int], float]:
        """Return what says what a channel says of a turn."""
        column = self.of_turns.get(name)
        if column is not None:
            return column.item
        values, cell = self.of_cells[name].item, self.cell.item
        return lambda turn: values(cell(turn))

    def among(self, name: str, turns: NDArray[np.int64]) -> Column:
        """Return what a channel says of some turns."""
        column = self.of_turns.get(name)
        return self.of_cells[name][self.cell[turns]] if column is None else column[turns]

    def weighted_sum(self, weights: Weights) -> Column:
        """Return (t,) the sum over the channels that are there, in the order of their names."""
        silent = self.nothing
        names = [
            name
            for name in sorted(weights)
            if name in self.of_turns or self.of_cells.get(name, silent) is not silent
        ]
        first = next((at for at, name in enumerate(names) if name in self.of_turns), len(names))
        cells = np.zeros(max((len(values) for values in self.of_cells.values()), default=1))
        for name in names[:first]:
            cells += weights[name] * self.of_cells[name]
        loaded, rest = kernel(), names[first:]
        if loaded is None:
            return self._summed(cells, [(name, weights[name]) for name in rest])
        total, is_of_turns = np.empty(len(self.cell)), [name in self.of_turns for name in rest]
        columns = [self.of_turns.get(name, self.of_cells.get(name)) for name in rest]
        columns = [np.ascontiguousarray(column, np.float64) for column in columns]
        channels = (_Channel * len(rest))(
            *(
                _Channel(address_of(column), None, weights[name])
                if own
                else _Channel(None, address_of(column), weights[name])
                for name, column, own in zip(rest, columns, is_of_turns, strict=True)
            )
        )
        loaded.weighted_sum(
            ctypes.addressof(channels), len(rest), address_of(cells), address_of(self.cell),
            len(total), address_of(total),
        )  # fmt: skip
        return total

    def _summed(self, cells: Column, rest: Sequence[tuple[str, float]]) -> Column:
        """Return (t,) what is said of the cells, and the other channels, each in its turn."""
        total = cells[self.cell]
        for name, weight in rest:
            if name in self.of_turns:
                total += weight * self.of_turns[name]
            else:
                total += (weight * self.of_cells[name])[self.cell]
        return total


class _Channel(ctypes.Structure):
    _fields_ = (
        ("of_turns", ctypes.c_void_p),
        ("of_cells", ctypes.c_void_p),
        ("weight", ctypes.c_double),
    )
