"""The word index against formulas worked out by hand, on the raw texts."""

import math
from collections import Counter

import numpy as np
import pytest

from graphmem.retrieve.words.index import updated
from graphmem.text import STOPWORDS, stem, words
from tests.unit.retrieve.passage_data import BAND, snapshot_of_passages
from tests.unit.retrieve.reading import terms_of

QUESTION = "Where was the singer of the album Grey Harbour born?"


def stems(text):
    return [stem(word) for word in words(text) if word not in STOPWORDS]


@pytest.fixture
def index():
    return updated(None, snapshot_of_passages(BAND))


def test_bm25_of_notes_is_the_published_formula(index):
    texts = [stems(f"{title} {text}") for _, (title, text) in sorted(BAND.items())]
    mean = sum(map(len, texts)) / len(texts)
    expected = []
    for text in texts:
        tf = Counter(text)
        score = 0.0
        for term in set(stems(QUESTION)):
            df = sum(term in other for other in texts)
            idf = math.log(1 + (len(texts) - df + 0.5) / (df + 0.5))
            norm = 0.9 * (1 - 0.4 + 0.4 * len(text) / mean)
            score += idf * tf[term] * 1.9 / (tf[term] + norm)
        expected.append(score)
    np.testing.assert_allclose(index.note_bm25(terms_of(QUESTION, index)), expected, rtol=1e-6)


def test_a_cosine_is_one_only_for_a_text_of_the_same_words(index):
    singer = index.tokens.sentence_indptr[sorted(BAND).index("singer")]
    cosines = index.sentence_cosine(terms_of("Ilse Vantongeren singer born Ostrava", index))
    assert cosines.argmax() == singer
    assert 0.9 < cosines[singer] <= 1
    assert cosines.min() >= 0


def test_trigrams_find_a_name_spelled_another_way(index):
    asked = terms_of("vantongerren", index)
    assert not index.note_bm25(asked).any()
    assert index.note_trigrams(index.term_likeness(asked)).argmax() in (
        sorted(BAND).index("album"),
        sorted(BAND).index("singer"),
    )


def test_a_sentence_is_read_with_its_title(index):
    asked = terms_of("Ostrava mayor", index)
    scores = index.sentence_bm25(asked)
    best = int(scores.argmax())
    assert sorted(BAND)[index.notes_of(np.array([best]))[0]] == "town"
    assert index.best_sentence(scores)[sorted(BAND).index("town")] == scores[best]


def test_words_that_no_note_holds_weigh_in_the_question_and_match_nothing(index):
    asked = terms_of("zyzzyva album", index)
    assert asked.numbers.tolist()[0] == -1
    assert asked.idf[0] > asked.idf[1]


@pytest.mark.parametrize("question", ["", "the of", "???", "北京"])
def test_a_question_without_a_known_word_scores_nothing(index, question):
    asked = terms_of(question, index)
    assert not index.note_bm25(asked).any()
    assert not index.sentence_cosine(asked).any()


def test_an_empty_memory_has_an_empty_index():
    index = updated(None, snapshot_of_passages({}))
    assert index.note_trigrams(index.term_likeness(terms_of("Ana", index))).shape == (0,)
    assert index.best_sentence(index.sentence_bm25(terms_of("Ana", index))).shape == (0,)


def test_a_term_that_no_text_has_weighs_as_the_formula_says(index):
    n = len(BAND)
    assert index.idf_of(-1) == pytest.approx(math.log1p((n + 0.5) / 0.5))
    assert index.idf_of(0) == index.idf[0]
