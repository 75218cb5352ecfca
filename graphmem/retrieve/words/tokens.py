"""The texts of a snapshot as numbers: every word as written, sentence by sentence, in arrays."""

from array import array
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from graphmem.arrays import GraphSnapshot
from graphmem.retrieve.words.content import marked
from graphmem.retrieve.words.known import Before, rows_of_titled
from graphmem.retrieve.words.ragged import Ragged, Rows, offsets, places
from graphmem.retrieve.words.said import Said
from graphmem.retrieve.words.vocabulary import (
    Grown,
    Renumbered,
    Vocabulary,
    grown,
    renumbered,
    shrunk,
    vocabulary_of,
)
from graphmem.text import normalise, surfaces
from graphmem.types import NoteId


@dataclass(frozen=True, slots=True)
class Tokens:
    """The words of n notes with s sentences. Words are numbers of `vocabulary.surfaces`."""

    note_ids: Sequence[NoteId]
    titles: Sequence[str | None]
    sentence_indptr: Rows
    """(n + 1,)"""
    sentences: Said
    title_words: Ragged
    """n rows, empty without a title"""
    vocabulary: Vocabulary

    def words_of(self, note: int) -> NDArray[np.int32]:
        """Return the words of a note's text."""
        begin, end = self.sentence_indptr[note : note + 2].tolist()
        return self.sentences.words(begin, end)

    def ends_of(self, notes: NDArray[np.integer]) -> tuple[Rows, Rows]:
        """Return where the words of some notes begin and end, for `sentences.at`."""
        first, last = self.sentence_indptr[notes], self.sentence_indptr[notes + 1] - 1
        ends = self.sentences.ends
        return ends.take(first)[:, 0], ends.take(last)[:, 1]


@dataclass(frozen=True, slots=True)
class Renewed:
    """The words of a snapshot, and what they have of those of an earlier one."""

    tokens: Tokens
    stood: Before
    """Which rows of it the notes are; the others were read now."""
    old_terms: Renumbered
    """The new number of each of its terms."""
    put: Rows | None
    """The notes that were read now, put in between all those that were there; None: some of these
    are gone, or stand in another order."""

    @property
    def old_rows(self) -> Rows:
        """(n,) the row of each note there, -1 for one that was read now."""
        return self.stood.rows


def tokens_of(snapshot: GraphSnapshot, before: Tokens | None = None) -> Renewed:
    """Number the words of a snapshot, reading only the texts that `before` does not hold.

    The tokens are the same whatever `before` was.
    """
    stood = _stood(before, snapshot)
    fresh = stood.new
    forms: dict[str, int] = {}
    titles = _read((snapshot.titles[i] or "" for i in fresh.tolist()), forms)
    sentences = _read(_sentences(snapshot, fresh), forms)
    if before is None:
        vocabulary = vocabulary_of(ordered := sorted(forms), list(map(normalise, ordered)))
        numbers = np.empty(len(ordered), np.int32)
        numbers[[forms[form] for form in ordered]] = np.arange(len(ordered))
        counted = Tokens(
            note_ids=snapshot.note_ids,
            titles=snapshot.titles,
            sentence_indptr=snapshot.sentence_indptr,
            sentences=Said.of(
                Ragged(sentences.indptr, numbers[sentences.values]), len(vocabulary.surfaces)
            ),
            title_words=Ragged(titles.indptr, numbers[titles.values]),
            vocabulary=vocabulary,
        )
        return Renewed(counted, stood, np.empty(0, np.int32), None)
    known = before.vocabulary.surface_numbers
    larger = grown(before.vocabulary, sorted(form for form in forms if form not in known))
    numbers = np.array([larger.vocabulary.surface_numbers[form] for form in forms], np.int32)
    new = (Ragged(rows.indptr, numbers[rows.values]) for rows in (sentences, titles))
    is_all = stood.n - len(fresh) == len(before.note_ids)  # no word of a note can be gone
    put = fresh if stood.is_grown(len(before.note_ids)) else None
    said, titled = _brought_forward(before, snapshot, larger, stood, put, *new)
    whole = Tokens(
        note_ids=snapshot.note_ids,
        titles=snapshot.titles,
        sentence_indptr=snapshot.sentence_indptr,
        sentences=said,
        title_words=titled,
        vocabulary=larger.vocabulary,
    )
    renewed = Renewed(whole, stood, larger.terms, put)
    return renewed if is_all else _without_unused(renewed)


def _brought_forward(
    before: Tokens,
    snapshot: GraphSnapshot,
    larger: Grown,
    stood: Before,
    put: Rows | None,
    sentences: Ragged,
    titles: Ragged,
) -> tuple[Said, Ragged]:
    """Return the words of all sentences and titles, given those of the notes that were read now."""
    indptr, numbers = snapshot.sentence_indptr, larger.surfaces
    n_surfaces = len(larger.vocabulary.surfaces)
    if put is not None:
        return (
            before.sentences.with_rows(sentences, places(indptr, put), numbers, n_surfaces),
            before.title_words.with_rows(titles, put, numbers),
        )
    said = before.sentences.renumbered(numbers).rows()
    titled = renumbered(before.title_words, numbers)
    fresh, note_rows = stood.new, stood.rows
    note_rows[fresh] = len(before.note_ids) + np.arange(len(fresh))
    ends = before.sentence_indptr[-1] + np.cumsum(np.diff(indptr)[fresh])
    rows = places(np.append(before.sentence_indptr, ends), note_rows)
    said = said.joined_taken(sentences, rows)
    return Said.of(said, n_surfaces), titled.joined_taken(titles, note_rows)


def _without_unused(renewed: Renewed) -> Renewed:
    """Let go of the words that no text holds any more."""
    tokens, terms = renewed.tokens, renewed.old_terms
    used = np.zeros(len(tokens.vocabulary.surfaces), np.bool_)
    used[tokens.sentences.rows().values] = True
    used[tokens.title_words.values] = True
    if used.all():
        return renewed
    smaller = shrunk(tokens.vocabulary, used)
    said = tokens.sentences.renumbered(smaller.surfaces).rows()
    left = replace(
        tokens,
        sentences=Said.of(said, len(smaller.vocabulary.surfaces)),
        title_words=renumbered(tokens.title_words, smaller.surfaces),
        vocabulary=smaller.vocabulary,
    )
    old_terms = np.where(terms >= 0, smaller.terms[terms], -1)
    return replace(renewed, tokens=left, old_terms=old_terms)


def _stood(before: Tokens | None, snapshot: GraphSnapshot) -> Before:
    if before is None:
        return Before(len(snapshot.note_ids), ())
    if snapshot.is_turn.all():
        return Before.between(before.note_ids, snapshot.note_ids)
    was, now = (before.note_ids, before.titles), (snapshot.note_ids, snapshot.titles)
    return Before.of(rows_of_titled(was, now))


def _read(texts: Iterable[str], forms: dict[str, int]) -> Ragged:
    """Return the words of some texts, numbered as they come; new ones are put into `forms`."""
    lengths, words = array("q"), array("i")
    for text in texts:
        said = marked(surfaces(text))
        lengths.append(len(said))
        words.extend([forms.setdefault(form, len(forms)) for form in said])
    return Ragged(offsets(np.array(lengths, np.int64)), np.array(words, np.int32))


def _sentences(snapshot: GraphSnapshot, notes: Rows) -> Iterable[str]:
    for i in notes:
        text = snapshot.texts[i]
        for start, end in snapshot.sentence_spans[
            snapshot.sentence_indptr[i] : snapshot.sentence_indptr[i + 1]
        ].tolist():
            yield text[start:end]
