"""One question against every note and sentence: the channels that roots and edges are judged by."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from graphmem.retrieve.counts import Scores
from graphmem.retrieve.cover import Cover, Masks, cover_of
from graphmem.retrieve.links import NameInQuestion, names_in
from graphmem.retrieve.passages import Passages
from graphmem.retrieve.words import QuestionTerms

Vector = NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class Asked:
    """Channels of one question; each is 0 to 1 and none depends on another question.

    Sentence vectors are read for the notes that matter only: those that could be roots, and the
    targets of the walk, which `sharpen` brings up to date in place.
    """

    terms: QuestionTerms
    names: tuple[NameInQuestion, ...]
    vector: Vector | None
    cover: Cover
    note_masks: Masks
    """(n,)"""
    sentence_masks: Masks
    """(s,)"""
    note_cover: Scores
    """(n,) share of the question's idf that each note holds."""
    sentence_cover: Scores
    note_channels: dict[str, Scores]
    """(n,) each"""
    sentence_bm25: Scores
    """(s,) share of the best."""
    sentence_like: Scores
    """(s,) cosine with the question; trigram likeness without an encoder."""
    note_like: Scores
    """(n,)"""


def ask(passages: Passages, question: str, vector: Vector | None) -> Asked:
    """Score a question against everything; `vector` is its (dim,) unit row, if there is one."""
    words = passages.words
    terms = words.question(question)
    cover = cover_of(terms.numbers, terms.share)
    note_masks, sentence_masks = cover.masks(words.notes), cover.masks(words.sentences)
    names = names_in(passages.links, words, question)
    sentence_bm25 = _share(words.sentence_bm25(terms))
    sentence_trigrams = words.sentence_trigrams(terms)
    title_masks = cover.masks(passages.titles)
    channels = {
        "words": _share(words.note_bm25(terms)),
        "sentence_words": words.best_sentence(sentence_bm25),
        "cosine": _share(words.note_cosine(terms)),
        "sentence_cosine": _share(words.best_sentence(words.sentence_cosine(terms))),
        "trigrams": _range(words.note_trigrams(terms)),
        "sentence_trigrams": _range(words.best_sentence(sentence_trigrams)),
        "title_asked": _titles_asked(passages, names),
        "title_shared": _title_overlap(passages, terms, cover, title_masks),
        "names": _names_held(passages, names),
    }
    like = sentence_trigrams
    note_like = channels["trigrams"]
    if vector is not None:
        note_like = passages.note_vectors @ vector
        like = passages.sentence_vectors @ vector
        channels["vector"] = _range(note_like)
        channels["sentence_vector"] = _range(words.best_sentence(like))
    return Asked(
        terms=terms,
        names=names,
        vector=vector,
        cover=cover,
        note_masks=note_masks,
        sentence_masks=sentence_masks,
        note_cover=cover.weight(note_masks),
        sentence_cover=cover.weight(sentence_masks),
        note_channels=channels,
        sentence_bm25=sentence_bm25,
        sentence_like=like,
        note_like=note_like,
    )


def _share(scores: Scores) -> Scores:
    top = float(scores.max(initial=0))
    return scores / top if top > 0 else scores


def _range(scores: Scores) -> Scores:
    low, high = float(scores.min(initial=0)), float(scores.max(initial=0))
    return (scores - low) / (high - low) if high > low else np.zeros(len(scores))


def _titles_asked(passages: Passages, names: tuple[NameInQuestion, ...]) -> Scores:
    titles = passages.links.inventory.title_name
    asked = [name.name for name in names if not name.nested]
    return np.isin(titles, asked).astype(np.float64)


def _title_overlap(
    passages: Passages, terms: QuestionTerms, cover: Cover, title_masks: Masks
) -> Scores:
    shared = cover.weight(title_masks)
    of_title = shared * float(terms.idf.sum())
    held = np.divide(
        of_title, passages.title_idf, out=np.zeros(len(shared)), where=passages.title_idf > 0
    )
    return held * shared


def _names_held(passages: Passages, names: tuple[NameInQuestion, ...]) -> Scores:
    """Return (n,) share of the question's names, by idf, that each note holds."""
    held = np.zeros(len(passages.name_count))
    asked = {name.name for name in names if not name.nested}
    bridges = passages.bridges
    weights = {name: float(passages.name_idf[name]) for name in sorted(asked)}
    for name, weight in weights.items():
        span = slice(bridges.by_name[name], bridges.by_name[name + 1])
        held[bridges.note[span]] += weight
    total = sum(weights.values())
    return held / total if total > 0 else held
