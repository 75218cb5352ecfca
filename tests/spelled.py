"""An encoder that tells its tokens: words and marks, each with a vector of its own spelling."""

from collections.abc import Sequence

import numpy as np

from graphmem.arrays import Matrix, TokenVectors
from graphmem.ids import text_hash
from graphmem.text import word_spans
from graphmem.vectors import unit_rows

DIM = 16


class SpelledEncoder:
    """Stands for a sentence model, of which it keeps the promises, and lists what it was asked."""

    name = "spelled@1"
    dim = DIM
    keeps_vectors = True

    def __init__(self) -> None:
        self.asked: list[str] = []

    def encode(self, texts: Sequence[str]) -> Matrix:
        rows = [one.whole for one in self.encode_tokens(texts)]
        return np.array(rows, np.float32).reshape(-1, DIM)

    def encode_tokens(self, texts: Sequence[str]) -> list[TokenVectors]:
        self.asked.extend(texts)
        return [_tokens(text) for text in texts]


def _tokens(text: str) -> TokenVectors:
    marks = [(i, i + 1) for i, letter in enumerate(text) if letter in ".?!"]
    spans = sorted([*word_spans(text), *marks])
    rows = np.array([_spelled(text[start:end]) for start, end in spans]).reshape(-1, DIM)
    whole = rows.sum(axis=0, keepdims=True) + 1e-3
    return TokenVectors(
        whole=unit_rows(whole)[0],
        rows=unit_rows(rows),
        spans=np.array(spans, np.int32).reshape(-1, 2),
    )


def _spelled(word: str) -> np.ndarray:
    seed = int.from_bytes(text_hash(word.lower()).encode()[:8], "big")
    return np.random.default_rng(seed).standard_normal(DIM)
