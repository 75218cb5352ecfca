"""What a search of documents needs of a snapshot, derived once: words, names, titles, vectors."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from graphmem.arrays import GraphSnapshot
from graphmem.retrieve.names.again import Again, links_again
from graphmem.retrieve.names.came import Read
from graphmem.retrieve.names.links import Links, links_of
from graphmem.retrieve.names.postings import NamePostings, name_postings, postings_again
from graphmem.retrieve.passages.walk import Namesakes
from graphmem.retrieve.words.counts import FEW, Counts, Scores, counts_of, counts_with
from graphmem.retrieve.words.index import WordIndex, part_of
from graphmem.retrieve.words.known import rows_before
from graphmem.retrieve.words.ragged import Rows, places
from graphmem.retrieve.words.tokens import Tokens
from graphmem.stacked import whole
from graphmem.text import without_parenthesis

SINGLE_MAX = 1 << 24
"""Numbers that are kept in single precision (64 MB): reading half precision takes twice as long."""


@dataclass(frozen=True, slots=True)
class PassageVectors:
    """Unit rows of an encoder."""

    notes: NDArray[np.float32]
    """(n, dim)"""
    sentences: NDArray[np.floating]
    """(s, dim) in single precision up to SINGLE_MAX numbers, else in half."""


@dataclass(frozen=True, slots=True)
class Passages:
    """The n passages of a snapshot, their s sentences, k names; turns change nothing here."""

    notes: Rows
    """(n,) the passages among the snapshot's notes, ascending."""
    words: WordIndex
    links: Links
    postings: NamePostings
    titles: Counts
    """n rows: the terms of each title."""
    title_idf: Scores
    """(n,) summed idf of each title's distinct terms."""
    name_idf: Scores
    """(k,) ln(n / df) / ln n, in 0..1."""
    called: Namesakes
    """(n,)"""
    is_long: NDArray[np.bool_]
    """(n,) titled with a parenthesis."""
    is_second: NDArray[np.bool_]
    """(n,) titled with a parenthesis, where another note is titled the same without."""
    vectors: PassageVectors | None
    """None for the rule encoder."""

    def without_vectors(self) -> "Passages":
        """Return what serves as those before without holding the vectors."""
        return replace(self, vectors=None)

    @property
    def note_vectors(self) -> NDArray[np.float32] | None:
        """(n, dim), None for the rule encoder."""
        return None if self.vectors is None else self.vectors.notes


def passages_of(
    index: WordIndex, snapshot: GraphSnapshot, before: tuple[Passages, GraphSnapshot] | None = None
) -> Passages:
    """Derive everything that a question does not change.

    Those of an earlier snapshot, which `before` has, make it cheaper, never different.
    """
    notes = np.flatnonzero(~snapshot.is_turn)
    words = part_of(index, notes) if len(notes) < len(snapshot.note_ids) else index
    again = None if before is None else _linked_again(words, snapshot, notes, before)
    if before is None or again is None:
        links = links_of(words, snapshot, notes)
        titles = _title_terms(words.tokens, np.arange(len(notes)))
        postings, called = name_postings(links, words), _called(links, words.tokens.titles)
        is_long = _are_long(words.tokens.titles)
    else:
        passages, links = before[0], again.links
        titles = _titles_again(passages, words, again.rows)
        postings = postings_again(passages.postings, again, words)
        called = _called_again(passages.called, links, words.tokens.titles, again.rows)
        is_long = np.append(passages.is_long, False)[again.rows]
        fresh = np.flatnonzero(again.rows < 0)
        is_long[fresh] = _are_long([words.tokens.titles[note] for note in fresh.tolist()])
    return Passages(
        notes=notes,
        words=words,
        links=links,
        postings=postings,
        titles=titles,
        title_idf=titles.by_row.row_sums(words.idf[titles.by_row.indices]),
        name_idf=_name_idf(links.df, len(notes)),
        called=called,
        is_long=is_long,
        is_second=_seconds(called.name, is_long),
        vectors=_vectors(snapshot, notes),
    )


def _linked_again(
    words: WordIndex, snapshot: GraphSnapshot, notes: Rows, before: tuple[Passages, GraphSnapshot]
) -> Again | None:
    passages, earlier = before
    was = Read(earlier, passages.notes, passages.words)
    return links_again(passages.links, was, Read(snapshot, notes, words))


def _title_terms(tokens: Tokens, notes: Rows) -> Counts:
    """Return the terms of the titles of some notes."""
    terms = tokens.vocabulary.terms_of(tokens.title_words.take(notes))
    return counts_of(terms, len(tokens.vocabulary.terms))


def _titles_again(passages: Passages, words: WordIndex, rows: Rows) -> Counts:
    """Return the terms of all titles, given those of the notes that were there."""
    tokens, old = words.tokens, passages.words.tokens.vocabulary.terms
    moved = rows_before(tokens.vocabulary.terms, old).astype(np.int32)
    put, n_terms = np.flatnonzero(rows < 0), len(tokens.vocabulary.terms)
    terms = tokens.vocabulary.terms_of(tokens.title_words.take(put))
    if len(rows) - len(put) < len(passages.notes):
        return counts_of(terms, n_terms, before=passages.titles, old_rows=rows, renumbered=moved)
    if (moved < 0).any():  # said of turns alone
        return _title_terms(tokens, np.arange(len(rows)))
    return counts_with(passages.titles, terms, put, moved, n_terms, few=FEW)


def _called(links: Links, titles: Sequence[str | None]) -> Namesakes:
    """Return what notes are called; a title is numbered by the first note that has it."""
    name, first = links.inventory.title_name, dict[str | None, int]()
    number = [first.setdefault(title, at) for at, title in enumerate(titles)]
    return Namesakes(name, np.where(name < 0, -1, np.array(number, np.int32)))


def _called_again(
    before: Namesakes, links: Links, titles: Sequence[str | None], rows: Rows
) -> Namesakes:
    """Return the same, given that of the notes that were there."""
    name, old = links.inventory.title_name, np.flatnonzero(rows >= 0)
    title = np.full(len(rows), -1, np.int32)
    now = np.full(len(before.title) + 1, -1, np.int32)  # the last: no title
    now[rows[old]] = old
    title[old] = now[before.title[rows[old]]]
    heirs = np.flatnonzero((rows >= 0) & (name >= 0) & (title < 0))  # the first of theirs is gone
    first: dict[int, int] = {}
    for note, was in zip(heirs.tolist(), before.title[rows[heirs]].tolist(), strict=True):
        title[note] = first.setdefault(was, note)
    for note in np.flatnonzero((rows < 0) & (name >= 0)).tolist():
        alike = [
            at for at in np.flatnonzero(name == name[note]).tolist() if titles[at] == titles[note]
        ]
        title[alike] = alike[0]
    return Namesakes(name, title)


def _seconds(name: NDArray[np.integer], is_long: NDArray[np.bool_]) -> NDArray[np.bool_]:
    is_plain = np.zeros(int(name.max(initial=0)) + 2, np.bool_)  # the last: no name
    is_plain[name[~is_long]] = True
    is_plain[-1] = False
    second: NDArray[np.bool_] = is_long & is_plain[name]
    return second


def _are_long(titles: Sequence[str | None]) -> NDArray[np.bool_]:
    return np.array([bool(t and without_parenthesis(t) != t) for t in titles], np.bool_)


def _vectors(snapshot: GraphSnapshot, notes: Rows) -> PassageVectors | None:
    of_notes, of_sentences = snapshot.vectors.notes, snapshot.vectors.sentences
    if of_notes is None or of_sentences is None:
        return None
    if len(notes) < len(snapshot.note_ids):
        of_notes = of_notes[notes]
        of_sentences = of_sentences[places(snapshot.sentence_indptr, notes)]
    of_notes, of_sentences = whole(of_notes), whole(of_sentences)
    if of_sentences.size <= SINGLE_MAX:
        return PassageVectors(of_notes, of_sentences.astype(np.float32))
    return PassageVectors(of_notes, of_sentences)


def _name_idf(df: NDArray[np.int64], n: int) -> Scores:
    rarity: Scores = np.log(max(n, 2) / np.maximum(df, 1)) / np.log(max(n, 2))
    return rarity
