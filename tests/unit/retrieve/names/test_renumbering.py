"""Numbers of sorted texts where some came and others went."""

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from graphmem.retrieve.names.renumbering import (
    brought,
    moved,
    place_among,
    rearranged,
    respelled,
)
from graphmem.retrieve.words.ragged import Ragged

LETTERS = st.sets(st.sampled_from("abcdefgh"))


@given(LETTERS, LETTERS, LETTERS)
def test_sorted_texts_without_some_and_with_others_are_sorted_and_say_where_each_is(had, gone, new):
    texts, left = sorted(had), sorted(had - gone)
    places = [texts.index(text) for text in texts if text in gone]
    now, numbers = rearranged(texts, places, sorted(new - had))
    assert list(now) == sorted({*left, *new - had})
    assert [now[at] if at >= 0 else None for at in numbers] == [
        None if text in gone else text for text in texts
    ]
    values = np.arange(len(texts))
    assert brought(values, numbers, len(now), -1).tolist() == [
        texts.index(text) if text in left else -1 for text in now
    ]
    assert [place_among(now, text) for text in "abcdefgh"] == [
        list(now).index(text) if text in now else -1 for text in "abcdefgh"
    ]


def test_what_was_none_stays_none():
    new = np.array([1, -1, 0], np.int32)
    assert moved(np.array([2, -1, 1, 0], np.int32), new).tolist() == [0, -1, -1, 1]


def test_names_of_a_word_that_is_gone_must_be_gone_themselves():
    spelled = Ragged.of([[0], [1, 2], [-1]])
    words = np.array([0, 1, -1], np.int32)
    assert respelled(spelled, words, []) is None
    assert respelled(spelled, words, [1]).values.tolist() == [0, 1, -1, -1]
