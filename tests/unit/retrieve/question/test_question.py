"""A question as it is read: words as numbers of the snapshot, names, voice, dates, kind."""

import numpy as np
import pytest

from graphmem.retrieve.names.links import links_of
from graphmem.retrieve.words.index import updated
from tests.unit.retrieve.passage_data import BAND, snapshot_of_passages
from tests.unit.retrieve.reading import question_of


@pytest.fixture
def words():
    return updated(None, snapshot_of_passages(BAND))


def test_stems_are_distinct_in_the_order_asked_without_stop_words(words):
    question = question_of("The mayor, the mayors and zyzzyvas of Ostrava?", words)
    assert question.stems == ("mayor", "zyzzyva", "ostrava")
    known = [words.tokens.vocabulary.terms[n] if n >= 0 else None for n in question.term_numbers]
    assert known == ["mayor", None, "ostrava"]


def test_words_are_numbers_of_folded_words_stop_words_included(words):
    question = question_of("OSTRAVA is zyzzyva", words)
    known = [words.tokens.vocabulary.words[n] if n >= 0 else None for n in question.word_numbers]
    assert known == ["ostrava", "is", None]
    assert question.is_capital.tolist() == [True, False, False]


def test_what_else_it_says_is_read_of_the_same_text(words):
    question = question_of("When did Tilda see Ostrava in May 2023?", words, speakers=("Tilda",))
    assert question.text == "When did Tilda see Ostrava in May 2023?"
    assert question.voice.speakers == (0,)
    assert question.voice.rewritten.text == "When did I see Ostrava in May 2023?"
    (may,) = question.when.within
    assert (may.days, question.when.is_condition) == (31, True)
    assert question.kind.when
    assert not question.kind.who


def test_names_are_those_of_the_passages_and_none_without_any(words):
    snapshot = snapshot_of_passages(BAND)
    links = links_of(words, snapshot, np.arange(len(snapshot.note_ids)))
    (held,) = question_of("Where is Ostrava?", words, links=links).names
    assert links.inventory.names[held.name] == "ostrava"
    assert held.place == 2
    assert question_of("Where is Ostrava?", words).names == ()


@pytest.mark.parametrize("text", ["", "?", "   "])
def test_a_question_without_words_is_read_too(words, text):
    question = question_of(text, words)
    assert question.stems == question.names == question.when.within == ()
    assert question.word_numbers.shape == question.is_capital.shape == (0,)
