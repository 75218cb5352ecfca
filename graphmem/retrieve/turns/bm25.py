"""BM25 of turns: each with the words of those around it, and each session as a whole."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from graphmem.rankers.kernel import address_of, kernel
from graphmem.retrieve.turns.index import TurnIndex, mixed, own_share
from graphmem.retrieve.turns.kernels import Column
from graphmem.retrieve.turns.loops import Rows, Term
from graphmem.retrieve.turns.postings import turn_postings
from graphmem.retrieve.turns.saturation import B_SESSION, K1, norms
from graphmem.retrieve.turns.spare import SPARE
from graphmem.retrieve.words.similar import Sought
from graphmem.vectors import first_of_runs

_DIGITS = 9
"""Of a score: what is equal but for the order of additions is equal."""
_PARTS = 10.0**_DIGITS
FINE = 16_384
"""Turns whose ranks are told apart by all digits of their scores: to the others a rank more or less
says nothing that a sum of channels would show."""


@dataclass(frozen=True, slots=True)
class Counted:
    """How often the turns say one word of a question."""

    rows: NDArray[np.int32]
    """Turns that say it, distinct, ascending."""
    counts: NDArray[np.floating]
    """Of each; what is only like the word counts by its likeness."""
    frequency: float
    """Turns with it; those with a term that is only like it count by its likeness."""


def word_counts(index: TurnIndex, words: Sequence[Sought]) -> list[Counted]:
    """Return how often the turns say each word itself, or what is like one that no turn has."""
    return [_counted(index, word, with_similar=False) for word in words]


def kernel_bm25(
    index: TurnIndex, words: Sequence[Sought], counts: Sequence[Counted] | None = None
) -> tuple[Column, Column]:
    """Score the turns by BM25 of counts and lengths mixed over neighbours of the session.

    Parameters
    ----------
    words : what a question asks for.
    counts : their `word_counts`; None: they are counted.

    Returns
    -------
    Two of (t,) float64: of the words themselves, or what is like one that no turn has; and of the
    words together with all that is like them. Document frequencies are those of the turns, unmixed.
    """
    counts = word_counts(index, words) if counts is None else counts
    n = len(index.notes)
    own = [_worth(word.share, said, n) for word, said in zip(words, counts, strict=True)]
    wider = [_worth(word.share, _wider(index, word), n) for word in words]
    exact, loose = _scored(index, own, wider)
    _raise_to_windows(index, exact, words, with_similar=False)
    if loose is not exact:
        _raise_to_windows(index, loose, words, with_similar=True)
    return exact, loose


def _worth(share: float, said: Counted, n_turns: int) -> Term:
    """Return the turns that say a word, how often, and its idf by its share."""
    return said.rows, said.counts, share * idf_of(said.frequency, n_turns)


def _wider(index: TurnIndex, word: Sought) -> Counted:
    """Return what is counted in the place of a word together with all that is like it; nothing
    where that is the same."""
    if word.own >= 0 and len(word.similar):
        return _counted(index, word, with_similar=True)
    return Counted(np.empty(0, np.int32), np.empty(0), 0)


def _scored(
    index: TurnIndex, words: Sequence[Term], wider: Sequence[Term]
) -> tuple[Column, Column]:
    """Return the rounded scores of the turns around those that say some words, each in its turn,
    and with others in the place of the words beside them."""
    n = len(index.notes)
    if index.loops is not None:
        return index.loops.scored(words, wider, K1 + 1, _PARTS, n)
    exact = _rounded(_added(index, np.zeros(n), words))
    if not any(len(rows) for rows, *_ in wider):
        return exact, exact
    loose = [more if len(more[0]) else own for own, more in zip(words, wider, strict=True)]
    return exact, _rounded(_added(index, np.zeros(n), loose))


def _added(index: TurnIndex, scores: Column, words: Sequence[Term]) -> Column:
    """Add what words are worth to the scores."""
    for rows, counts, idf in words:
        hit, tf = mixed(rows, counts.astype(np.float64), index)
        worth: Column = idf * tf
        worth *= K1 + 1
        tf += index.norm[hit]
        worth /= tf
        scores[hit] += worth
    return scores


def _raise_to_windows(
    index: TurnIndex, scores: Column, words: Sequence[Sought], *, with_similar: bool
) -> None:
    """Raise the score of a very long turn to that of its best window, where this is higher.

    A window stands among the same neighbours as its turn, which lends them what it always does.
    """
    windows = index.windows
    if windows is None:
        return
    turns = windows.turn
    own, whole = own_share(index, turns), index.counts.lengths[index.notes[turns]]
    lengths = np.maximum(index.mixed_lengths[turns] - own * whole, 0) + windows.lengths
    norm = norms(lengths, index.mean_length)
    total = np.zeros(len(turns))
    for word in words:
        counted = _counted(index, word, with_similar=with_similar)
        said = np.zeros(len(index.notes))
        said[counted.rows] = counted.counts
        around = np.zeros(len(index.notes))
        lent, values = mixed(counted.rows, counted.counts.astype(np.float64), index)
        around[lent] = values
        beside = around[turns] - own * said[turns]
        terms = {word.own: 1.0} if word.own >= 0 else {}
        if with_similar or word.own < 0:
            terms |= dict(zip(word.similar.tolist(), word.likeness.tolist(), strict=True))
        tf = np.maximum(beside, 0) + windows.counts(terms)
        idf = word.share * idf_of(counted.frequency, len(index.notes))
        total += idf * tf * (K1 + 1) / (tf + norm)
    np.maximum.at(scores, turns, _rounded(total))


def _rounded(scores: Column) -> Column:
    """Round the scores in place."""
    return np.round(scores, _DIGITS, out=scores)


def session_bm25(
    index: TurnIndex, words: Sequence[Sought], counts: Sequence[Counted] | None = None
) -> Column:
    """Return (s,) BM25 of the sessions as a whole, of the words themselves.

    `counts` are their `word_counts`; None: they are counted.
    """
    counts = word_counts(index, words) if counts is None else counts
    n_sessions = len(index.first)
    score = np.zeros(n_sessions)
    mean = float(index.session_lengths.mean()) if n_sessions else 1.0
    norm = norms(index.session_lengths, mean, B_SESSION)
    for word, counted in zip(words, counts, strict=True):
        rows = counted.rows
        if index.loops is not None:
            sessions, said = index.loops.by_session((rows, counted.counts, 1.0), n_sessions)
            idf = word.share * idf_of(len(sessions), n_sessions)
            index.loops.add_sessions(score, sessions, said, (idf, K1 + 1), norm)
            continue
        tf = np.bincount(index.session[rows], counted.counts, minlength=n_sessions)
        idf = word.share * idf_of(int(np.count_nonzero(tf)), n_sessions)
        score += idf * tf * (K1 + 1) / (tf + norm)
    return score


def rank_channel(score: Column, ranked: Rows | None = None) -> Column:
    """Return (t,) -ln(1 + rank), rank from 0, best first; equal scores have the best rank of them.

    Behind the first FINE, what is of one FINE-th part of the best score counts as equal. No score
    is below 0; what is not among the turns that are `ranked`, ascending (None: all are), comes
    last.
    """
    n, loaded = len(score), kernel()
    n_ranked = n if ranked is None else len(ranked)
    if loaded is not None:
        score, ranks = np.ascontiguousarray(score), SPARE.column(n)
        values = address_of(_rank_values(1 << n.bit_length()))
        loaded.rank_values(
            address_of(score), n, address_of(ranked), n_ranked, _PARTS, values, address_of(ranks)
        )
        return ranks
    rank, turns = np.full(n, -np.log1p(float(n_ranked))), np.arange(n)[ranked]
    held = turns[score[turns] > 0]
    rank[turns] = -np.log1p(float(len(held)))
    rank[held] = -np.log1p(_ranks(score[held]).astype(np.float64))
    return rank


def _ranks(scores: Column) -> NDArray[np.int64]:
    """Return (h,) the rank of each score above 0: see `rank_channel`."""
    keys: Column = np.round(scores, _DIGITS)
    if len(scores) > FINE:
        bins = (scores * ((FINE - 1) / scores.max())).astype(np.int64)
        n_best = np.cumsum(np.bincount(bins, minlength=FINE)[::-1])
        cut = FINE - 1 - int(np.argmax(n_best >= FINE))
        keys = np.where(bins < cut, (bins - FINE).astype(np.float64), keys)
    order = np.argsort(-keys)
    starts, ranks = first_of_runs(keys[order]), np.empty(len(scores), np.int64)
    ranks[order] = np.repeat(starts, np.diff(starts, append=len(scores)))
    return ranks


@lru_cache(maxsize=4)
def _rank_values(n: int) -> Column:
    """Return (n,) what each rank from 0 on says."""
    return -np.log1p(np.arange(n, dtype=np.float64))


def _counted(index: TurnIndex, word: Sought, *, with_similar: bool) -> Counted:
    if word.own >= 0 and not (with_similar and len(word.similar)):
        rows, counts = turn_postings(index, word.own)
        return Counted(rows, counts, len(rows))
    likeness = dict(zip(word.similar.tolist(), word.likeness.tolist(), strict=True))
    if word.own >= 0:
        likeness[word.own] = 1.0
    terms = [(*turn_postings(index, term), like) for term, like in likeness.items()]
    frequency = 0.0
    for rows, _, like in terms:
        frequency += like * len(rows)
    rows, counts = (
        _merged(terms, len(index.notes)) if index.loops is None else (index.loops.merged(terms))
    )
    return Counted(rows, counts, min(frequency, len(index.notes)))


def _merged(terms: Sequence[Term], n_turns: int) -> tuple[NDArray[np.int32], Column]:
    total = np.zeros(n_turns)
    for rows, counts, like in terms:
        total[rows] += like * counts.astype(np.float64)
    held = np.flatnonzero(total != 0)
    return held.astype(np.int32), total[held]


def idf_of(frequency: float, n: int) -> float:
    """Return how telling a term is that so many of n turns hold."""
    return float(np.log1p((n - frequency + 0.5) / (frequency + 0.5)))
