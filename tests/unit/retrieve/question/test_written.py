"""A text's words where they stand, and the text with names replaced without reading it again."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from graphmem.retrieve.question.written import Written
from graphmem.text import normalise, surfaces, word_spans, words, words_at

ODD = st.text(alphabet="aÄé ½'’.-\n漢カ१ ™_9", max_size=30)


def test_words_stand_where_they_were_written_and_are_folded():
    written = Written.of("Where's MÜLLER now?")
    assert written.surfaces == ("Where's", "MÜLLER", "now")
    assert written.words == ("where", "muller", "now")
    assert written.spans == ((0, 7), (8, 14), (15, 18))


def test_a_word_that_folds_into_two_counts_as_two_and_has_one_normal_form():
    written = Written.of("½ cup")
    assert written.words == ("1", "2", "cup")
    assert written.normal_forms == ("1 2", "cup")


@given(ODD)
def test_its_parts_are_those_of_the_functions_on_texts(text):
    written = Written.of(text)
    assert list(written.spans) == word_spans(text)
    assert list(written.surfaces) == surfaces(text)
    assert list(written.normal_forms) == [normalise(surface) for surface in surfaces(text)]
    assert written.words_at(range(len(text))) == words_at(text, range(len(text)))


def test_replacing_a_span_moves_the_words_behind_it():
    written = Written.of("When did Ana Lee's dog bark?")
    changed = written.replaced([((9, 18), "my")])
    assert changed.text == "When did my dog bark?"
    assert changed == Written.of(changed.text)


def test_several_spans_are_replaced_and_the_ends_stay():
    written = Written.of("Ana saw Ben, and Ben saw Ana")
    changed = written.replaced([((0, 3), "I"), ((8, 11), "I"), ((17, 20), "I"), ((25, 28), "I")])
    assert changed == Written.of("I saw I, and I saw I")


def test_replacing_nothing_changes_nothing():
    written = Written.of("Who came?")
    assert written.replaced([]) == written


@pytest.mark.parametrize("text", ["", "   ", "?!"])
def test_a_text_without_words_has_none(text):
    written = Written.of(text)
    assert written.words == written.surfaces == written.normal_forms == ()
    assert words(text) == []
