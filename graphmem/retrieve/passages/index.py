"""What a search of documents needs of a snapshot, derived once: words, names, titles, vectors."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from graphmem.arrays import GraphSnapshot
from graphmem.retrieve.names.again import Read, links_again
from graphmem.retrieve.names.links import Links, links_of
from graphmem.retrieve.names.postings import NamePostings, name_postings
from graphmem.retrieve.passages.walk import Namesakes
from graphmem.retrieve.words.counts import Counts, Scores, counts_of
from graphmem.retrieve.words.index import WordIndex, part_of
from graphmem.retrieve.words.ragged import Rows, places
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
    links = _links_before(words, snapshot, notes, before) or links_of(words, snapshot, notes)
    titles = _title_terms(words)
    rows = np.repeat(np.arange(len(notes)), np.diff(titles.by_row.indptr))
    return Passages(
        notes=notes,
        words=words,
        links=links,
        postings=name_postings(links, words),
        titles=titles,
        title_idf=_sums(rows, words.idf[titles.by_row.indices], len(notes)),
        name_idf=_name_idf(links.df, len(notes)),
        called=Namesakes(links.inventory.title_name, _numbered(words.tokens.titles)),
        is_second=_seconds(links.inventory.title_name, words.tokens.titles),
        vectors=_vectors(snapshot, notes),
    )


def _links_before(
    words: WordIndex,
    snapshot: GraphSnapshot,
    notes: Rows,
    before: tuple[Passages, GraphSnapshot] | None,
) -> Links | None:
    if before is None:
        return None
    passages, earlier = before
    was = Read(earlier, passages.notes, passages.words.tokens)
    return links_again(passages.links, was, Read(snapshot, notes, words.tokens))


def _vectors(snapshot: GraphSnapshot, notes: Rows) -> PassageVectors | None:
    of_notes, of_sentences = snapshot.vectors.notes, snapshot.vectors.sentences
    if of_notes is None or of_sentences is None:
        return None
    if len(notes) < len(snapshot.note_ids):
        of_notes = of_notes[notes]
        of_sentences = of_sentences[places(snapshot.sentence_indptr, notes)]
    if of_sentences.size <= SINGLE_MAX:
        return PassageVectors(of_notes, of_sentences.astype(np.float32))
    return PassageVectors(of_notes, of_sentences)


def _numbered(titles: Sequence[str | None]) -> Rows:
    known = {title: at for at, title in enumerate(sorted({title or "" for title in titles}))}
    return np.array([known[title or ""] for title in titles], np.int64)


def _seconds(names: NDArray[np.int32], titles: Sequence[str | None]) -> NDArray[np.bool_]:
    is_long = np.array([bool(t and without_parenthesis(t) != t) for t in titles], np.bool_)
    return is_long & np.isin(names, names[~is_long & (names >= 0)])


def _sums(rows: Rows, values: Scores, n: int) -> Scores:
    return np.bincount(rows, values, minlength=n).astype(np.float64)


def _title_terms(words: WordIndex) -> Counts:
    tokens = words.tokens
    return counts_of(tokens.vocabulary.terms_of(tokens.title_words), len(words.idf))


def _name_idf(df: NDArray[np.int64], n: int) -> Scores:
    rarity: Scores = np.log(max(n, 2) / np.maximum(df, 1)) / np.log(max(n, 2))
    return rarity
