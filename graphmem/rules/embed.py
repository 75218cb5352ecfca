"""The encoder without a model: hashed words and trigrams, the same bits on every machine."""

from collections.abc import Sequence
from functools import lru_cache
from hashlib import blake2b

import numpy as np
from numpy.typing import NDArray

from graphmem.arrays import Matrix
from graphmem.text import STOPWORDS, fold, stem, words

DIM = 4096
"""Buckets that features are hashed into."""
WORD_WEIGHT = 6
"""Counts a word as much as six of its trigrams."""


class RuleEncoder:
    """Encodes a text as the counts of its words' stems and trigrams, hashed into `DIM` buckets.

    A row is sqrt(count / total): sub-linear in the count, and of length 1 by itself. Only whole
    numbers are added, and IEEE 754 rounds division and square root correctly everywhere, which a
    logarithm is not: hence the same bits on every machine. Document frequencies are not in it,
    since they depend on the other texts; search derives those with its words.

    *Source:* trigrams of each word hashed without a vocabulary: T-FREE (Deiseroth et al. 2024).
    """

    name = "rules@1"
    dim = DIM
    keeps_vectors = False

    def encode(self, texts: Sequence[str]) -> Matrix:
        """Return float32 unit rows (len(texts), 4096), no entry negative.

        Stop words count only in a text that has no other; a text without any word, a blank one or
        an emoji, is one word by itself.
        """
        rows = np.zeros((len(texts), self.dim), np.float32)
        for row, text in zip(rows, texts, strict=True):
            counts = _counts(text)
            row[:] = np.sqrt(counts / counts.sum())
        return rows


def trigrams(word: str) -> tuple[str, ...]:
    """Return the character trigrams of `#word#`: `#ca`, `cat`, `at#` of cat; `##` of nothing."""
    padded = f"#{word}#"
    return tuple(padded[i : i + 3] for i in range(len(padded) - 2)) or (padded,)


def bucket(feature: str) -> int:
    """Return which of `DIM` buckets a feature falls into; unlike `hash`, the same everywhere."""
    raw = feature.encode("utf-8", "surrogatepass")
    return int.from_bytes(blake2b(raw, digest_size=8, key=b"graphmem").digest(), "little") % DIM


def _counts(text: str) -> NDArray[np.float64]:
    found = words(text)
    kept = [word for word in found if word not in STOPWORDS] or found or [fold(text).strip()]
    buckets = np.concatenate([_word_buckets(word) for word in kept])
    return np.bincount(buckets, minlength=DIM).astype(np.float64)


@lru_cache(maxsize=50_000)
def _word_buckets(word: str) -> NDArray[np.int64]:
    whole = bucket("word " + stem(word))
    return np.array([whole] * WORD_WEIGHT + [bucket("part " + t) for t in trigrams(word)], np.int64)
