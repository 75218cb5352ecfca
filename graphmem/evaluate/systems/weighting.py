"""Rarity for encoders that cannot know it: no baseline is weakened by the encoder it shares.

The rule encoder counts features of one text alone. Which of them are rare, the texts of the pool
tell, as they tell graphmem's own word index.
"""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from graphmem.arrays import Matrix
from graphmem.contracts import Encoder
from graphmem.vectors import unit_rows

BATCH = 1_000
"""Rows at a time: they are wide, and rows of double precision wider."""


class WeightedEncoder:
    """Multiplies each feature of the rows of an encoder with its weight."""

    keeps_vectors = False

    def __init__(self, encoder: Encoder, weights: NDArray[np.float32]) -> None:
        """Wrap `encoder`; `weights` is (dim,)."""
        self.name, self.dim = encoder.name, encoder.dim
        self._encoder, self._weights = encoder, weights

    def encode(self, texts: Sequence[str]) -> Matrix:
        """Return float32 unit rows (len(texts), dim)."""
        rows = np.empty((len(texts), self.dim), np.float32)
        for begin in range(0, len(texts), BATCH):
            part = self._encoder.encode(texts[begin : begin + BATCH])
            rows[begin : begin + BATCH] = unit_rows(part * self._weights)
        return rows


def weighted(encoder: Encoder, texts: Sequence[str]) -> Encoder:
    """Return the encoder, its features weighed by their rarity in `texts` if they are words.

    The weight is the idf of BM25. A trained encoder is returned as it is.
    """
    if encoder.keeps_vectors or not texts:
        return encoder
    holders = (encoder.encode(texts) > 0).sum(axis=0)
    weights = np.log1p((len(texts) - holders + 0.5) / (holders + 0.5))
    return WeightedEncoder(encoder, weights.astype(np.float32))
