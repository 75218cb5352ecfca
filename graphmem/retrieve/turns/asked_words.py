"""The words that a question's hits are shown by: its own, and each that stands for one of them."""

from collections.abc import Sequence
from dataclasses import replace

import numpy as np

from graphmem.retrieve.found import AskedWords
from graphmem.retrieve.question.question import Question
from graphmem.retrieve.words.index import WordIndex
from graphmem.retrieve.words.related import related_terms
from graphmem.retrieve.words.similar import Sought, shares_of
from graphmem.retrieve.words.terms import term_of


def asked_words(words: WordIndex, question: Question, asked: Sequence[Sought]) -> AskedWords:
    """Return the words that were searched for, with the question's word that each stands for."""
    shares = shares_of(asked)
    numbers = np.array(list(shares), np.int32)
    found = AskedWords.of(words, numbers, np.array(list(shares.values()), np.float64))
    written = {term_of(word): word for word in question.written.words}
    own, terms = {word.own for word in asked}, words.tokens.vocabulary.terms
    like, meant = dict[int, str](), dict[int, str]()
    for word in asked:
        for number in word.similar.tolist():
            if number not in own:
                stands = meant if terms[number] in related_terms(word.term) else like
                stands[number] = written.get(word.term, word.term)
    return replace(found, like=like, meant=meant)
