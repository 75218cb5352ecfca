"""How often each term stands in each text, by text and by term; BM25 and tf-idf cosines of it."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from graphmem.retrieve.words.ragged import Ragged, Rows
from graphmem.retrieve.words.sparse import Sparse, Values

Scores = NDArray[np.float64]

K1, B = 0.9, 0.4
"""Of BM25: where counts saturate, and how far lengths count. Short texts want less of both than
the usual 1.2 and 0.75."""


@dataclass(frozen=True, slots=True)
class Counts:
    """r texts × v terms."""

    by_row: Sparse
    """(r, v) float32 counts, terms ascending in each row."""
    by_term: Sparse
    """(v, r) the same, by term: its postings."""
    damped: Sparse
    """(r, v) 1 + ln of each count; shares its places with `by_row`."""
    lengths: NDArray[np.float32]
    """(r,) terms in each text, repeats counted."""
    df: NDArray[np.int64]
    """(v,) texts with the term."""
    mean_length: float
    """Of the texts; 1 when there are none, so that it divides."""

    @classmethod
    def of(cls, matrix: Sparse) -> "Counts":
        """Derive the rest from (r, v) counts, terms ascending in each row."""
        by_term = matrix.transposed()
        lengths = matrix.row_sums(matrix.data).astype(np.float32)
        return cls(
            by_row=matrix,
            by_term=by_term,
            damped=matrix.with_data(1 + np.log(matrix.data)),
            lengths=lengths,
            df=np.diff(by_term.indptr).astype(np.int64),
            mean_length=float(lengths.mean(dtype=np.float64)) or 1.0 if len(lengths) else 1.0,
        )

    def postings(self, term: int) -> tuple[NDArray[np.int32], Values]:
        """Return the texts with a term, ascending, and how often it stands in each."""
        span = slice(self.by_term.indptr[term], self.by_term.indptr[term + 1])
        return self.by_term.indices[span], self.by_term.data[span]


def counts_of(
    rows: Ragged,
    n_terms: int,
    *,
    before: Counts | None = None,
    old_rows: Rows | None = None,
    renumbered: NDArray[np.int32] | None = None,
) -> Counts:
    """Count the terms (-1: none) of each row.

    With `before`, row r is row `old_rows[r]` of it, its terms renumbered (an ascending map, -1 for
    a term that is gone), and `rows` are those where that is -1, in order. The result is the same
    either way.
    """
    if before is None or old_rows is None or renumbered is None:
        matrix = _counted(rows, n_terms)
    else:
        fresh = np.flatnonzero(old_rows < 0)
        new = _counted(rows, n_terms)
        old = before.by_row
        kept = old_rows.copy()
        kept[fresh] = old.shape[0] + np.arange(len(fresh))
        live = renumbered[old.indices]
        # Terms that are gone stand only in rows that are gone: any column will do for them.
        old = Sparse(old.data, np.maximum(live, 0), old.indptr, (old.shape[0], n_terms))
        matrix = old.joined(new).take(kept)
    return Counts.of(matrix)


def _counted(rows: Ragged, n_terms: int) -> Sparse:
    kept = rows.values >= 0
    keys = rows.rows[kept] * n_terms + rows.values[kept]
    cells, counts = np.unique(keys, return_counts=True)
    n_rows = len(rows.indptr) - 1
    row, term = np.divmod(cells, max(n_terms, 1))
    return Sparse(
        data=counts.astype(np.float32),
        indices=term.astype(np.int32),
        indptr=np.searchsorted(row, np.arange(n_rows + 1)),
        shape=(n_rows, n_terms),
    )


def inverse_frequency(df: NDArray[np.int64], n: int) -> Scores:
    """Return ln(1 + (n - df + .5) / (df + .5)), positive for every df in 0..n."""
    return np.log1p((n - df + 0.5) / (df + 0.5))


def bm25(counts: Counts, terms: NDArray[np.int32], idf: Scores) -> Scores:
    """Score every text against a question's terms; only their postings are read.

    Parameters
    ----------
    terms : (t,) distinct terms, -1 for one that no text holds.
    idf : (t,) weight of each.

    Returns
    -------
    (r,) float64. Source: Robertson and Zaragoza (2009), The Probabilistic Relevance Framework,
    section 3.
    """
    scores = np.zeros(len(counts.lengths))
    for term, weight in zip(terms, idf, strict=True):
        if term >= 0:
            rows, saturated = _saturated(counts, term)
            scores[rows] += weight * saturated
    return scores


def _saturated(counts: Counts, term: int) -> tuple[NDArray[np.int32], NDArray[np.float32]]:
    rows, tf = counts.postings(term)
    norm = K1 * (1 - B + B * counts.lengths[rows] / np.float32(counts.mean_length))
    return rows, (tf * np.float32(K1 + 1) / (tf + norm)).astype(np.float32)


def norms(counts: Counts, weights: Scores) -> Scores:
    """Return (r,) lengths of the texts' (1 + ln tf) · weight vectors."""
    squares = weights[counts.damped.indices]
    squares *= counts.damped.data
    squares *= squares
    return np.sqrt(counts.damped.row_sums(squares))


def cosines(counts: Counts, terms: NDArray[np.int32], idf: Scores, row_norms: Scores) -> Scores:
    """Return (r,) cosines of (1 + ln tf) · idf vectors with the question's idf vector."""
    scores = np.zeros(len(counts.lengths))
    for term, weight in zip(terms, idf, strict=True):
        if term >= 0:
            rows, tf = counts.postings(term)
            scores[rows] += weight * weight * (1 + np.log(tf))
    held = np.flatnonzero(scores > 0)
    scores[held] /= row_norms.take(held) * float(np.sqrt(np.square(idf).sum()))
    return scores
