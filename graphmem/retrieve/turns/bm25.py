"""BM25 of turns: each with the words of those around it, and each session as a whole."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from graphmem.rankers.kernel import address_of, kernel
from graphmem.retrieve.turns.index import TurnIndex, mixed, own_share
from graphmem.retrieve.turns.kernels import Column
from graphmem.retrieve.turns.loops import Term
from graphmem.retrieve.turns.postings import turn_postings
from graphmem.retrieve.turns.saturation import B_SESSION, K1, norms
from graphmem.retrieve.words.similar import Sought
from graphmem.vectors import first_of_runs

_DIGITS = 9
"""Of a score: what is equal but for the order of additions is equal."""
_PARTS = 10.0**_DIGITS
_FEW = 8
"""Scores are few if less than one of so many is not 0."""


@dataclass(frozen=True, slots=True)
class Counted:
    """How often the turns say one word of a question."""

    rows: NDArray[np.int32]
    """Turns that say it, distinct, ascending."""
    counts: Column
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
    exact = np.zeros(len(index.notes))
    _add(index, exact, [(word.share, own) for word, own in zip(words, counts, strict=True)])
    if not any(word.own >= 0 and len(word.similar) for word in words):
        exact = _at_least_windows(index, exact, words, with_similar=False)
        return exact, exact
    loose = _rounded(exact.copy())
    for word, own in zip(words, counts, strict=True):
        if word.own >= 0 and len(word.similar):
            wider = _counted(index, word, with_similar=True)
            _add(index, loose, [(-word.share, own), (word.share, wider)])
    exact = _at_least_windows(index, exact, words, with_similar=False)
    return exact, _at_least_windows(index, loose, words, with_similar=True)


def _add(index: TurnIndex, scores: Column, words: Sequence[tuple[float, Counted]]) -> None:
    """Add what words are worth to the scores of the turns around those that say them, each in its
    turn; by a share below 0 it is taken away."""
    n = len(index.notes)
    told = [(said.rows, said.counts, share * idf_of(said.frequency, n)) for share, said in words]
    if index.loops is not None:
        index.loops.add(scores, told, K1 + 1)
        return
    for rows, counts, idf in told:
        hit, tf = mixed(rows, counts, index)
        worth: Column = idf * tf
        worth *= K1 + 1
        tf += index.norm[hit]
        worth /= tf
        scores[hit] += worth


def _at_least_windows(
    index: TurnIndex, scores: Column, words: Sequence[Sought], *, with_similar: bool
) -> Column:
    """Return the scores, rounded in place; a very long turn's is at least its best window's.

    A window stands among the same neighbours as its turn, which lends them what it always does.
    """
    windows = index.windows
    if windows is None:
        return _rounded(scores)
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
        lent, values = mixed(counted.rows, counted.counts, index)
        around[lent] = values
        beside = around[turns] - own * said[turns]
        terms = {word.own: 1.0} if word.own >= 0 else {}
        if with_similar or word.own < 0:
            terms |= dict(zip(word.similar.tolist(), word.likeness.tolist(), strict=True))
        tf = np.maximum(beside, 0) + windows.counts(terms)
        idf = word.share * idf_of(counted.frequency, len(index.notes))
        total += idf * tf * (K1 + 1) / (tf + norm)
    np.maximum.at(scores, turns, total)
    return _rounded(scores)


def _rounded(scores: Column) -> Column:
    """Round the scores in place; of most questions most are 0."""
    loaded = kernel()
    if loaded is not None:
        loaded.rounded(address_of(scores), len(scores), _PARTS)
        return scores
    held = np.flatnonzero(scores != 0)  # of booleans ten times as fast
    if len(held) * _FEW < len(scores):
        scores[held] = np.round(scores[held], _DIGITS)
        return scores
    return np.round(scores, _DIGITS, out=scores)


def session_bm25(
    index: TurnIndex, words: Sequence[Sought], counts: Sequence[Counted] | None = None
) -> Column:
    """Return (t,) BM25 of each turn's whole session, of the words themselves.

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
            idf = word.share * idf_of(index.loops.n_sessions(rows), n_sessions)
            index.loops.add_sessions(score, rows, counted.counts, (idf, K1 + 1), norm)
            continue
        tf = np.bincount(index.session[rows], counted.counts, minlength=n_sessions)
        idf = word.share * idf_of(int(np.count_nonzero(tf)), n_sessions)
        score += idf * tf * (K1 + 1) / (tf + norm)
    return score.take(index.session, mode="clip")


def rank_channel(score: Column, counted: NDArray[np.bool_]) -> Column:
    """Return (t,) -ln(1 + rank), rank from 0, best first; equal scores have the best rank of them.

    No score is below 0; what is not `counted` (t,) comes last.
    """
    loaded = kernel()
    if loaded is not None:
        score, counted = np.ascontiguousarray(score), np.ascontiguousarray(counted)
        ranks, n = np.empty(len(score)), len(score)
        values = address_of(_rank_values(n + 1))
        at = address_of(score), address_of(counted), n, _PARTS, values, address_of(ranks)
        loaded.rank_values(*at)
        return ranks
    held = np.flatnonzero((score > 0) & counted)
    rounded = -np.round(score[held], _DIGITS)
    n_counted = int(np.count_nonzero(counted))
    rank: Column = np.where(counted, -np.log1p(float(len(held))), -np.log1p(float(n_counted)))
    order = np.argsort(rounded)
    starts = first_of_runs(rounded[order])
    best = np.repeat(starts.astype(np.float64), np.diff(starts, append=len(held)))
    rank[held[order]] = -np.log1p(best)
    return rank


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
        total[rows] += like * counts
    held = np.flatnonzero(total != 0)
    return held.astype(np.int32), total[held]


def idf_of(frequency: float, n: int) -> float:
    """Return how telling a term is that so many of n turns hold."""
    return float(np.log1p((n - frequency + 0.5) / (frequency + 0.5)))
