"""Late interaction: each word of the question finds its best word among those of a turn.

A store keeps a turn's tokens as the signs of their vectors' coordinates, one bit each: 48 bytes a
token for 384 dimensions, some 1,400 a turn of dialogue, as much as one float32 vector.
Source of the interaction: Khattab and Zaharia (2020), ColBERT, section 3.3. Signs in place of
numbers cost nothing that could be measured (docs/retrieval.md).
"""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from graphmem.arrays import SnapshotVectors, TokenSigns, TokenVectors
from graphmem.retrieve.question.frame import GRAMMAR_WORDS
from graphmem.retrieve.question.written import Written
from graphmem.retrieve.turns.cosines import Groups, best_of_tokens
from graphmem.retrieve.turns.index import TurnIndex
from graphmem.retrieve.turns.kernels import Column
from graphmem.retrieve.turns.neighbours import Turns
from graphmem.retrieve.turns.postings import turns_with
from graphmem.retrieve.turns.vectors import centred
from graphmem.retrieve.words.counts import inverse_frequency
from graphmem.retrieve.words.terms import term_of
from graphmem.stacked import Rows, Stacked, changes

_MOST_IN_A_BYTE = 255


@dataclass(frozen=True, slots=True, eq=False)
class TokenIndex:
    """The tokens of the n notes of a snapshot: its own arrays, and their mean."""

    signs: Rows[np.uint8]
    """(w, ceil(dim / 8))"""
    indptr: NDArray[np.int64]
    """(n + 1,) where the tokens of each note begin."""
    ones: NDArray[np.int64]
    """(dim,) how many tokens are positive there."""
    mean: NDArray[np.float32]
    """(dim,) mean of the tokens' signs."""


@dataclass(frozen=True, slots=True)
class AskedTokens:
    """The t tokens of a question that ask for something."""

    rows: NDArray[np.float32]
    """(t, dim) unit rows."""
    weights: Column
    """(t,) how rare their words are among the turns; they sum to 1."""


def token_index(
    vectors: SnapshotVectors, dim: int, before: TokenIndex | None = None
) -> TokenIndex | None:
    """Return the tokens of a snapshot; None where it has none, or not those of every turn.

    Earlier ones spare the counting of those that lie where they lay.
    """
    signs, indptr = vectors.tokens, vectors.token_indptr
    if signs is None or indptr is None:
        return None
    if before is None or not isinstance(signs, Stacked):
        ones = _ones(signs[:], dim)
    else:
        ones = before.ones.copy()
        for run, sign in changes(before.signs, signs):
            ones += sign * _ones(run, dim)
    mean = 2 * ones / max(len(signs), 1) - 1 if len(signs) else np.zeros(dim)
    return TokenIndex(signs, indptr, ones, mean.astype(np.float32))


def _ones(signs: TokenSigns, dim: int) -> NDArray[np.int64]:
    """Return (dim,) how many tokens are positive there, summed in bytes as long as they hold it."""
    ones = np.zeros(dim, np.int64)
    for start in range(0, len(signs), _MOST_IN_A_BYTE):
        unpacked = np.unpackbits(signs[start : start + _MOST_IN_A_BYTE], axis=1, count=dim)
        ones += np.add.reduce(unpacked, axis=0, dtype=np.uint8)
    return ones


def asked_tokens(
    voiced: Written, tokens: TokenVectors, index: TurnIndex, terms: Mapping[str, int]
) -> AskedTokens:
    """Return a question's tokens with what each weighs.

    Parameters
    ----------
    voiced : the question in the asked speaker's voice; `tokens` are those of it.
    terms : number of each stem in `index.counts`.
    """
    held = voiced.words_at(tokens.spans[:, 0].tolist())
    kept = [i for i, word in enumerate(held) if word and word not in GRAMMAR_WORDS]
    numbers = [terms.get(term_of(held[i]), -1) for i in kept]
    df = np.array([turns_with(index, number) if number >= 0 else 0 for number in numbers], np.int64)
    rare = np.sqrt(inverse_frequency(df, len(index.notes)))
    return AskedTokens(tokens.rows[kept].astype(np.float32), rare / max(float(rare.sum()), 1e-12))


def token_likeness(
    index: TurnIndex, tokens: TokenIndex, asked: AskedTokens, around: Turns
) -> Column:
    """Return (t, a) the best cosine of each asked token with a token of each of the turns.

    -1 where a turn has no token. The mean of all tokens is taken out on both sides.
    """
    rows = centred(asked.rows, tokens.mean / np.float32(np.sqrt(len(tokens.mean))))
    groups = Groups.of(tokens.indptr, index.notes[around])
    return best_of_tokens(tokens.signs, groups, rows, tokens.mean)
