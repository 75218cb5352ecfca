"""How often each term stands in each text, by text and by term; BM25 and tf-idf cosines of it."""

from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from graphmem.retrieve.words.overlay import Entries, Overlay, Table, rows_then
from graphmem.retrieve.words.ragged import Ragged, Rows
from graphmem.retrieve.words.sparse import Sparse
from graphmem.vectors import put_in, shifted

Scores = NDArray[np.float64]

K1, B = 0.9, 0.4
"""Of BM25: where counts saturate, and how far lengths count. Short texts want less of both than
the usual 1.2 and 0.75."""


AT_HAND = 1 << 21
"""Postings that are kept at hand, at most: 16 MB."""
FEW = 5_000
"""Entries that an overlay holds at most: beyond, they are merged into a base of their own."""


@dataclass(frozen=True)
class Counts:
    """r texts × v terms."""

    base: Table
    """Float32 counts, terms ascending in each row."""
    overlay: Overlay | None
    """Texts that came since; None: none did."""
    base_lengths: NDArray[np.float32]
    """(b,) terms in each text that the base holds, repeats counted."""
    df: NDArray[np.int64]
    """(v,) texts with the term."""
    n_terms: float
    """In all texts, repeats counted."""
    part: Rows | None = None
    """(r,) the texts among those of the tables, ascending; None: they are all of them."""

    @classmethod
    def of(cls, matrix: Sparse) -> "Counts":
        """Derive the rest from (r, v) counts, terms ascending in each row."""
        lengths = matrix.row_sums(matrix.data).astype(np.float32)
        return cls.made(Table.of(matrix), lengths)

    @classmethod
    def made(cls, base: Table, lengths: NDArray[np.float32]) -> "Counts":
        """Derive the rest from a table and the lengths of its texts."""
        df = np.diff(base.by_column.indptr).astype(np.int64)
        return cls(base, None, lengths, df, _total(lengths))

    def of_part(self, texts: Rows) -> "Counts":
        """Return the counts of some of the texts alone, ascending; the tables are shared."""
        df, n_terms = self._df_among(texts), _total(self.lengths[texts])
        part = texts if self.part is None else self.part[texts]
        return Counts(self.base, self.overlay, self.base_lengths, df, n_terms, part)

    @property
    def n_texts(self) -> int:
        """How many texts there are."""
        if self.part is not None:
            return len(self.part)
        return len(self.base_lengths) + (0 if self.overlay is None else len(self.overlay.rows))

    @property
    def mean_length(self) -> float:
        """Of the texts; 1 when there are none, so that it divides."""
        return (self.n_terms / self.n_texts or 1.0) if self.n_texts else 1.0

    @cached_property
    def lengths(self) -> NDArray[np.float32]:
        """(r,) terms in each text, repeats counted."""
        lengths = self.base_lengths
        if self.overlay is not None:
            rows, new = self.overlay.rows, self.overlay.new.by_row
            before = (rows - np.arange(len(rows))).tolist()
            lengths = put_in(lengths, before, new.row_sums(new.data))
        return lengths if self.part is None else lengths[self.part]

    def _df_among(self, texts: Rows) -> NDArray[np.int64]:
        """Return (v,) in how many of some texts each term stands."""
        if 2 * len(texts) <= self.n_texts:
            return np.bincount(self.rows(texts).indices, minlength=len(self.df))
        is_other = np.ones(self.n_texts, np.bool_)
        is_other[texts] = False
        others = self.rows(np.flatnonzero(is_other)).indices
        return self.df - np.bincount(others, minlength=len(self.df))

    @cached_property
    def by_row(self) -> Sparse:
        """(r, v) the counts of all texts; of some, see `rows`."""
        base = self.base.by_row
        whole = base if self.overlay is None else self.overlay.rows_merged(base)
        return whole if self.part is None else whole.take(self.part)

    @cached_property
    def damped(self) -> Sparse:
        """(r, v) 1 + ln of each count; shares its places with `by_row`."""
        return self.by_row.with_data(1 + np.log(self.by_row.data))

    def row(self, text: int) -> Entries:
        """Return the terms of a text, ascending, and how often it says each."""
        base, row = self.base.by_row, text if self.part is None else int(self.part[text])
        return base.row(row) if self.overlay is None else self.overlay.row(base, row)

    def rows(self, texts: Rows) -> Sparse:
        """Return (t, v) the counts of some texts."""
        base, rows = self.base.by_row, texts if self.part is None else self.part[texts]
        return base.take(rows) if self.overlay is None else self.overlay.some_rows(base, rows)

    def postings(self, term: int) -> Entries:
        """Return the texts with a term, ascending, and how often it stands in each."""
        if self.overlay is None and self.places is None:
            return self.base.by_column.row(term)  # as they lie
        if (found := self._at_hand.get(term)) is None:
            found = self._postings(term)
            kept = list(self._at_hand.values())  # other threads may put more in meanwhile
            if len(found[0]) + sum(len(rows) for rows, _ in kept) > AT_HAND:
                self._at_hand.clear()
            self._at_hand[term] = found
        return found

    @cached_property
    def _at_hand(self) -> dict[int, Entries]:
        """The postings that were put together last: a question asks for the same ones often."""
        return {}

    def _postings(self, term: int) -> Entries:
        base = self.base.by_column
        rows, found = base.row(term) if self.overlay is None else self.overlay.column(base, term)
        if self.places is None:
            return rows, found
        here = self.places[rows]
        is_here = here >= 0
        return here[is_here], found[is_here]

    @cached_property
    def places(self) -> NDArray[np.int32] | None:
        """The text that each row of the tables is, -1 for one of another part; None: all are."""
        if self.part is None:
            return None
        added = 0 if self.overlay is None else len(self.overlay.rows)
        places = np.full(self.base.by_row.shape[0] + added, -1, np.int32)
        places[self.part] = np.arange(len(self.part), dtype=np.int32)
        return places

    @cached_property
    def of_base(self) -> NDArray[np.int32] | None:
        """The text that each row of the base is, -1 for one of another part; None: all are, as they
        lie there."""
        if self.overlay is None:
            return self.places
        stand = self.overlay.base_rows(self.base.by_row.shape[0])
        return stand if self.places is None else self.places[stand]

    @cached_property
    def damping(self) -> NDArray[np.float64]:
        """1 + ln of each count from 0 up to the longest text, in the precision of `damped`."""
        counts = np.arange(int(self.lengths.max(initial=1)) + 1, dtype=np.float32)
        counts[0] = 1
        damped: NDArray[np.float64] = (1 + np.log(counts)).astype(np.float64)
        return damped


def _total(lengths: NDArray[np.float32]) -> float:
    """Return the sum of whole numbers, the same in whatever order they are added up."""
    return float(lengths.sum(dtype=np.float64))


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
    matrix = counted(rows, n_terms)
    if before is None or old_rows is None or renumbered is None:
        return Counts.of(matrix)
    return _brought_forward(before, matrix, old_rows, renumbered)


def counts_with(
    before: Counts,
    rows: Ragged,
    put: Rows,
    renumbered: NDArray[np.int32],
    n_terms: int,
    *,
    few: int,
) -> Counts:
    """Return the counts of all texts once others, whose terms are `rows`, are put in at `put`.

    As `counts_of`, where nothing is gone. At most `few` entries are left in the overlay.
    """
    new = counted(rows, n_terms)
    if len(new.data) > FEW:
        old_rows = rows_then(put, before.n_texts + len(put))
        return _brought_forward(before, new, old_rows, renumbered)
    overlay = before.overlay or Overlay.nothing(len(before.df))
    overlay = overlay.with_rows(new, put, renumbered)
    df = np.bincount(new.indices, minlength=n_terms)
    df[renumbered] += before.df
    total = before.n_terms + _total(new.data)
    counts = Counts(before.base, overlay, before.base_lengths, df, total)
    if len(overlay.new.by_row.data) <= few:
        return counts
    return Counts.made(overlay.merged(before.base), counts.lengths)


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
    return Counts.made(Table.of(old.joined_taken(new, kept)), lengths)


def counted(rows: Ragged, n_terms: int) -> Sparse:
    """Return how often each of `rows` has each term, -1 for none."""
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
