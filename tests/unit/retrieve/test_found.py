"""Which words of a question a note has, as the note writes them."""

from dataclasses import replace

import numpy as np

from graphmem.retrieve.found import WORDS_QUOTED, AskedWords, quoted
from graphmem.retrieve.words.index import updated
from tests.unit.retrieve.reading import question_of
from tests.unit.retrieve.snapshots import Turn, snapshot_of

TALK = [Turn("Boats! We sailed boats to Lisbon."), Turn("The weather was fine.")]


def words_of(question, note):
    index = updated(None, snapshot_of(TALK))
    asked = AskedWords.of(index, question_of(question, index).term_numbers)
    return list(asked.of_note(note).values())


def test_words_of_the_same_stem_are_found_each_once_as_written_in_the_order_of_the_note():
    assert words_of("Who sails a boat?", 0) == ["Boats", "sailed"]
    assert words_of("Who sails a boat?", 1) == []


def test_stop_words_and_unknown_words_are_no_words_of_a_note():
    assert words_of("We was the zyzzyva?", 0) == []
    assert words_of("", 1) == []


def test_a_stop_word_that_is_a_name_is_told_as_the_text_writes_it():
    index = updated(None, snapshot_of([Turn("We met Can in town."), Turn("She can swim.")]))
    asked = AskedWords.of(index, question_of("Where is Can?", index).term_numbers)
    assert list(asked.weights_of(0)) == list(asked.of_note(0).values()) == ["Can"]


def test_an_unknown_term_marks_nothing():
    index = updated(None, snapshot_of(TALK))
    assert not AskedWords.of(index, np.array([-1], np.int32)).weight.any()


def test_of_many_words_the_few_rarest_are_quoted_in_the_order_of_the_note():
    often = [Turn("alpha beta gamma delta epsilon")] + [Turn("gamma")] * 3
    index = updated(None, snapshot_of(often))
    asked = AskedWords.of(index, question_of("epsilon gamma alpha delta beta", index).term_numbers)
    assert asked.quoted(asked.of_note(0)) == "“alpha”, “beta”, “delta”, “epsilon”"
    assert WORDS_QUOTED == 4
    assert quoted(["boats", "sailed"]) == "“boats”, “sailed”"


def test_a_sentence_weighs_its_asked_words_each_once():
    index = updated(
        None, snapshot_of([Turn("Boats, boats and boats! We sailed boats."), Turn("x")])
    )
    asked = AskedWords.of(index, question_of("sail a boat", index).term_numbers)
    first, second = asked.by_sentence(0)
    assert 0 < first < second
    assert asked.by_sentence(1).tolist() == [0]


def test_every_way_in_which_a_note_writes_an_asked_word_is_told():
    index = updated(None, snapshot_of([Turn("BOAT, boats, Boat: a boat.")]))
    asked = AskedWords.of(index, question_of("boat", index).term_numbers)
    assert list(asked.weights_of(0)) == ["BOAT", "boats", "Boat", "boat"]


def test_a_word_that_is_only_like_what_is_asked_says_what_it_is_like():
    index = updated(None, snapshot_of(TALK))
    asked = AskedWords.of(index, question_of("boats sailed", index).term_numbers)
    term = index.numbers["boat"]
    assert replace(asked, like={term: "bots"}).quoted(asked.of_note(0)) == (
        "“Boats” (like “bots”), “sailed”"
    )
