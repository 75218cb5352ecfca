"""Unit rows and the nearest by cosine."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from graphmem.vectors import (
    at_least_kth,
    is_among,
    packed_signs,
    put_in,
    shifted,
    token_bytes,
    top_k,
    unit_rows,
)


def test_unit_rows_have_length_one_and_zero_rows_stay_zero():
    rows = unit_rows(np.array([[3.0, 4.0], [0.0, 0.0], [1e-30, 0.0]]))
    assert rows.dtype == np.float32
    assert rows == pytest.approx(np.array([[0.6, 0.8], [0.0, 0.0], [1.0, 0.0]]))


def test_a_sign_is_one_bit_and_a_last_byte_is_filled_up():
    rows = np.array([[1, -1, 0, 2, -3, 4, -5, 6, 7], [-1] * 9], np.float32)
    signs = packed_signs(rows)
    assert signs.shape == (2, token_bytes(9))
    expected = [[1, 0, 0, 1, 0, 1, 0, 1, 1], [0] * 9]
    assert np.unpackbits(signs, axis=1, count=9).tolist() == expected


@given(st.lists(st.sampled_from([0.0, 0.25, 0.5, 1.0]), max_size=30), st.integers(0, 35))
def test_top_k_equals_sorting_by_score_then_place(scores, k):
    places, values = top_k(np.array(scores), k=k)
    expected = sorted(range(len(scores)), key=lambda i: (-scores[i], i))[:k]
    assert places.tolist() == expected
    assert values.tolist() == [scores[i] for i in expected]


@pytest.mark.parametrize("k", [1, 7, 20])
@pytest.mark.parametrize("n", [30, 1_000, 9_999])
def test_of_few_scores_and_of_many_the_kth_and_its_equals_are_found(n, k):
    scores = np.random.default_rng(n).integers(0, n // 3, n).astype(float)
    scores[: n // 2] = -np.inf
    least = sorted(scores.tolist(), reverse=True)[k - 1]
    assert at_least_kth(scores, k=k).tolist() == np.flatnonzero(scores >= least).tolist()


def test_among_many_scores_that_are_all_equal_every_place_is_found():
    assert at_least_kth(np.zeros(2_000), k=3).tolist() == list(range(2_000))


@given(st.sets(st.integers(0, 40)), st.lists(st.integers(0, 40)))
def test_values_are_looked_up_among_ascending_ones_of_another_type(ordered, wanted):
    held = np.array(sorted(ordered), np.int32)
    found = is_among(np.array(wanted, np.int64), held)
    assert found.tolist() == [value in ordered for value in wanted]


@given(st.lists(st.integers(-9, 9)), st.lists(st.tuples(st.integers(0, 9), st.integers(-9, 9))))
def test_values_are_put_in_where_numpy_inserts_them(whole, added):
    added = sorted((min(place, len(whole)), value) for place, value in added)
    at, values = [place for place, _ in added], [value for _, value in added]
    array = np.array(whole, np.int32)
    found = put_in(array, at, values)
    assert (found.tolist(), found.dtype) == (np.insert(array, at, values).tolist(), array.dtype)


@given(st.sets(st.integers(0, 60), min_size=1), st.lists(st.integers(0, 60)), st.booleans())
def test_numbers_are_moved_up_as_a_look_up_of_each_would(places, wanted, is_one_gone):
    new = np.array(sorted(places), np.int32)
    new[: int(is_one_gone)] = -1
    numbers = np.array(wanted, np.int32) % len(new)
    assert shifted(numbers, new).tolist() == new[numbers].tolist()


def test_numbers_that_keep_their_places_are_not_copied():
    numbers = np.array([2, 0, 1], np.int32)
    assert shifted(numbers, np.arange(3, dtype=np.int32)) is numbers
