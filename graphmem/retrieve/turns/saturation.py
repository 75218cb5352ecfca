"""What BM25 saturates a count by: longer texts say each word more often."""

import numpy as np
from numpy.typing import NDArray

Column = NDArray[np.float64]

K1, B, B_SESSION = 1.2, 0.75, 0.4


def norms(lengths: Column, mean: float, b: float = B) -> Column:
    """Return (r,) what a count is saturated by in texts of these lengths."""
    norm: Column = K1 * (1 - b + b * lengths / (mean or 1.0))
    return norm
