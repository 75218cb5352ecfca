"""The encoder without a model: hashed words and trigrams, the same bits on every machine."""

import re
import unicodedata
from collections.abc import Sequence
from functools import lru_cache
from hashlib import blake2b

import numpy as np
from numpy.typing import NDArray

from graphmem.arrays import Matrix
from graphmem.text import STOPWORDS, stem

DIM = 4096
"""Buckets that features are hashed into."""
WORD_WEIGHT = 6
"""Counts a word as much as six of its trigrams."""


# How `rules@1` reads words. Its bits are promised, so this stays as it is where `graphmem.text`
# learns of more scripts.
_MARKS = re.compile("[\u0300-\u036f]+")
_QUOTES = str.maketrans({"\u2018": "'", "\u2019": "'", "\u02bc": "'", "\u201c": '"', "\u201d": '"'})
_HAN = "\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003134f"
_WORD = re.compile(
    rf"[{_HAN}]|[\u3040-\u30ff]+"
    rf"|(?:(?![{_HAN}\u3040-\u30ff])[^\W_]|[\u0900-\u0eff\u0300-\u036f])+"
    rf"(?:['’](?:(?![{_HAN}])[^\W\d_])+)?"
)


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
    folded = _fold(text)
    found = [_without_possessive(word) for word in _WORD.findall(folded)]
    kept = [word for word in found if word not in STOPWORDS] or found or [folded.strip()]
    buckets = np.concatenate([_word_buckets(word) for word in kept])
    return np.bincount(buckets, minlength=DIM).astype(np.float64)


def _fold(text: str) -> str:
    if text.isascii():
        return text.lower()
    decomposed = unicodedata.normalize("NFKD", text.translate(_QUOTES)).casefold()
    return unicodedata.normalize("NFC", _MARKS.sub("", decomposed))


def _without_possessive(word: str) -> str:
    return word[:-2] if word.endswith(("'s", "’s")) and len(word) > 2 else word


@lru_cache(maxsize=50_000)
def _word_buckets(word: str) -> NDArray[np.int64]:
    whole = bucket("word " + stem(word))
    return np.array([whole] * WORD_WEIGHT + [bucket("part " + t) for t in trigrams(word)], np.int64)
