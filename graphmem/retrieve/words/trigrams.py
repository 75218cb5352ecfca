"""Likeness of texts by the letter trigrams of their terms: what spelling variants still share.

A text's vector is the sum of its terms' vectors, each (1 + ln tf) times the idf-weighted trigrams
of `#term#`; its length counts every term by itself. So nothing is kept for a text but a number.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from graphmem.retrieve.words.cosines import Norms
from graphmem.retrieve.words.counts import Counts, Scores, inverse_frequency
from graphmem.retrieve.words.loops import CountLoops, over_norms
from graphmem.retrieve.words.ragged import (
    Rows,
    distinct,
    first_of_runs,
    lengths_of,
    offsets,
    places,
)
from graphmem.retrieve.words.sparse import Sparse
from graphmem.vectors import put_in, shifted

N_BUCKETS = 1 << 17
"""Trigrams are hashed; English has some 20,000 of them."""
FEW = 8
"""New terms are put in between the old ones if no more than one of so many is new."""


@dataclass(frozen=True)
class Trigrams:
    """The trigrams of v terms, which n texts hold."""

    by_bucket: Sparse
    """(buckets, v) count of the trigram in each term."""
    lengths: Scores
    """(v,) letters of each term: so many trigrams it has, those that stand twice counted twice."""
    df: NDArray[np.int64]
    """(v,) texts with the term."""
    n: int

    @cached_property
    def held(self) -> Scores:
        """(buckets,) the sum of the document frequencies of a trigram's terms: a whole number, so
        it is the same in whichever order it is summed up. This and what follows from it is for
        searches of passages alone."""
        counts = self.by_bucket
        worth = counts.data * self.df[counts.indices]
        return np.bincount(counts.rows, worth, N_BUCKETS).astype(np.float64, copy=False)

    @cached_property
    def idf(self) -> Scores:
        """(buckets,) by `held`, n at most."""
        return inverse_frequency(np.minimum(self.held, self.n), self.n)

    @cached_property
    def weights(self) -> Scores:
        """Each count of `by_bucket` times the trigram's idf."""
        counts = self.by_bucket
        weights: Scores = self.idf.repeat(np.diff(counts.indptr))
        weights *= counts.data
        return weights

    @cached_property
    def term_norms(self) -> Scores:
        """(v,) length of each term's row."""
        counts = self.by_bucket
        return np.sqrt(np.bincount(counts.indices, np.square(self.weights), counts.shape[1]))


def trigrams_of(
    terms: Sequence[str],
    df: NDArray[np.int64],
    n: int,
    before: Trigrams | None = None,
    moved: NDArray[np.int32] | None = None,
) -> Trigrams:
    """Split the terms, or only those that `before` lacks: `moved` has the new number of each there,
    ascending, -1 for one that is gone."""
    if before is not None and moved is not None:
        is_new = np.ones(len(terms), np.bool_)
        is_new[moved[moved >= 0]] = False
        new = np.flatnonzero(is_new)
        if len(new) * FEW <= len(terms):
            by_bucket = _brought_forward(before.by_bucket, terms, new, moved)
            made = Trigrams(by_bucket, _lengths(terms, new, before.lengths, moved), df, n)
            if "held" in before.__dict__ and not (moved < 0).any():
                made.__dict__["held"] = _held_again(before, terms, df, moved)
            return made
    everything = np.arange(len(terms))
    lengths = _lengths(terms, everything, np.empty(0), np.empty(0, np.int32))
    return Trigrams(_trigram_counts(terms).transposed(), lengths, df, n)


def _held_again(
    before: Trigrams, terms: Sequence[str], df: NDArray[np.int64], moved: NDArray[np.int32]
) -> Scores:
    """Return `Trigrams.held` of now, of terms of which none is gone."""
    more = df.copy()
    more[moved] -= before.df
    changed = np.flatnonzero(more)
    added = _trigram_counts([terms[at] for at in changed.tolist()])
    shares = added.data * more[changed][added.rows]
    held: Scores = before.held + np.bincount(added.indices, shares, N_BUCKETS)
    return held


def _lengths(terms: Sequence[str], new: Rows, before: Scores, moved: NDArray[np.int32]) -> Scores:
    lengths = np.empty(len(terms))
    lengths[moved[moved >= 0]] = before[moved >= 0]
    lengths[new] = [max(len(terms[at]), 1) for at in new.tolist()]
    return lengths


def _brought_forward(
    old: Sparse, terms: Sequence[str], new: Rows, moved: NDArray[np.int32]
) -> Sparse:
    """Return the counts by bucket of the terms that are left and of a few new ones."""
    if not len(new) and len(moved) == len(terms):
        return old
    data, indices, indptr = old.data, shifted(old.indices, moved), old.indptr
    if (moved < 0).any():
        kept = indices >= 0
        indptr = offsets(kept.astype(np.int64))[indptr]
        data, indices = data[kept], indices[kept]
    added = _trigram_counts([terms[at] for at in new.tolist()])
    order = np.argsort(added.indices, kind="stable")
    buckets, numbers = added.indices[order], new[added.rows[order]]
    at = [
        int(indptr[b] + np.searchsorted(indices[indptr[b] : indptr[b + 1]], number))
        for b, number in zip(buckets.tolist(), numbers.tolist(), strict=True)
    ]
    return Sparse(
        data=put_in(data, at, added.data[order]),
        indices=put_in(indices, at, numbers),
        indptr=indptr + offsets(np.bincount(buckets, minlength=N_BUCKETS)),
        shape=(N_BUCKETS, len(terms)),
    )


def _trigram_counts(terms: Sequence[str]) -> Sparse:
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


def _hashed(terms: Sequence[str]) -> tuple[NDArray[np.int32], Rows]:
    """Return the bucket of every trigram, term after term, and how many each term has."""
    joined = "".join(f"#{term}#" for term in terms)
    codes = np.frombuffer(joined.encode("utf-32-le", "surrogatepass"), np.uint32).astype(np.uint64)
    lengths = np.array([len(term) for term in terms], np.int64)
    ends = np.cumsum(lengths + 2)
    is_begin = np.ones(len(codes), np.bool_)
    is_begin[ends - 2] = is_begin[ends - 1] = False
    begin = np.flatnonzero(is_begin)
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
    shared = trigrams.weights[at] * np.repeat(weights, lengths_of(rows.indptr, buckets))
    length = float(np.sqrt(np.square(weights).sum())) or 1.0
    return np.bincount(rows.indices[at], shared, minlength=rows.shape[1]) / length


def trigram_scores(likeness: Scores, counts: Counts, row_norms: Norms) -> Scores:
    """Return (r,) likeness of every text to a question's terms; about 0 to 1."""
    loops = CountLoops.of(counts)
    scores = counts.damped @ likeness if loops is None else loops.likeness(likeness)
    over_norms(scores, row_norms.all)
    return scores
