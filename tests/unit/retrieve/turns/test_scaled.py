"""Values are scaled by what some of them are, where they are read."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from graphmem.retrieve.turns.scaled import Scaled, moments

VALUES = st.lists(st.integers(-50, 50), min_size=1, max_size=40).map(lambda v: np.array(v, float))


@given(VALUES, st.data())
def test_those_inside_have_mean_0_and_deviation_1_or_all_are_0(values, data):
    inside = values[: data.draw(st.integers(1, len(values)))]
    scaled = Scaled.over(values, inside)
    column = scaled.column[: len(inside)]
    assert column.mean() == pytest.approx(0, abs=1e-12)
    assert column.std() == pytest.approx(float(len(set(inside.tolist())) > 1), abs=1e-12)


@given(VALUES)
def test_a_value_is_the_same_however_it_is_read(values):
    scaled, turns = Scaled.over(values, values), np.arange(len(values))[::-1]
    assert [scaled.item(turn) for turn in turns.tolist()] == scaled.among(turns).tolist()
    assert scaled.among(turns).tolist() == scaled.column[::-1].tolist()


def test_values_that_do_not_differ_say_nothing():
    np.testing.assert_array_equal(Scaled.over(np.full(3, 0.7), np.full(3, 0.7)).column, np.zeros(3))
    np.testing.assert_array_equal(Scaled.over(np.ones(2), np.ones(0)).column, np.zeros(2))
    assert moments(np.ones(0)) == (0, 0)
