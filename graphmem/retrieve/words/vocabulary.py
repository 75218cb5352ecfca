"""The words that texts use: every form as written, what it folds to, what search counts it as."""

from bisect import bisect_left
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from itertools import compress
from typing import Any

import numpy as np
from numpy.typing import NDArray

from graphmem.retrieve.words.content import is_content
from graphmem.retrieve.words.places import place_of
from graphmem.retrieve.words.ragged import Ragged
from graphmem.retrieve.words.terms import terms_of
from graphmem.runs import Piece, Runs
from graphmem.text import normalise
from graphmem.vectors import shifted

_AT_HAND = 4_096
"""Texts whose place is kept."""

FEW_GONE = 64
"""Texts that are left out of a sequence without a copy of the others."""
Renumbered = NDArray[np.int32]
"""The new number of each old one, ascending; -1 for one that is gone."""


@dataclass(frozen=True, slots=True, eq=False)
class Places(Mapping[str, int]):
    """The place of each of some sorted, distinct texts, found by halving.

    Those asked for last are kept at hand: one question asks for each of its words several times.
    """

    texts: Sequence[str]
    _known: dict[str, int] = field(init=False, default_factory=dict, compare=False, repr=False)
    """-1 for one that is not there."""

    def __getitem__(self, text: str) -> int:
        at: int = self.get(text, -1)
        if at < 0:
            raise KeyError(text)
        return at

    def __contains__(self, text: object) -> bool:
        return isinstance(text, str) and self.get(text, -1) >= 0

    def get(self, text: str, default: Any = None) -> Any:
        """Return the place of a text, `default` for one that is not there."""
        at = self._known.get(text)
        if at is None:
            if len(self._known) >= _AT_HAND:
                self._known.clear()
            at = self._known[text] = self._found(text)
        return default if at < 0 else at

    def _found(self, text: str) -> int:
        at = place_of(self.texts, text)
        return at if at < len(self.texts) and self.texts[at] == text else -1

    def __iter__(self) -> Iterator[str]:
        return iter(self.texts)

    def __len__(self) -> int:
        return len(self.texts)


@dataclass(frozen=True)
class Vocabulary:
    """Every word as written, its folded form, and the term (stem) that search counts.

    All three are sorted, so that equal sets of texts have equal numbers.
    """

    surfaces: Sequence[str]
    """A stop word that carries content is a form of its own (`content.marked`)."""
    words: Sequence[str]
    """Folded forms, stop words included: what names are compared by."""
    terms: Sequence[str]
    """Stems of the words that carry content."""
    word_of: NDArray[np.int32]
    """(surfaces,)"""
    term_of: NDArray[np.int32]
    """(surfaces,) -1 for a stop word."""
    parts: Ragged
    """Of each surface: the further terms that it holds, see `terms_in`."""
    is_capital: NDArray[np.bool_]
    """(surfaces,) begins with a capital or a digit, or its script has no case."""

    def terms_of(self, rows: Ragged) -> Ragged:
        """Return the terms of each of some rows of surfaces, those of parts last."""
        own = Ragged(rows.indptr, self.term_of[rows.values])
        parts = self.parts.take(rows.values.astype(np.int64))
        if not len(parts.values):
            return own
        parts = Ragged(parts.indptr[rows.indptr], parts.values)
        n = len(rows.indptr) - 1
        both = own.joined(parts).take(np.arange(2 * n).reshape(2, n).T.ravel())
        return Ragged(both.indptr[::2], both.values)

    @cached_property
    def surface_numbers(self) -> Places:
        """The number of each word as written."""
        return Places(self.surfaces)

    @cached_property
    def term_numbers(self) -> Places:
        """The number of each term."""
        return Places(self.terms)

    @cached_property
    def word_numbers(self) -> Places:
        """The number of each folded word."""
        return Places(self.words)


def vocabulary_of(forms: Sequence[str], words: Sequence[str]) -> Vocabulary:
    """Return the vocabulary of some sorted forms, `words` what each folds to."""
    pairs = zip(forms, words, strict=True)
    found = [terms_of(form, word) if is_content(form, word) else () for form, word in pairs]
    distinct = sorted(set(words))
    terms = sorted({term for held in found for term in held})
    word_number = {word: number for number, word in enumerate(distinct)}
    term_number = {term: number for number, term in enumerate(terms)}
    return Vocabulary(
        surfaces=tuple(forms),
        words=tuple(distinct),
        terms=tuple(terms),
        word_of=np.array([word_number[word] for word in words], np.int32),
        term_of=np.array([term_number[held[0]] if held else -1 for held in found], np.int32),
        parts=Ragged.of([term_number[term] for term in held[1:]] for held in found),
        is_capital=np.array([form[0] == form[0].upper() for form in forms], np.bool_),
    )


@dataclass(frozen=True, slots=True)
class Grown:
    """A vocabulary, and the new numbers of what an earlier one holds."""

    vocabulary: Vocabulary
    surfaces: Renumbered
    terms: Renumbered


def renumbered(rows: Ragged, numbers: Renumbered) -> Ragged:
    """Return the same rows by new numbers; themselves if nothing has another."""
    if not len(numbers) or numbers[-1] == len(numbers) - 1:  # ascending: then all are as they were
        return rows
    return Ragged(rows.indptr, shifted(rows.values, numbers))


def shrunk(before: Vocabulary, used: NDArray[np.bool_]) -> Grown:
    """Return the vocabulary of some of the surfaces alone."""
    kept = np.flatnonzero(used)
    parts = before.parts.take(kept)
    words, word_at = _used(before.words, before.word_of[kept])
    held = np.concatenate((before.term_of[kept], parts.values))
    terms, term_at = _used(before.terms, held[held >= 0])
    surfaces, surface_at = _used(before.surfaces, kept)
    vocabulary = Vocabulary(
        surfaces=surfaces,
        words=words,
        terms=terms,
        word_of=word_at[before.word_of[kept]],
        term_of=np.append(term_at, np.int32(-1))[before.term_of[kept]],
        parts=Ragged(parts.indptr, term_at[parts.values]),
        is_capital=before.is_capital[kept],
    )
    return Grown(vocabulary, surface_at, term_at)


def _used(texts: Sequence[str], numbers: NDArray[np.integer]) -> tuple[Sequence[str], Renumbered]:
    """Return the texts of these numbers, and the new numbers of all, -1 for those that go."""
    used = np.zeros(len(texts), np.bool_)
    used[numbers] = True
    moved = np.where(used, np.cumsum(used) - 1, -1).astype(np.int32)
    gone = np.flatnonzero(~used).tolist()
    if len(gone) > FEW_GONE:
        return tuple(compress(texts, used.tolist())), moved
    stays = zip([0, *(at + 1 for at in gone)], [*gone, len(texts)], strict=True)
    return Runs((texts, start, stop) for start, stop in stays), moved


def grown(before: Vocabulary, forms: Sequence[str]) -> Grown:
    """Return the vocabulary of what was there and some other forms, sorted: `vocabulary_of` both.

    The work goes with the forms, but for copies of the arrays.
    """
    if not forms:
        n_surfaces, n_terms = len(before.surfaces), len(before.terms)
        same = np.arange(max(n_surfaces, n_terms), dtype=np.int32)
        return Grown(before, same[:n_surfaces], same[:n_terms])
    added = vocabulary_of(forms, [normalise(form) for form in forms])
    surfaces, surface_at = _inserted(before.surfaces, added.surfaces)
    words, word_at = _inserted(before.words, added.words)
    terms, term_at = _inserted(before.terms, added.terms)
    new = np.array([bisect_left(surfaces, form) for form in forms], np.int64)
    word_of, term_of = np.empty((2, len(surfaces)), np.int32)
    is_capital = np.empty(len(surfaces), np.bool_)
    of_word = [bisect_left(words, word) for word in added.words]
    of_term = [*(bisect_left(terms, term) for term in added.terms), -1]
    for at, old, fresh in (
        (word_of, word_at[before.word_of], np.array(of_word, np.int32)[added.word_of]),
        (
            term_of,
            np.append(term_at, np.int32(-1))[before.term_of],
            np.array(of_term, np.int32)[added.term_of],
        ),
        (is_capital, before.is_capital, added.is_capital),
    ):
        at[surface_at], at[new] = old, fresh
    rows = np.empty(len(surfaces), np.int64)
    rows[surface_at] = np.arange(len(before.surfaces))
    rows[new] = len(before.surfaces) + np.arange(len(forms))
    old_parts = Ragged(before.parts.indptr, term_at[before.parts.values])
    own = Ragged(added.parts.indptr, np.array(of_term, np.int32)[added.parts.values])
    vocabulary = Vocabulary(
        surfaces=surfaces,
        words=words,
        terms=terms,
        word_of=word_of,
        term_of=term_of,
        parts=old_parts.joined(own).take(rows),
        is_capital=is_capital,
    )
    return Grown(vocabulary, surface_at, term_at)


def _inserted(texts: Sequence[str], added: Sequence[str]) -> tuple[Sequence[str], Renumbered]:
    """Return sorted texts and others together, sorted, and the new places of the first."""
    at = [(bisect_left(texts, text), text) for text in added]
    new = [(place, text) for place, text in at if place == len(texts) or texts[place] != text]
    pieces: list[Piece[str]] = []
    done = 0
    for place, text in new:
        pieces += [(texts, done, place), ((text,), 0, 1)]
        done = place
    shifts = np.bincount([place for place, _ in new], minlength=len(texts) + 1)[: len(texts)]
    moved = np.arange(len(texts), dtype=np.int32) + np.cumsum(shifts, dtype=np.int32)
    return Runs([*pieces, (texts, done, len(texts))]), moved
