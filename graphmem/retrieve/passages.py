"""What a search of documents needs of a snapshot, derived once: words, names, titles, vectors."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from graphmem.retrieve.bridges import Bridges, bridges_of
from graphmem.retrieve.counts import Counts, Scores, counts_of
from graphmem.retrieve.links import Links, links_of
from graphmem.retrieve.tokens import Ragged, Rows, places
from graphmem.retrieve.words import WordIndex, part_of
from graphmem.types import GraphSnapshot


@dataclass(frozen=True, slots=True)
class Passages:
    """The n passages of a snapshot with their s sentences and k names; turns change nothing here."""

    notes: Rows
    """(n,) the passages among the snapshot's notes, ascending."""
    words: WordIndex
    links: Links
    bridges: Bridges
    titles: Counts
    """n rows: the terms of each title."""
    title_idf: Scores
    """(n,) summed idf of each title's distinct terms."""
    name_idf: Scores
    """(k,) ln(n / df) / ln n, in 0..1."""
    note_vectors: NDArray[np.float32] | None
    """(n, dim) unit rows, None for the rule encoder."""
    sentence_vectors: NDArray[np.floating] | None
    """(s, dim)"""


def passages_of(index: WordIndex, snapshot: GraphSnapshot) -> Passages:
    """Derive everything that a question does not change."""
    notes = np.flatnonzero(~snapshot.is_turn)
    sentences = places(snapshot.sentence_indptr, notes)
    words = part_of(index, notes) if len(notes) < len(snapshot.note_ids) else index
    links = links_of(words, snapshot, notes)
    titles = _title_terms(words)
    rows = np.repeat(np.arange(len(notes)), np.diff(titles.by_row.indptr))
    vectors = snapshot.vectors
    return Passages(
        notes=notes,
        words=words,
        links=links,
        bridges=bridges_of(links, words),
        titles=titles,
        title_idf=np.bincount(rows, words.idf[titles.by_row.indices], minlength=len(notes)),
        name_idf=_name_idf(links.df, len(notes)),
        note_vectors=None if vectors.notes is None else vectors.notes[notes],
        sentence_vectors=None if vectors.sentences is None else vectors.sentences[sentences],
    )


def _title_terms(words: WordIndex) -> Counts:
    tokens = words.tokens
    terms = tokens.vocabulary.term_of[tokens.title_words.values]
    return counts_of(Ragged(tokens.title_words.indptr, terms), len(words.idf))


def _name_idf(df: NDArray[np.int64], n: int) -> Scores:
    return np.log(max(n, 2) / np.maximum(df, 1)) / np.log(max(n, 2))
