"""An encoder of one's own: a text's row counts its groups of three letters, hashed to 256 places.

It needs no model, knows no language, and forgives a typing error: most groups of a word stay.
"""

from collections.abc import Sequence
from zlib import crc32

import numpy as np

from graphmem.arrays import Matrix

PLACES = 256


class LetterEncoder:
    """Counts groups of three letters; the same text has the same row on every machine."""

    name = "letters@1"
    """A store records it. Give it another number when the rows change: they no longer compare."""
    dim = PLACES
    keeps_vectors = True
    """The store keeps the rows, so that a text is encoded once."""

    def encode(self, texts: Sequence[str]) -> Matrix:
        """Return float32 unit rows, (len(texts), dim), in the order of the texts."""
        rows = np.zeros((len(texts), self.dim), np.float32)
        for row, text in zip(rows, texts, strict=True):
            for group in _groups(text):
                row[crc32(group.encode("utf-8", "surrogatepass")) % self.dim] += 1
        lengths: Matrix = np.sqrt((rows * rows).sum(axis=1, keepdims=True))
        return rows / lengths


def _groups(text: str) -> list[str]:
    """Return the groups of three letters of a text, blanks around it: one at least."""
    padded = f"  {' '.join(text.casefold().split())} "
    return [padded[i : i + 3] for i in range(len(padded) - 2)]
