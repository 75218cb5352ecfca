"""Pairs (anchor, name, target): what tells whether the target is next, the anchor being right.

Above all: what the target explains of the question that the anchor does not.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from graphmem.retrieve.passages.exits import Exits, exits_of
from graphmem.retrieve.passages.features import Features, read_sentences
from graphmem.retrieve.passages.index import Passages
from graphmem.retrieve.words.cosines import norms_of
from graphmem.retrieve.words.ragged import Rows, lengths_of, places
from graphmem.vectors import is_among

Column = NDArray[np.float64]
Columns = dict[str, Column]

_TARGET_CHANNELS = ("words", "sentence_words", "title_asked", "title_shared")
_VECTOR_CHANNELS = ("vector", "sentence_vector")


@dataclass(frozen=True, slots=True)
class Edges:
    """p pairs out of one anchor, sorted by name, then target."""

    anchor: int
    names: Rows
    targets: Rows
    sentences: Rows
    """(p,) the anchor's sentence with the name that is likest to the question."""
    postings: Rows
    """(p,) the row of name and target among the postings."""
    columns: Columns
    """(p,) each, by name: all but those of `text_columns`."""

    def take(self, rows: Rows) -> "Edges":
        """Return some of the pairs, without their columns."""
        return Edges(
            anchor=self.anchor,
            names=self.names[rows],
            targets=self.targets[rows],
            sentences=self.sentences[rows],
            postings=self.postings[rows],
            columns={},
        )


def edges_from(passages: Passages, features: Features, anchor: int) -> Edges:
    """Describe every pair out of a passage by what is cheap to compute."""
    read_sentences(passages, features, np.array([anchor]))
    exits = exits_of(passages, features, anchor)
    postings = passages.postings
    rows, out = postings.out_of(exits.name, exits.narrow)
    own = postings.note[rows] == anchor
    full = np.full(len(exits.name), -1)
    full[out[own]] = postings.full[rows[own]]
    kept = ~own & ~(exits.common[out] & ~passages.links.is_generic[postings.note[rows]])
    rows, out = rows[kept], out[kept]
    target = postings.note[rows].astype(np.int64)
    read_sentences(passages, features, target)
    columns = _of_exit(passages, features, anchor, exits)
    columns = {name: column[out] for name, column in columns.items()}
    columns |= _of_target(features, anchor, target)
    is_title = postings.is_title[rows]
    columns["is_title"] = is_title.astype(np.float64)
    is_half = (full[out] >= 0) & (full[out] != postings.full[rows]) & ~is_title
    columns["is_half"] = is_half.astype(np.float64)
    return Edges(anchor, exits.name[out], target, exits.sentence[out], rows, columns)


def text_columns(passages: Passages, features: Features, edges: Edges) -> Columns:
    """Return the expensive columns: how alike the texts are, and what sentences offer."""
    columns = {"alike_words": _alike(passages, edges.anchor, edges.targets)}
    columns |= _of_sentences(passages, features, edges.sentences, edges.postings)
    if features.vector is not None and passages.vectors is not None:
        vectors = passages.vectors.notes
        alike = vectors[edges.targets] @ vectors[edges.anchor]
        columns["alike_vector"] = alike.astype(np.float64)
    return columns


def _of_exit(passages: Passages, features: Features, anchor: int, exits: Exits) -> Columns:
    """Return what the anchor and the name say, whatever the target, a row an exit."""
    own = slice(*passages.words.tokens.sentence_indptr[anchor : anchor + 2])
    best = float(features.sentence_words[own].max())
    return {
        "name_idf": np.where(exits.common, 1.0, passages.name_idf[exits.name]),
        "is_number": passages.links.inventory.is_number[exits.name].astype(np.float64),
        "in_question": features.is_named[exits.name].astype(np.float64),
        "sentence_words_drop": features.sentence_words[exits.sentence] - best,
        "anchor_title_asked": np.full(
            len(exits.name), float(features.channels["title_asked"][anchor])
        ),
    }


def _of_target(features: Features, anchor: int, target: Rows) -> Columns:
    """Return what the target is to the question."""
    gained = features.note_masks[target] & ~features.note_masks[anchor]
    columns = {f"target_{name}": features.channels[name][target] for name in _TARGET_CHANNELS}
    columns["gain"] = features.cover.weight(gained)
    if "sentence_vector" in features.channels:
        columns |= {f"target_{name}": features.channels[name][target] for name in _VECTOR_CHANNELS}
    return columns


def _alike(passages: Passages, anchor: int, target: Rows) -> Column:
    """Return the tf-idf cosine of the anchor with each target."""
    index = passages.words
    own, times = index.notes.row(anchor)
    matrix = index.notes.rows(np.append(target, anchor))
    shared = np.flatnonzero(is_among(matrix.indices, own))
    of = matrix.rows[shared]
    weights = (1 + np.log(times)) * index.idf[own] ** 2
    at = np.searchsorted(own, matrix.indices[shared])
    products = (1 + np.log(matrix.data[shared])) * weights[at]
    # Summed one by one: pairwise sums of texts that share the same words would not be the same.
    dots = np.bincount(of, products, minlength=len(target) + 1)[:-1]
    norms = norms_of(index.notes, matrix, index.idf)
    lengths = norms[:-1] * norms[-1]
    cosines: Column = np.divide(dots, lengths, out=np.zeros(len(dots)), where=lengths > 0)
    return cosines


def _of_sentences(passages: Passages, features: Features, source: Rows, rows: Rows) -> Columns:
    """Return the best that the target's sentences with the name offer.

    `linked_words_left` is their BM25 for the asked words that the anchor's sentence lacks.
    """
    if not len(rows):
        return {"linked_words_left": np.zeros(0)}
    sentences = passages.postings.sentences
    at = sentences.values[places(sentences.indptr, rows)]
    lengths = lengths_of(sentences.indptr, rows)
    begin = np.cumsum(lengths) - lengths
    masks = features.sentence_masks.take(at)
    cover = features.cover.weight(masks)
    gained = features.cover.weight(masks & ~np.repeat(features.sentence_masks[source], lengths))
    left = np.divide(gained, cover, out=np.zeros(len(at)), where=cover > 0)
    return {
        "linked_words_left": np.maximum.reduceat(features.sentence_words[at] * left, begin),
    }
