"""How often each term stands in each text, by text and by term; BM25 and tf-idf cosines of it."""

from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from graphmem.retrieve.words.ragged import Ragged, Rows, offsets
from graphmem.retrieve.words.sparse import Sparse, Values
from graphmem.vectors import put_in, shifted

Scores = NDArray[np.float64]

K1, B = 0.9, 0.4
"""Of BM25: where counts saturate, and how far lengths count. Short texts want less of both than
the usual 1.2 and 0.75."""


FEW = 5_000
"""New entries that are put one by one into the postings that are there."""


@dataclass(frozen=True)
class Counts:
    """r texts × v terms."""

    by_row: Sparse
    """(r, v) float32 counts, terms ascending in each row."""
    by_term: Sparse
    """(v, r) the same, by term: its postings."""
    lengths: NDArray[np.float32]
    """(r,) terms in each text, repeats counted."""
    df: NDArray[np.int64]
    """(v,) texts with the term."""
    mean_length: float
    """Of the texts; 1 when there are none, so that it divides."""

    @classmethod
    def of(
        cls,
        matrix: Sparse,
        by_term: Sparse | None = None,
        lengths: NDArray[np.float32] | None = None,
    ) -> "Counts":
        """Derive the rest from (r, v) counts, terms ascending in each row, or what is known."""
        by_term = matrix.transposed() if by_term is None else by_term
        if lengths is None:
            lengths = matrix.row_sums(matrix.data).astype(np.float32)
        return cls(
            by_row=matrix,
            by_term=by_term,
            lengths=lengths,
            df=np.diff(by_term.indptr).astype(np.int64),
            mean_length=float(lengths.mean(dtype=np.float64)) or 1.0 if len(lengths) else 1.0,
        )

    @cached_property
    def damped(self) -> Sparse:
        """(r, v) 1 + ln of each count; shares its places with `by_row`."""
        return self.by_row.with_data(1 + np.log(self.by_row.data))

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
        return _brought_forward(before, _counted(rows, n_terms), old_rows, renumbered)
    return Counts.of(matrix)


def _brought_forward(
    before: Counts, new: Sparse, old_rows: Rows, renumbered: NDArray[np.int32]
) -> Counts:
    """Return the counts of old and `new` rows; see `counts_of`."""
    fresh = np.flatnonzero(old_rows < 0)
    old, n_terms = before.by_row, new.shape[1]
    is_same = len(renumbered) == n_terms and bool((renumbered == np.arange(n_terms)).all())
    # Terms that are gone stand only in rows that are gone: any column will do for them.
    live = old.indices if is_same else shifted(old.indices, renumbered)
    live = np.maximum(live, 0) if (renumbered < 0).any() else live
    old = Sparse(old.data, live, old.indptr, (old.shape[0], n_terms))
    kept = old_rows.copy()
    kept[fresh] = old.shape[0] + np.arange(len(fresh))
    lengths = np.concatenate((before.lengths, new.row_sums(new.data).astype(np.float32)))[kept]
    by_term = _postings_forward(before, new, old_rows, renumbered)
    return Counts.of(old.joined_taken(new, kept), by_term, lengths)


def _postings_forward(
    before: Counts, new: Sparse, old_rows: Rows, renumbered: NDArray[np.int32]
) -> Sparse | None:
    """Return the postings of old rows and of a few `new` ones put in between.

    None: too many are new, some are gone, or the old ones changed places.
    """
    kept = np.flatnonzero(old_rows >= 0)
    old = before.by_term
    if len(new.data) > FEW or len(kept) < old.shape[1] or (np.diff(old_rows[kept]) < 0).any():
        return None
    row_of = np.empty(old.shape[1], np.int32)
    row_of[old_rows[kept]] = kept
    rows = shifted(old.indices, row_of)
    fresh = np.flatnonzero(old_rows < 0)[new.rows]
    order = np.lexsort((fresh, new.indices))
    terms, fresh, data = new.indices[order], fresh[order], new.data[order]
    lengths = np.zeros(new.shape[1], np.int64)
    lengths[renumbered] = np.diff(old.indptr)
    starts = offsets(lengths)
    at = [
        int(starts[term] + np.searchsorted(rows[starts[term] : starts[term + 1]], row))
        for term, row in zip(terms.tolist(), fresh.tolist(), strict=True)
    ]
    np.add.at(lengths, terms, 1)
    return Sparse(
        data=put_in(old.data, at, data),
        indices=put_in(rows, at, fresh),
        indptr=offsets(lengths),
        shape=(new.shape[1], len(old_rows)),
    )


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
