"""A question's words as the passages write them: what none of them holds becomes what is like it.

A slip, a compound, another spelling: beside the likeness by letters, which ranks, the words that
are meant count as said, so that such a hit is not taken for one that nothing speaks for.
"""

import math
from collections.abc import Mapping
from dataclasses import replace
from itertools import pairwise

import numpy as np

from graphmem.retrieve.question.question import Question
from graphmem.retrieve.words.index import WordIndex
from graphmem.retrieve.words.similar import Sought, sought_words
from graphmem.retrieve.words.terms import term_of


def as_written(words: WordIndex, question: Question) -> tuple[Question, dict[int, str]]:
    """Return a question with its unknown words as the passages of `words` write them.

    Beside it: each term put in, with the word of the question that it is like. A question whose
    words are all known comes back as it is; so does a word that nothing is like.
    """
    df, numbers = words.notes.df, question.term_numbers
    unknown = [
        stem
        for stem, number in zip(question.stems, numbers.tolist(), strict=True)
        if number < 0 or not df[number]
    ]
    if not unknown:
        return question, {}
    written = dict(zip(map(term_of, question.written.words), question.written.words, strict=True))
    sought = sought_words(words, dict.fromkeys(unknown, 1.0), df > 0, written)
    joined = _joined(words, question, set(unknown))
    meant = {word.term: joined.get(word.term) or _likest(word) for word in sought}
    terms = words.tokens.vocabulary.terms
    stems: dict[str, int] = {}
    like: dict[int, str] = {}
    for stem, number in zip(question.stems, numbers.tolist(), strict=True):
        for found in meant.get(stem) or [number]:
            stems.setdefault(terms[found] if found >= 0 else stem, found)
            if stem in meant and stem not in joined and found >= 0 and found not in numbers:
                like[found] = written.get(stem, stem)
    if not any(meant.values()):
        return question, {}
    asked = replace(
        question,
        stems=tuple(stems),
        shares=np.ones(len(stems)),
        term_numbers=np.array(list(stems.values()), np.int32),
    )
    return asked, like


def _joined(words: WordIndex, question: Question, unknown: set[str]) -> Mapping[str, list[int]]:
    """Return the one word that an unknown word makes with its neighbour, where passages have it."""
    found: dict[str, list[int]] = {}
    for first, second in pairwise(question.written.words):
        number = words.numbers.get(term_of(first + second), -1)
        if number >= 0 and words.notes.df[number]:
            found |= {t: [number] for t in (term_of(first), term_of(second)) if t in unknown}
    return found


def _likest(word: Sought) -> list[int]:
    """Return the terms that are most like a word: one, or the two parts of a compound."""
    best = word.likeness.max(initial=0)
    return [
        number
        for number, like in zip(word.similar.tolist(), word.likeness.tolist(), strict=True)
        if math.isclose(like, best)
    ][:2]
