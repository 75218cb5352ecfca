"""Turns around turns: inside the session, at a penalty for distance."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from graphmem.retrieve.turns.indexing import turn_index
from graphmem.retrieve.turns.kernels import n_places
from graphmem.retrieve.turns.neighbours import (
    FAR,
    NEAR,
    REACH,
    best_nearby,
    highest_around,
    with_neighbours,
)
from graphmem.retrieve.words.index import updated
from tests.unit.retrieve.snapshots import Turn, snapshot_of


@pytest.fixture
def index():
    """Two sessions of six and of two turns."""
    talk = [Turn("a", "s1")] * 6 + [Turn("b", "s2")] * 2
    snapshot = snapshot_of(talk)
    return turn_index(snapshot, updated(None, snapshot).notes)


def test_neighbours_are_those_within_reach_in_the_same_session(index):
    assert with_neighbours(index, np.array([0])).tolist() == list(range(REACH + 1))
    assert with_neighbours(index, np.array([5])).tolist() == [1, 2, 3, 4, 5]
    assert with_neighbours(index, np.array([7])).tolist() == [6, 7]
    assert with_neighbours(index, np.array([0, 6])).tolist() == [0, 1, 2, 3, 4, 6, 7]


@given(st.data())
def test_the_highest_level_around_is_that_of_the_turns_within_reach(data):
    lengths = data.draw(st.lists(st.integers(1, 30), min_size=1, max_size=6))
    talk = [Turn("a", f"s{number}") for number, length in enumerate(lengths) for _ in range(length)]
    snapshot = snapshot_of(talk)
    index = turn_index(snapshot, updated(None, snapshot).notes)
    given_ = data.draw(st.dictionaries(st.integers(0, len(talk) - 1), st.integers(1, 255)))
    levels = np.zeros(n_places(index.spaced), np.uint8)
    levels[index.spaced[list(given_)]] = list(given_.values())
    found = highest_around(levels)[index.spaced]
    for turn in range(len(talk)):
        near = set(with_neighbours(index, np.array([turn])).tolist())
        assert found[turn] == max((given_[row] for row in near & given_.keys()), default=0)


@pytest.mark.parametrize("window", [NEAR, FAR])
def test_a_value_is_lent_less_its_penalty_by_distance_and_direction(index, window):
    every = np.arange(8)
    for away, penalty in window:
        values = np.zeros(8)
        values[3] = 1.0
        found = best_nearby(index, every, every, values, window)
        turn = 3 - away
        if 0 <= turn < 6:
            assert found[turn] == pytest.approx(1 - penalty)


def test_no_window_reaches_farther_than_is_read():
    assert max(abs(away) for window in (NEAR, FAR) for away, _ in window) == REACH


def test_nothing_is_lent_across_sessions_and_an_own_better_value_stays(index):
    every = np.arange(8)
    values = np.array([0.2, 0, 0, 0, 0, 0, 0.9, 1.0])
    found = best_nearby(index, every, every, values, NEAR)
    np.testing.assert_allclose(found[[0, 5, 6, 7]], [0.2, 0, 0.9, 1.0])


def test_values_of_several_rows_are_lent_row_by_row(index):
    every = np.arange(8)
    values = np.eye(8)[:2]
    found = best_nearby(index, every, every, values, NEAR)
    for row in (0, 1):
        np.testing.assert_array_equal(
            found[row], best_nearby(index, every, every, values[row].copy(), NEAR)
        )
