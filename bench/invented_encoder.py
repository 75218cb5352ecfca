"""An encoder for the benchmarks that costs nearly nothing: a vector for each word, summed.

    python -m bench.invented_encoder search "Where did Ana go?"    # graphmem, which knows it then

It has the dimensions of MiniLM and returns its tokens as MiniLM's session does, each word one, so
that all is measured but the model. What it finds says nothing about how well anything is found.
"""

import runpy
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from graphmem.arrays import Matrix, TokenVectors
from graphmem.ids import text_hash
from graphmem.registry import BUILT_IN, BuiltIn
from graphmem.text import word_spans
from graphmem.vectors import unit_rows

NAME, DIM = "invented", 384


class InventedEncoder:
    """Words of one spelling have one vector, whatever their letters' size."""

    name = f"{NAME}@1"
    dim = DIM
    keeps_vectors = True

    def __init__(self) -> None:
        self._rows: dict[str, NDArray[np.float32]] = {}

    def encode(self, texts: Sequence[str]) -> Matrix:
        """Return float32 unit rows (len(texts), dim)."""
        sums = [self._words(text)[1].sum(axis=0) for text in texts]
        return unit_rows(np.array(sums, np.float32).reshape(-1, DIM))

    def encode_tokens(self, texts: Sequence[str]) -> list[TokenVectors]:
        """Return each text's row and those of its words."""
        found = []
        for text in texts:
            spans, rows = self._words(text)
            whole = unit_rows(rows.sum(axis=0, keepdims=True))[0]
            found.append(TokenVectors(whole, rows, np.array(spans, np.int32).reshape(-1, 2)))
        return found

    def _words(self, text: str) -> tuple[list[tuple[int, int]], Matrix]:
        spans = word_spans(text)
        rows = [self._row(text[start:end].lower()) for start, end in spans]
        return spans, np.array(rows, np.float32).reshape(-1, DIM)

    def _row(self, word: str) -> NDArray[np.float32]:
        row = self._rows.get(word)
        if row is None:
            dice = np.random.default_rng(int.from_bytes(text_hash(word).encode()[:8], "big"))
            row = self._rows[word] = unit_rows(dice.standard_normal((1, DIM)))[0]
        return row


def register() -> None:
    """Let this process open the encoder by its name, as one that a package adds."""
    BUILT_IN["encoder"][NAME] = BuiltIn("bench.invented_encoder:InventedEncoder")


if __name__ == "__main__":
    register()
    runpy.run_module("graphmem", run_name="__main__", alter_sys=True)
