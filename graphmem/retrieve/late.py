"""Late interaction: each word of the question finds its best word among those of a turn.

A turn's tokens are kept as the signs of their vectors' coordinates, one bit each: 48 bytes a token
for 384 dimensions, some 1,500 a turn of dialogue, as much as one float32 vector.
Source of the interaction: Khattab and Zaharia (2020), ColBERT, section 3.3. Signs in place of
numbers cost nothing that could be measured (docs/retrieval.md).
"""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from graphmem.arrays import TokenVectors
from graphmem.retrieve.counts import inverse_frequency
from graphmem.retrieve.nearby import Turns
from graphmem.retrieve.turn_vectors import centred
from graphmem.retrieve.turns import Column, TurnIndex
from graphmem.text import stem, word_spans, words

_FRAME_WORDS = frozenset(
    """i my do does did is are was were be been has have had will would could should can may might
    what which who whom whose when where why how""".split()
)
"""What a question is framed by, its speaker's `I` included: it asks for no word of the answer."""
Bits = NDArray[np.uint8]
"""(w, ceil(dim / 8)) signs of w tokens, packed."""


@dataclass(frozen=True, slots=True)
class TokenIndex:
    """The tokens of the n notes of a snapshot."""

    bits: Bits
    indptr: NDArray[np.int64]
    """(n + 1,)"""
    mean: NDArray[np.float32]
    """(dim,) mean of the tokens' signs."""


@dataclass(frozen=True, slots=True)
class AskedTokens:
    """The t tokens of a question that ask for something."""

    rows: NDArray[np.float32]
    """(t, dim) unit rows."""
    weights: Column
    """(t,) how rare their words are among the turns; they sum to 1."""


def token_bits(text: str, tokens: TokenVectors) -> Bits:
    """Return the signs of the tokens of a text that stand in words: all that is kept of them."""
    kept = [i for i, word in enumerate(_words_of(text, tokens.spans)) if word]
    return np.packbits(tokens.rows[kept] > 0, axis=1)


def token_index(bits: Bits, indptr: NDArray[np.int64], dim: int) -> TokenIndex:
    """Return the index of a snapshot's tokens; `indptr` says where each note's begin."""
    ones = np.zeros(dim, np.int64)
    for start in range(0, len(bits), 1 << 14):
        ones += np.unpackbits(bits[start : start + (1 << 14)], axis=1, count=dim).sum(
            axis=0, dtype=np.int64
        )
    mean = 2 * ones / max(len(bits), 1) - 1 if len(bits) else np.zeros(dim)
    return TokenIndex(bits, indptr, mean.astype(np.float32))


def asked_tokens(
    question: str, tokens: TokenVectors, index: TurnIndex, terms: Mapping[str, int]
) -> AskedTokens:
    """Return a question's tokens with what each weighs.

    Parameters
    ----------
    question : as put into the asked speaker's voice; `tokens` are those of it.
    terms : number of each stem in `index.counts`.
    """
    words_at = _words_of(question, tokens.spans)
    kept = [i for i, word in enumerate(words_at) if word and word not in _FRAME_WORDS]
    numbers = [terms.get(stem(words_at[i]), -1) for i in kept]
    df = np.array([index.counts.df[number] if number >= 0 else 0 for number in numbers], np.int64)
    rare = np.sqrt(inverse_frequency(df, max(len(index.counts.lengths), int(df.max(initial=0)))))
    return AskedTokens(tokens.rows[kept].astype(np.float32), rare / max(float(rare.sum()), 1e-12))


def token_likeness(
    index: TurnIndex, tokens: TokenIndex, asked: AskedTokens, around: Turns
) -> Column:
    """Return (t, a) the best cosine of each asked token with a token of each of the turns.

    -1 where a turn has no token. The mean of all tokens is taken out on both sides.
    """
    starts, ends = (tokens.indptr[index.notes[around] + side] for side in (0, 1))
    counts = ends - starts
    places = np.repeat(starts - np.cumsum(counts) + counts, counts) + np.arange(counts.sum())
    dim = len(tokens.mean)
    ones = np.unpackbits(tokens.bits[places], axis=1, count=dim).astype(np.float32)
    rows = centred(asked.rows, tokens.mean / np.float32(np.sqrt(dim)))
    # A sign is twice its bit less one: the products come from the bits, no array of signs is made.
    both = np.concatenate((rows, tokens.mean[None]))
    along = 2 * (both @ ones.T) - both.sum(axis=1, keepdims=True)
    own = np.float32(tokens.mean @ tokens.mean)
    norms = np.sqrt(np.maximum(dim - 2 * along[-1] + own, 1e-6))
    alike = ((along[:-1] - (rows @ tokens.mean)[:, None]) / norms).astype(np.float64)
    best = np.full((len(rows), len(around)), -1.0)
    has = counts > 0
    if has.any():
        best[:, has] = np.maximum.reduceat(alike, (np.cumsum(counts) - counts)[has], axis=1)
    return best


def _words_of(text: str, spans: NDArray[np.int32]) -> list[str]:
    """Return the folded word around each span, empty for punctuation."""
    found = word_spans(text)
    starts = np.array([start for start, _ in found], np.int64)
    at = np.searchsorted(starts, spans[:, 0], side="right") - 1
    inside = [
        i >= 0 and found[i][1] > start
        for i, start in zip(at.tolist(), spans[:, 0].tolist(), strict=True)
    ]
    return [
        (words(text[slice(*found[i])]) or [""])[0] if known else ""
        for i, known in zip(at.tolist(), inside, strict=True)
    ]
