"""Which words of a question a note has, as the note writes them."""

import numpy as np

from graphmem.retrieve.found import WORDS_QUOTED, AskedWords, quoted
from graphmem.retrieve.words.index import updated
from tests.unit.retrieve.reading import question_of
from tests.unit.retrieve.snapshots import Turn, snapshot_of

TALK = [Turn("Boats! We sailed boats to Lisbon."), Turn("The weather was fine.")]


def words_of(question, note):
    index = updated(None, snapshot_of(TALK))
    asked = AskedWords.of(index.tokens, question_of(question, index).term_numbers)
    return asked.of_note(note)


def test_words_of_the_same_stem_are_found_each_once_in_the_order_of_the_note():
    assert words_of("Who sails a boat?", 0) == ["boats", "sailed"]
    assert words_of("Who sails a boat?", 1) == []


def test_stop_words_and_unknown_words_are_no_words_of_a_note():
    assert words_of("We was the zyzzyva?", 0) == []
    assert words_of("", 1) == []


def test_an_unknown_term_marks_nothing():
    index = updated(None, snapshot_of(TALK))
    assert not AskedWords.of(index.tokens, np.array([-1], np.int32)).is_asked.any()


def test_a_few_words_are_quoted_and_the_rest_left_out():
    assert quoted(["boats", "sailed"]) == "“boats”, “sailed”"
    assert quoted(list("abcdefgh")).count("“") == WORDS_QUOTED
