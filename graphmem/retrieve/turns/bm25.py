"""BM25 of turns: each with the words of those around it, and each session as a whole."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from graphmem.retrieve.turns.index import TurnIndex, mixed, own_share, turn_postings
from graphmem.retrieve.turns.kernels import Column
from graphmem.retrieve.turns.loops import WordLoop
from graphmem.retrieve.words.similar import Sought
from graphmem.vectors import first_of_runs

_K1, _B, _B_SESSION = 1.2, 0.75, 0.4
_DIGITS = 9
"""Of a score: what is equal but for the order of additions is equal."""
_FEW = 8
"""Scores are few if less than one of so many is not 0."""


@dataclass(frozen=True, slots=True)
class Counted:
    """How often the turns say one word of a question."""

    rows: NDArray[np.int64]
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
    scorer = _Scorer.of(index)
    exact = np.zeros(len(index.notes))
    for word, own in zip(words, counts, strict=True):
        scorer.add(exact, word.share, own)
    if not any(word.own >= 0 and len(word.similar) for word in words):
        exact = _at_least_windows(index, exact, words, with_similar=False)
        return exact, exact
    loose = _rounded(exact.copy())
    for word, own in zip(words, counts, strict=True):
        if word.own >= 0 and len(word.similar):
            scorer.add(loose, word.share, own, sign=-1)
            scorer.add(loose, word.share, _counted(index, word, with_similar=True))
    exact = _at_least_windows(index, exact, words, with_similar=False)
    return exact, _at_least_windows(index, loose, words, with_similar=True)


@dataclass(frozen=True, slots=True)
class _Scorer:
    """Adds what words are worth to the scores of an index's turns: compiled, or to the same bits
    by whole columns."""

    index: TurnIndex
    norm: Column
    """(t,) what a count is saturated by."""
    loop: WordLoop | None

    @classmethod
    def of(cls, index: TurnIndex) -> "_Scorer":
        norm = _norm(index, index.mixed_lengths)
        return cls(index, norm, WordLoop.of(index, norm))

    def add(self, scores: Column, share: float, counted: Counted, *, sign: int = 1) -> None:
        idf = share * _idf(counted.frequency, len(self.index.notes))
        if self.loop is not None:
            factors = (idf, _K1 + 1)
            self.loop.add(scores, counted.rows, counted.counts, factors, sign=sign)
            return
        hit, tf = mixed(counted.rows, counted.counts, self.index)
        worth: Column = sign * idf * tf
        worth *= _K1 + 1
        tf += self.norm[hit]
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
    norm = _norm(index, lengths)
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
        idf = word.share * _idf(counted.frequency, len(index.notes))
        total += idf * tf * (_K1 + 1) / (tf + norm)
    np.maximum.at(scores, turns, total)
    return _rounded(scores)


def _rounded(scores: Column) -> Column:
    """Round the scores in place; of most questions most are 0."""
    held = np.flatnonzero(scores != 0)  # of booleans ten times as fast
    if len(held) * _FEW < len(scores):
        scores[held] = np.round(scores[held], _DIGITS)
        return scores
    return np.round(scores, _DIGITS, out=scores)


def _norm(index: TurnIndex, lengths: Column) -> Column:
    """Return what a count is saturated by in turns of these mixed lengths."""
    norm: Column = _K1 * (1 - _B + _B * lengths / index.mean_length)
    return norm


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
    norm = _K1 * (1 - _B_SESSION + _B_SESSION * index.session_lengths / (mean or 1.0))
    for word, counted in zip(words, counts, strict=True):
        tf = np.bincount(index.session[counted.rows], counted.counts, minlength=n_sessions)
        idf = word.share * _idf(int(np.count_nonzero(tf)), n_sessions)
        score += idf * tf * (_K1 + 1) / (tf + norm)
    return score[index.session]


def rank_channel(score: Column, counted: NDArray[np.bool_]) -> Column:
    """Return (t,) -ln(1 + rank), rank from 0, best first; equal scores have the best rank of them.

    No score is below 0; what is not `counted` (t,) comes last.
    """
    held = np.flatnonzero((score > 0) & counted)
    rounded = -np.round(score[held], _DIGITS)
    n_counted = int(np.count_nonzero(counted))
    rank: Column = np.where(counted, -np.log1p(float(len(held))), -np.log1p(float(n_counted)))
    order = np.argsort(rounded)
    starts = first_of_runs(rounded[order])
    best = np.repeat(starts.astype(np.float64), np.diff(starts, append=len(held)))
    rank[held[order]] = -np.log1p(best)
    return rank


def _counted(index: TurnIndex, word: Sought, *, with_similar: bool) -> Counted:
    if word.own >= 0 and not (with_similar and len(word.similar)):
        rows, counts = turn_postings(index, word.own)
        return Counted(rows, counts, len(rows))
    likeness = dict(zip(word.similar.tolist(), word.likeness.tolist(), strict=True))
    if word.own >= 0:
        likeness[word.own] = 1.0
    total, frequency = np.zeros(len(index.notes)), 0.0
    for term, like in likeness.items():
        rows, counts = turn_postings(index, term)
        total[rows] += like * counts
        frequency += like * len(rows)
    held = np.flatnonzero(total != 0)
    return Counted(held, total[held], min(frequency, len(index.notes)))


def _idf(frequency: float, n: int) -> float:
    return float(np.log1p((n - frequency + 0.5) / (frequency + 0.5)))
