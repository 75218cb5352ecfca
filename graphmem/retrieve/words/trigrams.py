"""Likeness of texts by the letter trigrams of their terms: what spelling variants still share.

A text's vector is the sum of its terms' vectors, each (1 + ln tf) times the idf-weighted trigrams
of `#term#`; its length counts every term by itself. So nothing is kept for a text but a number.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from graphmem.retrieve.words.counts import Counts, Scores, inverse_frequency
from graphmem.retrieve.words.ragged import Rows, distinct, first_of_runs, lengths_of, places
from graphmem.retrieve.words.sparse import Sparse

N_BUCKETS = 1 << 17
"""Trigrams are hashed; English has some 20,000 of them."""


@dataclass(frozen=True, slots=True)
class Trigrams:
    """The trigrams of v terms."""

    by_bucket: Sparse
    """(buckets, v) count of the trigram in each term × idf."""
    idf: Scores
    """(buckets,)"""
    term_norms: Scores
    """(v,) length of each term's row."""
    lengths: Scores
    """(v,) letters of each term: so many trigrams it has, those that stand twice counted twice."""


def trigrams_of(terms: tuple[str, ...], df: NDArray[np.int64], n: int) -> Trigrams:
    """Split the terms; a trigram's document frequency is the sum over its terms, n at most."""
    counts = _trigram_counts(terms)
    held = np.bincount(counts.indices, counts.data * df[counts.rows], minlength=N_BUCKETS)
    idf = inverse_frequency(np.minimum(held, n), n)
    weighted = counts.with_data(counts.data * idf[counts.indices])
    squares = weighted.row_sums(np.square(weighted.data))
    return Trigrams(
        by_bucket=weighted.transposed(),
        idf=idf,
        term_norms=np.sqrt(squares),
        lengths=np.array([max(len(term), 1) for term in terms], np.float64),
    )


def _trigram_counts(terms: tuple[str, ...]) -> Sparse:
    """Return (terms, buckets) counts of hashed trigrams of `#term#`."""
    buckets, lengths = _hashed(terms)
    keys = np.repeat(np.arange(len(terms)) * N_BUCKETS, lengths) + buckets
    keys.sort()
    starts = first_of_runs(keys)
    row, bucket = np.divmod(keys[starts], N_BUCKETS)
    return Sparse(
        data=np.diff(starts, append=len(keys)).astype(np.float32),
        indices=bucket.astype(np.int32),
        indptr=np.searchsorted(row, np.arange(len(terms) + 1)),
        shape=(len(terms), N_BUCKETS),
    )


def _hashed(terms: tuple[str, ...]) -> tuple[NDArray[np.int32], Rows]:
    """Return the bucket of every trigram, term after term, and how many each term has."""
    joined = "".join(f"#{term}#" for term in terms)
    codes = np.frombuffer(joined.encode("utf-32-le", "surrogatepass"), np.uint32).astype(np.uint64)
    lengths = np.array([len(term) for term in terms], np.int64)
    ends = np.cumsum(lengths + 2)
    begin = np.delete(np.arange(len(codes)), np.concatenate((ends - 2, ends - 1)))
    mixed = codes[begin] * np.uint64(0x9E3779B97F4A7C15)
    mixed ^= codes[begin + 1] * np.uint64(0xC2B2AE3D27D4EB4F)
    mixed ^= codes[begin + 2] * np.uint64(0x165667B19E3779F9)
    return (mixed >> np.uint64(47)).astype(np.int32), lengths


def shared_trigrams(trigrams: Trigrams, words: tuple[str, ...]) -> tuple[Rows, Rows, Rows]:
    """Return which words share trigrams with which terms, and how many distinct ones: three (p,).

    The pairs are sorted; those that share none are left out.
    """
    hashed, lengths = _hashed(words)
    of_word = distinct(np.repeat(np.arange(len(words)) * N_BUCKETS, lengths) + hashed)
    word, buckets = np.divmod(of_word, N_BUCKETS)
    rows, n_terms = trigrams.by_bucket, trigrams.by_bucket.shape[1]
    places_of = np.repeat(word * n_terms, lengths_of(rows.indptr, buckets))
    keys = places_of + rows.indices[places(rows.indptr, buckets)]
    keys.sort()
    starts = first_of_runs(keys)
    word, term = np.divmod(keys[starts], max(n_terms, 1))
    return word, term, np.diff(starts, append=len(keys))


def term_likeness(trigrams: Trigrams, question: tuple[str, ...]) -> Scores:
    """Return (v,) what each term shares with a question's terms, known or not."""
    hashed, lengths = _hashed(question)
    of_term = distinct(np.repeat(np.arange(len(question)), lengths) * N_BUCKETS + hashed)
    buckets, n_terms = np.unique(of_term % N_BUCKETS, return_counts=True)
    weights = n_terms * trigrams.idf[buckets]
    rows = trigrams.by_bucket
    at = places(rows.indptr, buckets)
    shared = rows.data[at] * np.repeat(weights, lengths_of(rows.indptr, buckets))
    length = float(np.sqrt(np.square(weights).sum())) or 1.0
    return np.bincount(rows.indices[at], shared, minlength=rows.shape[1]) / length


def trigram_scores(likeness: Scores, counts: Counts, row_norms: Scores) -> Scores:
    """Return (r,) likeness of every text to a question's terms; about 0 to 1."""
    scores: Scores = counts.damped @ likeness
    return np.divide(scores, row_norms, out=scores, where=row_norms > 0)
