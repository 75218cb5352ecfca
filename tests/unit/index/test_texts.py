"""Texts that lie end to end, or are a choice of a few, are taken as they lie."""

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from graphmem.index.texts import is_packed, packed, picked_of
from graphmem.runs import Packed, Picked, Runs


@given(st.lists(st.lists(st.none() | st.text(max_size=3), max_size=4), max_size=4), st.data())
def test_runs_of_packed_texts_and_others_are_packed_as_they_lie(blocks, data):
    pieces, told = [], []
    for block in blocks:
        stop = data.draw(st.integers(0, len(block)))
        start = data.draw(st.integers(0, stop))
        is_packed = data.draw(st.booleans())
        pieces.append((Packed(*packed(block)) if is_packed else block, start, stop))
        told += block[start:stop]
    assert list(Packed(*packed(Runs(pieces)))) == told


def test_runs_of_choices_of_one_sequence_are_a_choice_of_it():
    among = ("a", "b", "c")
    one, other = (Picked(among, np.array(places)) for places in ([2, 0, 1], [1, 1]))
    texts, places = picked_of(Runs([(one, 0, 2), (other, 1, 2)]))
    assert texts is among
    assert places.tolist() == [2, 0, 1]
    assert picked_of(Runs([(one, 0, 2), (Picked(("a",), np.array([0])), 0, 1)])) is None
    assert picked_of(Runs([(one, 0, 2), (("b",), 0, 1)])) is None
    assert picked_of(among) is None


def test_most_of_texts_lie_end_to_end_or_they_do_not():
    lying = Packed(*packed(["a", "bb", None]))
    assert is_packed(lying)
    assert is_packed(Runs([(lying, 0, 2), (("c",), 0, 1)]))
    assert not is_packed(Runs([(lying, 0, 1), (("c",), 0, 1)]))
    assert not is_packed(("a", "b"))
