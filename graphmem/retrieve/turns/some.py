"""What a few turns are by themselves, where all others are what those of their cell are."""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from graphmem.retrieve.turns.kernels import Column


@dataclass(frozen=True, slots=True, eq=False)
class SomeTurns:
    """Values of m turns."""

    turns: NDArray[np.int32]
    """(m,) ascending."""
    values: Column
    """(m,)"""

    @classmethod
    def of(cls, values: Mapping[int, float]) -> "SomeTurns":
        """Take the value of each turn."""
        turns = sorted(values)
        return cls(np.array(turns, np.int32), np.array([values[turn] for turn in turns], float))

    def put_over(self, among: Column, turns: NDArray[np.integer]) -> None:
        """Put the values of those of some turns in the place of others."""
        if len(self.turns):
            at = np.minimum(np.searchsorted(self.turns, turns), len(self.turns) - 1)
            is_here = self.turns[at] == turns
            among[is_here] = self.values[at[is_here]]
