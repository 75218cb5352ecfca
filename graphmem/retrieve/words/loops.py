"""The compiled loops of `scores.c`, where a compiler was there when graphmem was installed."""

import ctypes
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from graphmem.rankers.kernel import address_of, kernel
from graphmem.retrieve.words.overlay import Overlay, Table
from graphmem.retrieve.words.sparse import Sparse

Column = NDArray[np.float64]
Numbers = NDArray[np.int32]


class Tables(Protocol):
    """What the loops read of counts."""

    @property
    def base(self) -> Table:
        """What stays as it is."""

    @property
    def overlay(self) -> Overlay | None:
        """Texts that came since."""

    @property
    def lengths(self) -> NDArray[np.float32]:
        """(r,) terms in each text."""

    @property
    def places(self) -> Numbers | None:
        """The text that each row of the tables is, -1 for one of another part; None: all are."""

    @property
    def of_base(self) -> Numbers | None:
        """The same of each row of the base."""

    @property
    def damping(self) -> Column:
        """What each count from 0 comes to."""


class _Table(ctypes.Structure):
    _fields_ = tuple(
        (name, ctypes.c_void_p)
        for name in ("starts", "columns", "counts", "damped", "numbers", "texts")
    )


class CountLoops:
    """The loops over counts as they lie: a base, and the texts that came since."""

    def __init__(self, loaded: ctypes.CDLL, counts: Tables) -> None:
        self._loaded, self._counts = loaded, counts

    @classmethod
    def of(cls, counts: Tables) -> "CountLoops | None":
        """Return the loops over some counts; None where nobody compiled them."""
        loaded = kernel()
        return None if loaded is None else cls(loaded, counts)

    def fill_norms(self, weights: Column, scores: Column, norms: Column) -> None:
        """Put the lengths of the texts' (1 + ln tf) · weight vectors where scores are above 0 and
        the length is not known, which is below 0."""
        counts = self._counts
        base, overlay = counts.base.by_row, counts.overlay
        numbers = None if overlay is None else overlay.numbers
        columns = weights, scores, norms
        self._by_text("fill_norms", base, (numbers, counts.of_base), *columns)
        if overlay is not None:
            self._by_text("fill_norms", overlay.new.by_row, (None, self._added()), *columns)

    def likeness(self, likeness: Column) -> Column:
        """Return (r,) the sum of the likeness of each text's terms, each times 1 + ln tf."""
        counts, scores = self._counts, np.zeros(len(self._counts.lengths))
        overlay = counts.overlay
        terms = np.flatnonzero(likeness).astype(np.int32)
        numbers = terms
        if overlay is not None:
            numbers = overlay.columns[terms]
            terms, numbers = terms[numbers >= 0], numbers[numbers >= 0]
        worth = likeness[terms]
        table = self._table(counts.base.by_column, None, counts.of_base)
        self._loaded.add_likeness(
            ctypes.addressof(table), address_of(numbers), address_of(worth), len(terms),
            address_of(scores),
        )  # fmt: skip
        if overlay is not None:
            new = overlay.new.by_row
            self._by_text("row_likeness", new, (None, self._added()), likeness, scores)
        return scores

    def _added(self) -> Numbers:
        """Return the text that each row of the overlay is, -1 for one of another part."""
        overlay, places = self._counts.overlay, self._counts.places
        assert overlay is not None
        return overlay.rows.astype(np.int32) if places is None else places[overlay.rows]

    def _by_text(
        self,
        loop: str,
        rows: Sparse,
        moved: tuple[Numbers | None, Numbers | None],
        *columns: Column,
    ) -> None:
        """Run a loop over rows, whose terms and texts have `moved`; it fills in the last column."""
        table = self._table(rows, *moved)
        at = map(address_of, columns)
        getattr(self._loaded, loop)(ctypes.addressof(table), rows.shape[0], *at)

    def _table(self, entries: Sparse, numbers: Numbers | None, texts: Numbers | None) -> _Table:
        arrays = (entries.indptr, entries.indices, entries.data, self._counts.damping)
        return _Table(*(address_of(array) for array in (*arrays, numbers, texts)))


def row_norms(rows: Sparse, damping: Column, weights: Column) -> Column | None:
    """Return (r,) lengths of the (1 + ln count) · weight vectors of some rows of counts; None where
    nobody compiled the loop. `damping` is what each count from 0 comes to."""
    if (loaded := kernel()) is None:
        return None
    n = rows.shape[0]
    asked, lengths = np.ones(n), np.full(n, -1.0)
    arrays = (rows.indptr, rows.indices, rows.data, damping, None, None)
    table = _Table(*map(address_of, arrays))
    columns = map(address_of, (weights, asked, lengths))
    loaded.fill_norms(ctypes.addressof(table), n, *columns)
    return lengths


def over_norms(scores: Column, norms: Column, length: float = 1.0) -> None:
    """Divide what is above 0 by the length of its text, and by that of the question, in place."""
    if (loaded := kernel()) is not None:
        loaded.over_norms(address_of(scores), address_of(norms), len(scores), length)
        return
    held = np.flatnonzero((scores > 0) & (norms > 0))
    scores[held] /= norms.take(held) * length


def as_shares(scores: Column) -> None:
    """Make scores shares of the best, in place; what is below 0 counts as 0."""
    if (loaded := kernel()) is not None:
        loaded.as_shares(address_of(scores), len(scores))
        return
    np.maximum(scores, 0, out=scores)
    if (top := float(scores.max(initial=0))) > 0:
        scores /= top


def best_of_rows(starts: NDArray[np.int64], values: Column) -> Column:
    """Return (r,) the largest value of each row, none below 0; rows begin at `starts` (r + 1,)."""
    best = np.zeros(len(starts) - 1)
    if (loaded := kernel()) is not None:
        at = address_of(starts), len(best), address_of(values), address_of(best)
        loaded.best_of_rows(*at)
        return best
    held = np.flatnonzero(np.diff(starts))  # of a row without values nothing is the largest
    if len(held):
        best[held] = np.maximum(np.maximum.reduceat(values, starts[held]), 0)
    return best
