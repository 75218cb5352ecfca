"""What a document memory's search needs of a snapshot, derived once: words, names, titles."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from graphmem.retrieve.bridges import Bridges, bridges_of
from graphmem.retrieve.counts import Counts, Scores, counts_of
from graphmem.retrieve.links import Links, links_of
from graphmem.retrieve.tokens import Ragged
from graphmem.retrieve.words import WordIndex
from graphmem.types import GraphSnapshot


@dataclass(frozen=True, slots=True)
class Passages:
    """n notes, s sentences, k names."""

    words: WordIndex
    links: Links
    bridges: Bridges
    titles: Counts
    """n rows: the terms of each title."""
    title_idf: Scores
    """(n,) summed idf of each title's distinct terms."""
    name_idf: Scores
    """(k,) ln(n / df) / ln n, in 0..1."""
    name_count: NDArray[np.int64]
    """(n,) distinct names of each note that can link it."""
    note_vectors: NDArray[np.float32] | None
    """(n, dim) unit rows, None for the rule encoder."""
    sentence_vectors: NDArray[np.float16] | None
    """(s, dim)"""


def passages_of(index: WordIndex, snapshot: GraphSnapshot) -> Passages:
    """Derive everything that a question does not change."""
    links = links_of(index, snapshot)
    bridges = bridges_of(links, index)
    n = len(snapshot.note_ids)
    words = index.tokens.title_words
    vocabulary = index.tokens.vocabulary
    titles = counts_of(Ragged(words.indptr, vocabulary.term_of[words.values]), len(index.idf))
    rows = np.repeat(np.arange(n), np.diff(titles.by_row.indptr))
    narrow = bridges.narrow[np.repeat(np.arange(len(links.df)), np.diff(bridges.by_name))]
    return Passages(
        words=index,
        links=links,
        bridges=bridges,
        titles=titles,
        title_idf=np.bincount(rows, index.idf[titles.by_row.indices], minlength=n),
        name_idf=np.log(n / np.maximum(links.df, 1)) / np.log(max(n, 2)),
        name_count=np.bincount(bridges.note[narrow], minlength=n),
        note_vectors=snapshot.vectors.notes,
        sentence_vectors=snapshot.vectors.sentences,
    )
