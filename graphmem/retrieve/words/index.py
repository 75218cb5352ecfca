"""The word index of a snapshot: terms of notes and of their sentences, and a question's match."""

from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from graphmem.arrays import GraphSnapshot
from graphmem.retrieve.words.cosines import Norms, cosines
from graphmem.retrieve.words.counts import (
    FEW,
    Counts,
    Scores,
    bm25,
    counted,
    counts_of,
    counts_with,
    inverse_frequency,
)
from graphmem.retrieve.words.loops import best_of_rows
from graphmem.retrieve.words.ragged import Ragged, Rows, lengths_of, offsets, places
from graphmem.retrieve.words.sparse import stacked
from graphmem.retrieve.words.tokens import Renewed, Tokens, tokens_of
from graphmem.retrieve.words.trigrams import Trigrams, term_likeness, trigram_scores, trigrams_of
from graphmem.retrieve.words.vocabulary import Places
from graphmem.runs import Picked

_AT_ONCE = 4_096
"""Notes that are counted at a time."""


@dataclass(frozen=True, slots=True)
class QuestionTerms:
    """The distinct terms of a question, in the order asked, stop words dropped."""

    stems: tuple[str, ...]
    """(t,)"""
    numbers: NDArray[np.int32]
    """(t,) in the index's vocabulary, -1 for one that no note holds."""
    idf: Scores
    """(t,)"""

    @property
    def share(self) -> Scores:
        """(t,) idf as shares of their sum."""
        return self.idf / self.idf.sum() if len(self.idf) else self.idf


@dataclass(frozen=True)
class WordIndex:
    """Words of n notes and s sentences. A note's words are its title's and its text's; a
    sentence's are its own and its note's title's."""

    tokens: Tokens
    notes: Counts
    """n rows"""
    sentences: Counts
    """s rows"""
    idf: Scores
    """(v,) by the notes that hold a term."""
    trigrams: Trigrams

    @cached_property
    def sentence_norms(self) -> Norms:
        """(s,) of the tf-idf rows; only searches of passages ask for these three."""
        return Norms.of(self.sentences, self.idf)

    @cached_property
    def note_trigram_norms(self) -> Norms:
        """(n,)"""
        return Norms.of(self.notes, self.trigrams.term_norms)

    @cached_property
    def sentence_trigram_norms(self) -> Norms:
        """(s,)"""
        return Norms.of(self.sentences, self.trigrams.term_norms)

    @property
    def numbers(self) -> Places:
        """Term to its number."""
        return self.tokens.vocabulary.term_numbers

    @property
    def word_numbers(self) -> Places:
        """Folded word to its number."""
        return self.tokens.vocabulary.word_numbers

    def idf_of(self, number: int) -> float:
        """Return the idf of one term, -1 for one that no text has."""
        if number >= 0:
            return float(self.idf[number])
        return float(inverse_frequency(np.zeros(1, np.int64), self.notes.n_texts)[0])

    def terms(self, stems: tuple[str, ...], numbers: NDArray[np.int32]) -> QuestionTerms:
        """Weigh a question's distinct stems, whose numbers in the vocabulary these are."""
        df = np.array([self.notes.df[number] if number >= 0 else 0 for number in numbers], np.int64)
        return QuestionTerms(stems, numbers, inverse_frequency(df, self.notes.n_texts))

    def note_bm25(self, asked: QuestionTerms) -> Scores:
        """Return (n,) BM25 of each note."""
        return bm25(self.notes, asked.numbers, asked.idf)

    def sentence_bm25(self, asked: QuestionTerms) -> Scores:
        """Return (s,) BM25 of each sentence, with the idf of notes."""
        return bm25(self.sentences, asked.numbers, asked.idf)

    def sentence_cosine(self, asked: QuestionTerms) -> Scores:
        """Return (s,) tf-idf cosine of each sentence."""
        return cosines(self.sentences, asked.numbers, asked.idf, self.sentence_norms)

    def term_likeness(self, asked: QuestionTerms) -> Scores:
        """Return (v,) what each term shares with the question's by letters."""
        return term_likeness(self.trigrams, asked.stems)

    def note_trigrams(self, likeness: Scores) -> Scores:
        """Return (n,) trigram likeness of each note, given that of the terms."""
        return trigram_scores(likeness, self.notes, self.note_trigram_norms)

    def sentence_trigrams(self, likeness: Scores) -> Scores:
        """Return (s,) trigram likeness of each sentence, given that of the terms."""
        return trigram_scores(likeness, self.sentences, self.sentence_trigram_norms)

    def notes_of(self, sentences: Rows) -> Rows:
        """Return the note of each of some sentences."""
        return np.searchsorted(self.tokens.sentence_indptr, sentences, side="right") - 1

    def best_sentence(self, scores: Scores) -> Scores:
        """Return (n,) the largest of each note's (s,) sentence scores, none below 0."""
        return best_of_rows(self.tokens.sentence_indptr, scores)


def updated(index: WordIndex | None, snapshot: GraphSnapshot) -> WordIndex:
    """Index a snapshot's words, reading only texts that `index` (None: none) does not hold.

    The result is the same, bit for bit, whatever `index` was.
    """
    before = None if index is None else index.tokens
    renewed = tokens_of(snapshot, before)
    fresh = renewed.stood.new
    if index is None:
        counts = _counted(renewed.tokens)
    elif renewed.put is None:
        counts = _rearranged(index, renewed, *_terms(renewed.tokens, fresh))
    else:
        counts = _with_more(index, renewed, *_terms(renewed.tokens, fresh))
    known = None if index is None else index.trigrams
    return _derived(renewed.tokens, *counts, known, renewed.old_terms)


def _counted(tokens: Tokens) -> tuple[Counts, Counts]:
    """Return the counts of all notes and sentences, so many at a time: their terms take more room
    than the counts."""
    n, n_terms = len(tokens.note_ids), len(tokens.vocabulary.terms)
    notes, sentences = [], []
    for begin in range(0, max(n, 1), _AT_ONCE):
        note_terms, sentence_terms = _terms(tokens, np.arange(begin, min(begin + _AT_ONCE, n)))
        notes.append(counted(note_terms, n_terms))
        sentences.append(counted(sentence_terms, n_terms))
    return Counts.of(stacked(notes)), Counts.of(stacked(sentences))


def _with_more(
    index: WordIndex, renewed: Renewed, note_terms: Ragged, sentence_terms: Ragged
) -> tuple[Counts, Counts]:
    """Return the counts of notes and sentences where only some were put in."""
    put, indptr = renewed.put, renewed.tokens.sentence_indptr
    assert put is not None
    n_terms = len(renewed.tokens.vocabulary.terms)
    return (
        counts_with(index.notes, note_terms, put, renewed.old_terms, n_terms, few=FEW),
        counts_with(
            index.sentences,
            sentence_terms,
            places(indptr, put),
            renewed.old_terms,
            n_terms,
            few=FEW,
        ),
    )


def _rearranged(
    index: WordIndex, renewed: Renewed, note_terms: Ragged, sentence_terms: Ragged
) -> tuple[Counts, Counts]:
    """Return the counts of notes and sentences of which some are gone, or stand elsewhere."""
    tokens, old_rows = renewed.tokens, renewed.old_rows
    n_terms, terms = len(tokens.vocabulary.terms), renewed.old_terms
    old_sentences = _old_sentences(index.tokens, tokens, old_rows)
    return (
        counts_of(note_terms, n_terms, before=index.notes, old_rows=old_rows, renumbered=terms),
        counts_of(
            sentence_terms,
            n_terms,
            before=index.sentences,
            old_rows=old_sentences,
            renumbered=terms,
        ),
    )


def part_of(index: WordIndex, notes: Rows) -> WordIndex:
    """Return the index of some of the notes alone, ascending: what `updated` makes of only them.

    The vocabulary stays whole; a term that the part lacks weighs what an unknown one weighs.
    """
    tokens = index.tokens
    sentences = places(tokens.sentence_indptr, notes)
    lengths = lengths_of(tokens.sentence_indptr, notes)
    part = Tokens(
        note_ids=Picked(tokens.note_ids, notes),
        titles=Picked(tokens.titles, notes),
        sentence_indptr=offsets(lengths),
        sentences=tokens.sentences.of_part(sentences),
        title_words=tokens.title_words.take(notes),
        vocabulary=tokens.vocabulary,
    )
    return _derived(
        part,
        index.notes.of_part(notes),
        index.sentences.of_part(sentences),
        index.trigrams,
        np.arange(len(index.idf), dtype=np.int32),
    )


def _terms(tokens: Tokens, notes: Rows) -> tuple[Ragged, Ragged]:
    """Return the terms of some notes and of each of their sentences, -1 for a stop word."""
    terms_of = tokens.vocabulary.terms_of
    titles = terms_of(tokens.title_words.take(notes))
    own = terms_of(tokens.sentences.take(places(tokens.sentence_indptr, notes)))
    lengths = lengths_of(tokens.sentence_indptr, notes)
    note_words = Ragged(own.indptr[offsets(lengths)], own.values)
    if not len(titles.values):
        return note_words, own
    n = len(notes)
    by_note = titles.joined(note_words).take(_paired(np.arange(n), n))
    by_sentence = titles.joined(own).take(_paired(np.repeat(np.arange(n), lengths), n))
    return Ragged(by_note.indptr[::2], by_note.values), Ragged(
        by_sentence.indptr[::2], by_sentence.values
    )


def _paired(first: Rows, shift: int) -> Rows:
    """Return first[0], shift, first[1], shift + 1, …: a title's row and then the text's."""
    return np.stack((first, shift + np.arange(len(first))), axis=1).ravel()


def _old_sentences(before: Tokens, tokens: Tokens, old_rows: Rows) -> Rows:
    rows = np.full(int(tokens.sentence_indptr[-1]), -1, np.int64)
    kept = np.flatnonzero(old_rows >= 0)
    rows[places(tokens.sentence_indptr, kept)] = places(before.sentence_indptr, old_rows[kept])
    return rows


def _derived(
    tokens: Tokens,
    notes: Counts,
    sentences: Counts,
    before: Trigrams | None = None,
    renumbered: NDArray[np.int32] | None = None,
) -> WordIndex:
    n = len(tokens.note_ids)
    idf = inverse_frequency(notes.df, n)
    trigrams = trigrams_of(tokens.vocabulary.terms, notes.df, n, before, renumbered)
    return WordIndex(
        tokens=tokens,
        notes=notes,
        sentences=sentences,
        idf=idf,
        trigrams=trigrams,
    )
