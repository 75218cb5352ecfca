"""An encoder that remembers tokens too, so that late interaction is measured as users have it."""

from collections.abc import Mapping, Sequence
from itertools import pairwise
from pathlib import Path
from time import perf_counter
from typing import Any

import numpy as np
from numpy.typing import NDArray

from graphmem.arrays import TokenVectors
from graphmem.contracts import Encoder, TokenEncoder
from graphmem.evaluate.systems.encoding import TimedEncoder
from graphmem.ids import text_hash

Kept = tuple[NDArray[np.float16], NDArray[np.int32]]
"""Rows and spans of one text's tokens."""


class TimedTokenEncoder(TimedEncoder):
    """A `TimedEncoder` of an encoder that also gives vectors of tokens.

    Tokens' rows are given and kept in half precision, 23 kB a turn of 30 tokens, their signs
    exact: what a store keeps of them is the same as without this encoder.
    """

    _encoder: TokenEncoder

    def __init__(self, encoder: TokenEncoder, folder: Path | None = None) -> None:
        """Wrap `encoder`; `folder` is what it is to a `TimedEncoder`."""
        self._tokens: dict[str, Kept] = {}
        self._fresh_tokens: list[str] = []
        super().__init__(encoder, folder)

    def encode_tokens(self, texts: Sequence[str]) -> list[TokenVectors]:
        """Return each text's row and tokens, encoding only what was never seen."""
        start = perf_counter()
        keys = [text_hash(text) for text in texts]
        missing = {k: t for k, t in zip(keys, texts, strict=True) if k not in self._tokens}
        if missing:
            self._encode_tokens(list(missing), list(missing.values()))
        self.model_seconds += sum(self._seconds[key] for key in keys)
        found = [
            TokenVectors(self._rows[key], rows.astype(np.float32), spans)
            for key in keys
            for rows, spans in (self._tokens[key],)
        ]
        self.lookup_seconds += perf_counter() - start
        return found

    def _encode_tokens(self, keys: list[str], texts: list[str]) -> None:
        for key, tokens in self._timed(keys, texts, self._encoder.encode_tokens):
            self._rows[key] = tokens.whole
            self._tokens[key] = (halved(tokens.rows), tokens.spans)
            self._fresh_tokens.append(key)

    def _arrays(self) -> dict[str, NDArray[Any]]:
        arrays = super()._arrays()
        if self._fresh_tokens:
            rows, spans = zip(*map(self._tokens.__getitem__, self._fresh_tokens), strict=True)
            arrays |= {
                "token_keys": np.array(self._fresh_tokens),
                "token_ends": np.cumsum([len(found) for found in spans]),
                "token_rows": np.concatenate(rows),
                "token_spans": np.concatenate(spans),
            }
            self._fresh_tokens = []
        return arrays

    def _take(self, arrays: Mapping[str, NDArray[Any]]) -> None:
        super()._take(arrays)
        if "token_keys" in arrays:
            rows, spans = arrays["token_rows"], arrays["token_spans"]
            places = pairwise([0, *arrays["token_ends"].tolist()])
            for key, (start, end) in zip(arrays["token_keys"].tolist(), places, strict=True):
                self._tokens[key] = (rows[start:end], spans[start:end])


def timed_encoder(encoder: Encoder, folder: Path | None = None) -> TimedEncoder:
    """Wrap an encoder; the wrapped one gives vectors of tokens if this one does."""
    if isinstance(encoder, TokenEncoder):
        return TimedTokenEncoder(encoder, folder)
    return TimedEncoder(encoder, folder)


def halved(rows: NDArray[np.float32]) -> NDArray[np.float16]:
    """Return the rows in half precision; what is too small for it stays positive."""
    half = rows.astype(np.float16)
    half[(half == 0) & (rows > 0)] = np.finfo(np.float16).smallest_subnormal
    return half
