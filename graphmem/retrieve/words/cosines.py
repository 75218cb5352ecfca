"""The tf-idf cosine of each text with a question, and the lengths of texts that it takes."""

from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from graphmem.retrieve.words.counts import Counts, Scores
from graphmem.retrieve.words.loops import CountLoops, over_norms, row_norms
from graphmem.retrieve.words.sparse import Sparse


@dataclass(frozen=True)
class Norms:
    """Lengths of texts' (1 + ln tf) · weight vectors, measured as they are asked for.

    Each weight follows from how many texts there are: with a text more, all would be others.
    """

    counts: Counts
    weights: Scores
    """(v,)"""
    known: Scores
    """(r,) -1 for one that was not asked for."""

    @classmethod
    def of(cls, counts: Counts, weights: Scores) -> "Norms":
        """Return those of some counts, none of them measured."""
        return cls(counts, weights, np.full(len(counts.lengths), -1.0))

    @cached_property
    def all(self) -> Scores:
        """(r,) the lengths of all texts, for questions that nearly all are a little like."""
        return self.where(np.ones(len(self.known)))

    def where(self, scores: Scores) -> Scores:
        """Return (r,) the lengths of the texts whose scores are above 0; any number for others."""
        if (loops := CountLoops.of(self.counts)) is not None:
            loops.fill_norms(self.weights, scores, self.known)
            return self.known
        rows = np.flatnonzero((scores > 0) & (self.known < 0))
        self.known[rows] = _norms(self.counts.rows(rows), self.weights)
        return self.known


def norms_of(counts: Counts, rows: Sparse, weights: Scores) -> Scores:
    """Return (t,) the lengths of some texts, whose rows of counts these are."""
    lengths = row_norms(rows, counts.damping, weights)
    return _norms(rows, weights) if lengths is None else lengths


def _norms(rows: Sparse, weights: Scores) -> Scores:
    squares = weights[rows.indices]
    squares *= 1 + np.log(rows.data)
    squares *= squares
    return np.sqrt(rows.row_sums(squares))


def cosines(counts: Counts, terms: NDArray[np.int32], idf: Scores, row_norms: Norms) -> Scores:
    """Return (r,) cosines of (1 + ln tf) · idf vectors with the question's idf vector."""
    scores = np.zeros(len(counts.lengths))
    for term, weight in zip(terms, idf, strict=True):
        if term >= 0:
            rows, tf = counts.postings(term)
            scores[rows] += weight * weight * (1 + np.log(tf))
    over_norms(scores, row_norms.where(scores), float(np.sqrt(np.square(idf).sum())))
    return scores
