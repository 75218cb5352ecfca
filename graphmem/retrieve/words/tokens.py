"""The texts of a snapshot as numbers: every word as written, sentence by sentence, in arrays."""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from graphmem.arrays import GraphSnapshot
from graphmem.retrieve.words.content import is_content, marked
from graphmem.retrieve.words.known import rows_before
from graphmem.retrieve.words.ragged import Ragged, Rows, places
from graphmem.retrieve.words.terms import terms_in
from graphmem.text import normalise, surfaces
from graphmem.types import NoteId


@dataclass(frozen=True)
class Vocabulary:
    """Every word as written, its folded form, and the term (stem) that search counts.

    All three are sorted, so that equal sets of texts have equal numbers.
    """

    surfaces: tuple[str, ...]
    """A stop word that carries content is a form of its own (`content.marked`)."""
    words: tuple[str, ...]
    """Folded forms, stop words included: what names are compared by."""
    terms: tuple[str, ...]
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
    def term_numbers(self) -> dict[str, int]:
        """The number of each term."""
        return {term: number for number, term in enumerate(self.terms)}

    @cached_property
    def word_numbers(self) -> dict[str, int]:
        """The number of each folded word."""
        return {word: number for number, word in enumerate(self.words)}


@dataclass(frozen=True, slots=True)
class Tokens:
    """The words of n notes with s sentences. Words are numbers of `vocabulary.surfaces`."""

    note_ids: tuple[NoteId, ...]
    titles: tuple[str | None, ...]
    sentence_indptr: Rows
    """(n + 1,)"""
    sentences: Ragged
    """s rows"""
    title_words: Ragged
    """n rows, empty without a title"""
    vocabulary: Vocabulary


class _Numbers(dict[str, int]):
    """Numbers words in the order in which they are first asked for."""

    def __missing__(self, word: str) -> int:
        number = self[word] = len(self)
        return number


def tokens_of(snapshot: GraphSnapshot, before: Tokens | None = None) -> tuple[Tokens, Rows]:
    """Number the words of a snapshot, reading only the texts that `before` does not hold.

    Returns the tokens and (n,) the row of each note in `before`, -1 for one that was read now.
    The tokens are the same whatever `before` was.
    """
    old_rows = _rows_in(before, snapshot)
    numbers = _Numbers()
    if before is not None:
        numbers.update({word: at for at, word in enumerate(before.vocabulary.surfaces)})
    fresh = np.flatnonzero(old_rows < 0)
    titles = Ragged.of(_numbered(numbers, snapshot.titles[i] or "") for i in fresh)
    sentences = Ragged.of(_numbered(numbers, piece) for piece in _sentences(snapshot, fresh))
    if before is not None:
        counts = np.diff(snapshot.sentence_indptr)
        note_rows = old_rows.copy()
        note_rows[fresh] = len(before.note_ids) + np.arange(len(fresh))
        indptr = np.concatenate(
            (before.sentence_indptr, before.sentence_indptr[-1] + np.cumsum(counts[fresh]))
        )
        titles = before.title_words.joined_taken(titles, note_rows)
        sentences = before.sentences.joined_taken(sentences, places(indptr, note_rows))
    vocabulary, renumbered = _vocabulary(list(numbers), (sentences, titles), before)
    return Tokens(
        note_ids=snapshot.note_ids,
        titles=snapshot.titles,
        sentence_indptr=snapshot.sentence_indptr,
        sentences=Ragged(sentences.indptr, renumbered[sentences.values]),
        title_words=Ragged(titles.indptr, renumbered[titles.values]),
        vocabulary=vocabulary,
    ), old_rows


def _rows_in(before: Tokens | None, snapshot: GraphSnapshot) -> Rows:
    if before is None:
        return np.full(len(snapshot.note_ids), -1, np.int64)
    rows = rows_before(before.note_ids, snapshot.note_ids)
    if any(snapshot.titles) or any(before.titles):
        titles = zip(rows.tolist(), snapshot.titles, strict=True)
        rows[[row >= 0 and before.titles[row] != title for row, title in titles]] = -1
    return rows


def _numbered(numbers: _Numbers, text: str) -> list[int]:
    return [numbers[word] for word in marked(surfaces(text))]


def _sentences(snapshot: GraphSnapshot, notes: Rows) -> Iterable[str]:
    for i in notes:
        text = snapshot.texts[i]
        for start, end in snapshot.sentence_spans[
            snapshot.sentence_indptr[i] : snapshot.sentence_indptr[i + 1]
        ].tolist():
            yield text[start:end]


def _vocabulary(
    numbered: list[str], used: tuple[Ragged, ...], before: Tokens | None
) -> tuple[Vocabulary, NDArray[np.int32]]:
    """Sort what is still used; return also the new number of each old one."""
    seen = np.zeros(len(numbered), np.bool_)
    for ragged in used:
        seen[ragged.values] = True
    if before is not None and len(numbered) == len(before.vocabulary.surfaces) and seen.all():
        return before.vocabulary, np.arange(len(numbered), dtype=np.int32)
    live = np.flatnonzero(seen)
    order = live[sorted(range(len(live)), key=lambda at: numbered[live[at]])]
    renumbered = np.full(len(numbered), -1, np.int32)
    renumbered[order] = np.arange(len(order), dtype=np.int32)
    folded: dict[str, str] = {}
    if before is not None:
        old = before.vocabulary
        folded = {
            surface: old.words[word]
            for surface, word in zip(old.surfaces, old.word_of.tolist(), strict=True)
        }
    forms = tuple(numbered[at] for at in order)
    words = [folded.get(form) or normalise(form) for form in forms]
    return _numbered_forms(forms, words), renumbered


def _numbered_forms(forms: tuple[str, ...], words: list[str]) -> Vocabulary:
    pairs = zip(forms, words, strict=True)
    found = [terms_in(form) if is_content(form, word) else () for form, word in pairs]
    distinct = sorted(set(words))
    terms = sorted({term for held in found for term in held})
    word_number = {word: number for number, word in enumerate(distinct)}
    term_number = {term: number for number, term in enumerate(terms)}
    return Vocabulary(
        surfaces=forms,
        words=tuple(distinct),
        terms=tuple(terms),
        word_of=np.array([word_number[word] for word in words], np.int32),
        term_of=np.array([term_number[held[0]] if held else -1 for held in found], np.int32),
        parts=Ragged.of([term_number[term] for term in held[1:]] for held in found),
        is_capital=np.array([form[0] == form[0].upper() for form in forms], np.bool_),
    )
