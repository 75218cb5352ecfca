"""One question against every passage: the channels that roots and edges are judged by."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import reduce

import numpy as np
from numpy.typing import NDArray

from graphmem.retrieve.names.links import NameInQuestion
from graphmem.retrieve.passages.index import Passages, PassageVectors
from graphmem.retrieve.passages.weights import UNTRAINED_VECTORS, UNTRAINED_WORDS
from graphmem.retrieve.question.meaning import Vector
from graphmem.retrieve.question.question import Question
from graphmem.retrieve.words.counts import Scores
from graphmem.retrieve.words.coverage import Cover, Masks, cover_of
from graphmem.retrieve.words.index import QuestionTerms, WordIndex
from graphmem.retrieve.words.loops import as_shares
from graphmem.retrieve.words.ragged import Rows, distinct, lengths_of, places
from graphmem.vectors import at_least_kth

PARENTHESIS_DISCOUNT = 0.5
"""What a title with a parenthesis counts, asked for without, where another note has the plain one.
"""
_WHOLE = 0.999
N_READ = 64
"""Notes whose sentence vectors are read before the walk; for others the note's own stands in."""


@dataclass(frozen=True, slots=True)
class Features:
    """n notes and s sentences against one question. Every channel lies in 0..1.

    Sentence vectors are read where they matter: for what could be a root, and for the targets of
    the walk. `read_sentences` fills them in, in place.
    """

    is_named: NDArray[np.bool_]
    """(k,) the question holds the name."""
    vector: Vector | None
    cover: Cover
    note_masks: Masks
    """(n,)"""
    sentence_masks: Masks
    """(s,)"""
    channels: dict[str, Scores]
    """(n,) each; `first` is the untrained sum of the others."""
    sentence_words: Scores
    """(s,) BM25, as share of the best."""
    like: "Likeness"
    first_top: float
    """The best untrained sum."""


@dataclass(frozen=True, slots=True)
class Likeness:
    """How like the question each sentence is: by vectors, or by trigrams without an encoder."""

    sentences: Scores
    """(s,) as share of the best; 0 where it is not read yet."""
    is_read: NDArray[np.bool_]
    """(n,) the notes whose sentences are read."""
    top: float
    """The best cosine."""


def features_of(passages: Passages, question: Question) -> Features:
    """Score a question against every passage, with its vector where there is one."""
    words, names, vector = passages.words, question.names, question.meaning.plain
    terms = words.terms(question.stems, question.term_numbers)
    cover = cover_of(terms.numbers, terms.share)
    sentence_words = _share(words.sentence_bm25(terms))
    shared, held = _titles_shared(passages, terms, cover)
    channels = {
        "words": _share(words.note_bm25(terms)),
        "sentence_words": words.best_sentence(sentence_words),
        "sentence_cosine": _share(words.best_sentence(words.sentence_cosine(terms))),
        "title_asked": _titles_asked(passages, names, held),
        "title_shared": held * shared,
        "names": _names_held(passages, names),
    }
    if vector is None or passages.vectors is None:
        like = _add_trigrams(words, terms, channels)
    else:
        like = _add_vectors(passages.vectors, vector, words, channels)
    first = _first(channels, slice(None))
    first_top = float(first.max(initial=0)) or 1.0
    channels["first"] = first / first_top
    return Features(
        is_named=_marked([name.name for name in names], len(passages.name_idf)),
        vector=vector,
        cover=cover,
        note_masks=cover.masks(words.notes),
        sentence_masks=cover.masks(words.sentences),
        channels=channels,
        sentence_words=sentence_words,
        like=like,
        first_top=first_top,
    )


def read_sentences(passages: Passages, features: Features, notes: Rows) -> None:
    """Read the sentence vectors of these notes, where that is still to do."""
    if features.vector is None or passages.vectors is None:
        return
    unread = distinct(notes[~features.like.is_read[notes]])
    if not len(unread):
        return
    indptr = passages.words.tokens.sentence_indptr
    best = _best_cosines(passages.vectors, indptr, features.vector, unread, features.like)
    features.channels["sentence_vector"][unread] = best
    features.channels["first"][unread] = _first(features.channels, unread) / features.first_top
    features.like.is_read[unread] = True


def _marked(places: list[int], n: int) -> NDArray[np.bool_]:
    marks = np.zeros(n, np.bool_)
    marks[places] = True
    return marks


def _add_trigrams(words: WordIndex, terms: QuestionTerms, channels: dict[str, Scores]) -> Likeness:
    likeness = words.term_likeness(terms)
    sentences = _share(words.sentence_trigrams(likeness))
    channels["trigrams"] = _share(words.note_trigrams(likeness))
    channels["sentence_trigrams"] = words.best_sentence(sentences)
    return Likeness(sentences, np.ones(len(channels["words"]), np.bool_), 1.0)


def _add_vectors(
    vectors: PassageVectors, vector: Vector, words: WordIndex, channels: dict[str, Scores]
) -> Likeness:
    n, s = len(vectors.notes), len(vectors.sentences)
    channels["vector"] = _share((vectors.notes @ vector).astype(np.float64))
    channels["sentence_vector"] = channels["vector"].copy()
    first = _first(channels, slice(None))
    best_notes = at_least_kth(first, k=N_READ)
    like = Likeness(np.zeros(s), np.zeros(n, np.bool_), 1.0)
    best = _best_cosines(vectors, words.tokens.sentence_indptr, vector, best_notes, like)
    top = float(best.max(initial=0)) or 1.0
    channels["sentence_vector"][best_notes] = best / top
    like.is_read[best_notes] = True
    like.sentences[:] /= top
    return replace(like, top=top)


def _best_cosines(
    vectors: PassageVectors, indptr: Rows, vector: Vector, notes: Rows, like: Likeness
) -> Scores:
    """Fill in the likeness of these notes' sentences; return the best of each note."""
    at = places(indptr, notes)
    rows = vectors.sentences[at].astype(np.float32, copy=False)
    like.sentences[at] = np.maximum(rows @ vector, 0) / like.top
    lengths = lengths_of(indptr, notes)
    best: Scores = np.maximum.reduceat(like.sentences[at], np.cumsum(lengths) - lengths)
    return best


def _first(channels: Mapping[str, Scores], notes: Rows | slice) -> Scores:
    weights = UNTRAINED_VECTORS if "vector" in channels else UNTRAINED_WORDS
    parts = (weight * channels[name][notes] for name, weight in weights.items())
    return reduce(np.add, parts)


def _share(scores: Scores) -> Scores:
    """Return scores, made shares of the best in place; what is below 0 counts as 0."""
    as_shares(scores)
    return scores


def _titles_asked(passages: Passages, names: tuple[NameInQuestion, ...], held: Scores) -> Scores:
    """Return (n,) how rare the title is as a name, for notes whose title the question names.

    A title inside a longer name of the question does not count; one that many notes hold
    (`Germany`) says little. `Ann Lee (judge)` counts half beside `Ann Lee`, unless a judge is
    asked for.
    """
    titles, rare = passages.links.inventory.title_name, np.zeros(len(passages.notes))
    for name in {name.name for name in names if not name.nested}:
        rare[titles == name] = passages.name_idf[name]
    rare[passages.is_second & (held < _WHOLE)] *= PARENTHESIS_DISCOUNT
    return rare


def _titles_shared(passages: Passages, terms: QuestionTerms, cover: Cover) -> tuple[Scores, Scores]:
    """Return (n,) share of the question in the title, and share of the title in the question."""
    shared = cover.weight(cover.masks(passages.titles))
    held = np.zeros(len(shared))
    total = float(terms.idf.sum())
    np.divide(shared * total, passages.title_idf, out=held, where=passages.title_idf > 0)
    return shared, held


def _names_held(passages: Passages, names: tuple[NameInQuestion, ...]) -> Scores:
    """Return (n,) share of the question's names, by idf, that each note holds."""
    held = np.zeros(len(passages.notes))
    postings, weights = passages.postings, passages.name_idf
    asked = sorted({name.name for name in names if not name.nested})
    for name in asked:
        held[postings.note[postings.by_name[name] : postings.by_name[name + 1]]] += weights[name]
    total = float(weights[asked].sum())
    return held / total if total > 0 else held
