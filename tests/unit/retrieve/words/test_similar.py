"""Words that are like those asked: slips, compounds and their parts, and what must not be taken."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from graphmem.retrieve.words.index import updated
from graphmem.retrieve.words.similar import (
    MAX_SIMILAR,
    edit_distance,
    joined_words,
    shares_of,
    sought_words,
)
from graphmem.retrieve.words.terms import term_of
from graphmem.text import normalise
from tests.unit.retrieve.snapshots import Turn, snapshot_of


def found_for(asked, *texts):
    """Return the terms of the texts that are searched for where a word is asked, with shares."""
    word = normalise(asked)
    index = updated(None, snapshot_of([Turn(text, f"s{i}") for i, text in enumerate(texts)]))
    there = np.ones(len(index.tokens.vocabulary.terms), bool)
    sought = sought_words(index, {term_of(word): 1.0}, there, {term_of(word): word})
    terms = index.tokens.vocabulary.terms
    return {terms[number]: share for number, share in shares_of(sought).items()}


@pytest.mark.parametrize(
    ("asked", "written"),
    [
        ("restarant", "restaurant"),
        ("umberlla", "umbrella"),
        ("definately", "definitely"),
        ("diabetic", "diabetes"),
        ("Fahrrad", "Fahrradschlüssel"),
        ("Schloss", "Fahrradschloss"),
        ("koulu", "koulussamme"),
        ("kitap", "kitaplarımız"),
        ("snowman", "snow man"),
        ("447911123456", "07911123456"),
        ("offline", "off-line mode"),
        ("inland", "in-land waters"),
        ("recharge", "re-charge"),
    ],
)
def test_a_word_that_no_text_has_is_searched_as_what_is_like_it(asked, written):
    assert found_for(asked, f"We spoke of {written} today.", "The kettle is loud.")


@pytest.mark.parametrize(
    ("asked", "written"),
    [
        ("zebra", "zero"), ("accordion", "record"), ("bike", "like"), ("lake", "cake"),
        ("quantum", "quarter"), ("cat", "category"), ("violin", "violence"),
    ],
)  # fmt: skip
def test_another_word_is_not_taken_for_it(asked, written):
    assert found_for(asked, f"We spoke of {written}.") == {}


def test_a_stop_word_and_another_are_a_compound_only_where_a_text_writes_them_together():
    assert found_for("upload", "A load of hay went up.").get("load", 0) < 1
    assert found_for("upload", "We up-load it.")["load"] == 1


def test_a_word_that_the_texts_have_is_itself_and_only_what_holds_most_of_it_stands_beside():
    found = found_for("kettle", "The kettle is loud.", "Two kettles.", "A kettledrum.", "Nettle.")
    assert found["kettl"] == 1.0
    assert 0 < found["kettledrum"] < 1.0
    assert "nettl" not in found


def test_terms_that_the_searched_texts_lack_are_not_found():
    index = updated(None, snapshot_of([Turn("An umbrella."), Turn("A passage.", "p", title="P")]))
    nowhere = np.zeros(len(index.tokens.vocabulary.terms), bool)
    (word,) = sought_words(index, {"umbrella": 1.0}, nowhere)
    assert word.own == -1
    assert not len(word.similar)


def test_what_counts_nothing_is_not_searched():
    index = updated(None, snapshot_of([Turn("An umbrella.")]))
    assert sought_words(index, {"umbrella": 0.0}, np.ones(1, bool)) == ()


def test_a_word_stands_for_few_terms_at_most():
    texts = [f"prefix{chr(97 + i)}{chr(97 + j)}" for i in range(8) for j in range(8)]
    assert len(found_for("prefix", *texts)) <= MAX_SIMILAR + 1  # and itself


def test_neighbouring_words_are_joined():
    assert joined_words(("my", "e", "mail")) == ("mye", "email")


@pytest.mark.parametrize(
    ("one", "other", "expected"),
    [
        ("museum", "musuem", 1),
        ("abc", "abc", 0),
        ("abc", "abd", 1),
        ("abc", "ab", 1),
        ("a", "xyz", 3),
    ],
)
def test_slips_are_counted(one, other, expected):
    assert edit_distance(one, other, most=3) == expected


WORD = st.text("abc", max_size=7)


@given(WORD, WORD, st.integers(0, 3))
def test_the_distance_is_symmetric_none_for_equal_words_and_stops_beyond_the_most(one, other, most):
    found = edit_distance(one, other, most=most)
    assert found == edit_distance(other, one, most=most)
    assert (found == 0) == (one == other)
    assert found <= most + 1
