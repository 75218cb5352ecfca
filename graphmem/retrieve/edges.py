"""Pairs (anchor, name, target): what tells whether the target is next when the anchor is on the chain."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from graphmem.retrieve.asked import Asked, sharpen
from graphmem.retrieve.passages import Passages
from graphmem.retrieve.tokens import Rows, places


@dataclass(frozen=True, slots=True)
class Edges:
    """p pairs out of one anchor."""

    names: NDArray[np.int64]
    targets: NDArray[np.int64]
    sentences: NDArray[np.int64]
    """(p,) the anchor's sentence that holds the name."""
    features: dict[str, NDArray[np.float64]]
    """(p,) each"""


@dataclass(frozen=True, slots=True)
class _Exits:
    """The names of an anchor that lead on, a row each."""

    name: Rows
    sentence: Rows
    near: NDArray[np.float64]
    nested: NDArray[np.bool_]
    common: NDArray[np.bool_]


def edges_from(passages: Passages, asked: Asked, anchor: int) -> Edges:
    """Describe every pair out of `anchor`, sorted by name, then target."""
    sharpen(passages, asked, np.array([anchor]))
    exits = _exits(passages, asked, anchor)
    bridges = passages.bridges
    rows = places(bridges.by_name, exits.name)
    out = np.repeat(np.arange(len(exits.name)), np.diff(bridges.by_name)[exits.name])
    wide = ~bridges.narrow[exits.name] | exits.common
    kept = (bridges.note[rows] != anchor) & (~wide[out] | bridges.is_title[rows])
    rows, out = rows[kept], out[kept]
    target = bridges.note[rows].astype(np.int64)
    sharpen(passages, asked, np.unique(target))
    features = {
        **_of_exit(passages, asked, anchor, exits, out),
        **_of_target(passages, asked, anchor, rows, target),
        **_of_sentences(passages, asked, anchor, exits.sentence[out], rows),
    }
    features["two_cover"] = asked.cover.weight(asked.note_masks[anchor] | asked.note_masks[target])
    features["bad_word"] = ((features["n_words"] == 1) & ~bridges.is_title[rows]).astype(float)
    return Edges(exits.name[out], target, exits.sentence[out], features)


def _exits(passages: Passages, asked: Asked, anchor: int) -> _Exits:
    """For each linking name of the anchor, take its best sentence there."""
    links, index = passages.links, passages.words
    span = slice(links.by_note[anchor], links.by_note[anchor + 1])
    name = links.name[span].astype(np.int64)
    sentence = links.sentence[span].astype(np.int64)
    own = np.arange(*index.tokens.sentence_indptr[anchor : anchor + 2])
    value = asked.sentence_like[own] + asked.sentence_cover[own]
    best = int(own[np.argmax(value)])
    in_title = sentence < 0
    near = _nearness(passages, asked, anchor, span)
    # A title's occurrence counts only where no sentence holds the name.
    worth = np.where(in_title, -9.0, value[np.where(in_title, 0, sentence - own[0])])
    order = np.lexsort((-near, -worth, name))
    first = order[np.flatnonzero(np.diff(name[order], prepend=-1))]
    common = links.common[span]
    nested = links.nested[span]
    return _Exits(
        name=name[first],
        sentence=np.where(in_title[first], best, sentence[first]),
        near=near[first],
        nested=nested[first],
        common=common[first],
    )


def _nearness(passages: Passages, asked: Asked, anchor: int, span: slice) -> NDArray[np.float64]:
    """exp(-(d - 1) / 3), d = words from a name to the nearest asked word that the title lacks."""
    links, tokens = passages.links, passages.words.tokens
    term_of = tokens.vocabulary.term_of
    first, last = tokens.sentence_indptr[anchor : anchor + 2]
    begin, end = tokens.sentences.indptr[[first, last]]
    terms = term_of[tokens.sentences.values[begin:end]]
    wanted = np.setdiff1d(asked.terms.numbers, term_of[tokens.title_words.row(anchor)])
    at = begin + np.flatnonzero(np.isin(terms, wanted[wanted >= 0]))
    sentence = links.sentence[span].astype(np.int64)
    starts = tokens.sentences.indptr[np.maximum(sentence, 0)]
    stops = tokens.sentences.indptr[np.maximum(sentence, 0) + 1]
    left = starts + links.place[span]
    right = left + links.inventory.n_words[links.name[span]] - 1
    gap = np.maximum(left[:, None] - at[None, :], at[None, :] - right[:, None])
    gap = np.where(
        (gap > 0) & (at[None, :] >= starts[:, None]) & (at[None, :] < stops[:, None]), gap, 10**6
    )
    nearest = gap.min(axis=1, initial=10**6)
    return np.where(sentence < 0, 0.0, np.exp(-(nearest - 1) / 3))


def _of_exit(
    passages: Passages, asked: Asked, anchor: int, exits: _Exits, out: Rows
) -> dict[str, NDArray[np.float64]]:
    """What the anchor and the name say, whatever the target."""
    inventory = passages.links.inventory
    indptr = passages.words.tokens.sentence_indptr
    own = slice(*indptr[anchor : anchor + 2])
    in_question = {name.name for name in asked.names}
    name = exits.name
    columns = {
        "name_idf": passages.name_idf[name],
        "sentence_like_drop": asked.sentence_like[exits.sentence] - asked.sentence_like[own].max(),
        "sentence_words_drop": asked.sentence_words[exits.sentence] - asked.sentence_words[own].max(),
        "sentence_cover": asked.sentence_cover[exits.sentence],
        "sentence_place": np.minimum(exits.sentence - indptr[anchor], 4),
        "is_number": inventory.is_number[name],
        "n_words": np.minimum(inventory.n_words[name], 4),
        "in_question": np.array([n in in_question for n in name.tolist()], float),
        "nested": exits.nested,
        "common": exits.common,
        "wide": ~passages.bridges.narrow[name],
        "near": exits.near,
    }
    columns = {key: np.asarray(column, float)[out] for key, column in columns.items()}
    n_exits = max(int(passages.bridges.narrow[name].sum()), 1)
    constants = {
        "anchor_cover": asked.note_cover[anchor],
        "anchor_title_asked": asked.channels["title_asked"][anchor],
        "anchor_title_shared": asked.channels["title_shared"][anchor],
        "few_names": 1 / np.sqrt(n_exits),
    }
    return columns | {key: np.full(len(out), float(value)) for key, value in constants.items()}


def _of_target(
    passages: Passages, asked: Asked, anchor: int, rows: Rows, target: Rows
) -> dict[str, NDArray[np.float64]]:
    """What the target is to the question and to the name."""
    bridges = passages.bridges
    channels = {f"target_{key}": value[target] for key, value in asked.channels.items()}
    gained = asked.note_masks[target] & ~asked.note_masks[anchor]
    return channels | {
        "is_title": bridges.is_title[rows].astype(float),
        "in_title": bridges.in_title[rows].astype(float),
        "leads": bridges.leads[rows].astype(float),
        "gain": asked.cover.weight(gained),
        "returns": _mentions(passages, anchor)[target],
        "alike_words": _alike(passages, anchor, target),
        **(
            {"alike_vector": passages.note_vectors[target] @ passages.note_vectors[anchor]}
            if asked.vector is not None and passages.note_vectors is not None
            else {}
        ),
    }


def _mentions(passages: Passages, anchor: int) -> NDArray[np.float64]:
    """Return (n,) 1 for the notes that name the anchor's title."""
    naming = np.zeros(len(passages.notes))
    title = passages.links.inventory.title_name[anchor]
    if title >= 0:
        bridges = passages.bridges
        naming[bridges.note[bridges.by_name[title] : bridges.by_name[title + 1]]] = 1
    return naming


def _alike(passages: Passages, anchor: int, target: Rows) -> NDArray[np.float64]:
    """Return the tf-idf cosine of the anchor with each target."""
    index = passages.words
    matrix, idf = index.notes.damped, index.idf
    weights = np.zeros(matrix.shape[1])
    own = slice(*matrix.indptr[anchor : anchor + 2])
    terms = matrix.indices[own]
    weights[terms] = matrix.data[own] * idf[terms] ** 2
    distinct, back = np.unique(target, return_inverse=True)
    at = places(matrix.indptr, distinct)
    of = np.repeat(np.arange(len(distinct)), np.diff(matrix.indptr)[distinct])
    dots = np.bincount(of, matrix.data[at] * weights[matrix.indices[at]], minlength=len(distinct))
    lengths = index.note_norms[distinct] * index.note_norms[anchor]
    return np.divide(dots, lengths, out=np.zeros(len(dots)), where=lengths > 0)[back]


def _of_sentences(
    passages: Passages, asked: Asked, anchor: int, source: Rows, rows: Rows
) -> dict[str, NDArray[np.float64]]:
    """The best that the target's sentences with the name offer."""
    sentences = passages.bridges.sentences
    at = sentences.values[places(sentences.indptr, rows)]
    lengths = sentences.lengths[rows]
    begin = np.cumsum(lengths) - lengths
    masks = asked.sentence_masks[at]
    gained = asked.cover.weight(masks & ~np.repeat(asked.sentence_masks[source], lengths))
    words = asked.sentence_words[at]
    cover = asked.sentence_cover[at]
    left = words * np.divide(gained, cover, out=np.zeros(len(at)), where=cover > 0)
    if not len(rows):
        empty = np.zeros(0)
        return dict.fromkeys(("sentence_gain", "linked_words", "linked_words_left", "linked_like"), empty)
    return {
        "sentence_gain": np.maximum.reduceat(gained, begin),
        "linked_words": np.maximum.reduceat(words, begin),
        "linked_words_left": np.maximum.reduceat(left, begin),
        "linked_like": np.maximum.reduceat(asked.sentence_like[at], begin),
    }
