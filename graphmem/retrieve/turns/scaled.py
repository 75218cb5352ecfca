"""Values that are scaled where they are read, so that some of them have mean 0, deviation 1."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from graphmem.retrieve.turns.kernels import Column

LEAST_DEVIATION = 1e-9
"""Less is none: what differs by rounding alone says nothing."""


@dataclass(frozen=True, slots=True, eq=False)
class Scaled:
    """(t,) values, each to be shifted by a mean and divided by a deviation above 0."""

    values: Column
    mean: float
    deviation: float

    @classmethod
    def by(cls, values: Column, mean: float, deviation: float) -> "Scaled":
        """Scale values; what does not differ says nothing: all are 0."""
        if deviation > LEAST_DEVIATION:
            return cls(values, mean, deviation)
        return cls(np.zeros(len(values)), 0.0, 1.0)

    @classmethod
    def over(cls, values: Column, inside: Column) -> "Scaled":
        """Scale values so that those `inside` have mean 0, deviation 1."""
        return cls.by(values, *moments(inside))

    @property
    def column(self) -> Column:
        """(t,) what they are."""
        return (self.values - self.mean) / self.deviation

    def among(self, turns: NDArray[np.integer]) -> Column:
        """Return what those of some turns are."""
        among: Column = (self.values[turns] - self.mean) / self.deviation
        return among

    def item(self, turn: int) -> float:
        """Return what that of a turn is."""
        return (self.values.item(turn) - self.mean) / self.deviation


def moments(inside: Column) -> tuple[float, float]:
    """Return the mean of values and their deviation from it; 0 and 0 of none."""
    if not len(inside):
        return 0.0, 0.0
    mean = inside.mean()
    return float(mean), float(np.sqrt(np.square(inside - mean).mean()))
