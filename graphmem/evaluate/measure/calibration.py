"""Whether probabilities are so, and whether they tell what can be answered from what cannot."""

import numpy as np
from numpy.typing import NDArray

BINS = 10


def reliability(
    chances: NDArray[np.float64], is_so: NDArray[np.bool_]
) -> list[tuple[float, float, int]]:
    """Return of each tenth of 0 to 1 that holds any: mean probability, share that is so, count."""
    places = np.minimum((chances * BINS).astype(np.int64), BINS - 1)
    return [
        (float(chances[at].mean()), float(is_so[at].mean()), len(at))
        for at in (np.flatnonzero(places == one) for one in range(BINS))
        if len(at)
    ]


def calibration_error(chances: NDArray[np.float64], is_so: NDArray[np.bool_]) -> float:
    """Return the expected calibration error, 0 to 1, over tenths; 0 of nothing.

    Source: Naeini, Cooper and Hauskrecht (2015), section 3, with bins of equal width.
    """
    bins = reliability(chances, is_so)
    total = sum(count for *_, count in bins)
    return sum(count * abs(said - found) for said, found, count in bins) / max(total, 1)


def auroc(yes: NDArray[np.float64], no: NDArray[np.float64]) -> float:
    """Return how often a value of `yes` is above one of `no`, equal ones counting half.

    0.5: they tell nothing apart. Neither may be empty (ValueError). Source: Mann and Whitney
    (1947).
    """
    if not len(yes) or not len(no):
        raise ValueError("both sides need a value")
    ordered = np.sort(no)
    below = np.searchsorted(ordered, yes, side="left")
    equal = np.searchsorted(ordered, yes, side="right") - below
    return float((below + 0.5 * equal).mean() / len(no))
