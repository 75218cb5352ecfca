"""Paired bootstrap intervals: how far a mean, or a difference of means, could be chance."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Values = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Interval:
    """A mean with the bounds that hold 95 % of its resamples."""

    mean: float
    low: float
    high: float


def resample(values: Values, *, seed: int = 0, draws: int = 10_000) -> Values:
    """Return the mean of each row of `values` (s, n) in each resample of its columns, (s, draws).

    All rows see the same resamples, so differences of rows are paired. n must be at least 1.
    Source: Efron and Tibshirani (1993), chapter 13, percentile intervals.
    """
    n = values.shape[1]
    rng = np.random.default_rng(seed)
    means = np.empty((len(values), draws))
    for start in range(0, draws, 1_000):
        size = min(1_000, draws - start)
        counts = rng.multinomial(n, np.full(n, 1 / n), size=size)
        means[:, start : start + size] = values @ counts.T / n
    return means


def interval(values: Values, means: Values) -> Interval:
    """Return the mean of `values` (n,) with the 95 % percentiles of its resampled `means`."""
    low, high = np.percentile(means, (2.5, 97.5))
    return Interval(float(values.mean()), float(low), float(high))


def paired(ours: Values, theirs: Values, *, seed: int = 0, draws: int = 10_000) -> Interval:
    """Return the interval of the mean of `ours - theirs`, both (n,) over the same questions."""
    difference = ours - theirs
    return interval(difference, resample(difference[None], seed=seed, draws=draws)[0])
