"""An encoder that remembers: the same text is encoded once in a run."""

from collections import OrderedDict
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from graphmem.arrays import Matrix, TokenVectors
from graphmem.contracts import Encoder, TokenEncoder
from graphmem.ids import text_hash


class CachedEncoder:
    """Wraps an encoder and keeps the rows of the last `capacity` different texts by their hash.

    20,000 rows of 384 dimensions take 31 MB. Texts that are long gone from it are encoded anew.
    """

    def __init__(self, encoder: Encoder, *, capacity: int = 20_000) -> None:
        self.name = encoder.name
        self.dim = encoder.dim
        self.keeps_vectors = encoder.keeps_vectors
        self._encoder = encoder
        self._capacity = capacity
        self._rows: OrderedDict[str, NDArray[np.float32]] = OrderedDict()

    def encode(self, texts: Sequence[str]) -> Matrix:
        """Return float32 unit rows (len(texts), dim); only texts not met before are encoded."""
        keys = [text_hash(text) for text in texts]
        missing = {
            key: text for key, text in zip(keys, texts, strict=True) if key not in self._rows
        }
        fresh = dict(zip(missing, self._encoder.encode(list(missing.values())), strict=True))
        rows = np.empty((len(texts), self.dim), np.float32)
        for row, key in zip(rows, keys, strict=True):
            row[:] = fresh[key] if key in fresh else self._rows[key]
        self._remember(keys, fresh)
        return rows

    def _remember(self, keys: list[str], fresh: dict[str, NDArray[np.float32]]) -> None:
        for key in keys:
            if key in fresh:
                self._rows[key] = fresh[key].copy()
            self._rows.move_to_end(key)
        while len(self._rows) > self._capacity:
            self._rows.popitem(last=False)


class CachedTokenEncoder(CachedEncoder):
    """The same for an encoder that tells its tokens: those are not kept, 46 kB a turn as they are.

    What was asked with its tokens is remembered without them.
    """

    _encoder: TokenEncoder

    def encode_tokens(self, texts: Sequence[str]) -> list[TokenVectors]:
        """Return each text's row and tokens, encoded anew."""
        found = self._encoder.encode_tokens(texts)
        keys = [text_hash(text) for text in texts]
        self._remember(keys, {key: one.whole for key, one in zip(keys, found, strict=True)})
        return found


def cached(encoder: Encoder, *, capacity: int = 20_000) -> CachedEncoder:
    """Wrap an encoder; the wrapped one tells its tokens if this one does."""
    if isinstance(encoder, TokenEncoder):
        return CachedTokenEncoder(encoder, capacity=capacity)
    return CachedEncoder(encoder, capacity=capacity)
