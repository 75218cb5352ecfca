"""Rows of unequal length laid end to end, against lists."""

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from graphmem.retrieve.words.ragged import (
    Ragged,
    distinct,
    first_of_runs,
    lengths_of,
    offsets,
    places,
    spans,
)

LISTS = st.lists(st.lists(st.integers(0, 9), max_size=4), max_size=6)


def as_lists(ragged):
    return [ragged.row(i).tolist() for i in range(len(ragged.indptr) - 1)]


@given(LISTS)
def test_rows_come_back_as_they_were_given(rows):
    ragged = Ragged.of(rows)
    assert as_lists(ragged) == rows
    assert ragged.lengths.tolist() == [len(row) for row in rows]
    assert ragged.rows.tolist() == [i for i, row in enumerate(rows) for _ in row]


@given(LISTS, st.data())
def test_taken_rows_are_those_named_in_that_order(rows, data):
    numbers = st.lists(st.integers(0, len(rows) - 1), max_size=6) if rows else st.just([])
    chosen = data.draw(numbers)
    taken = Ragged.of(rows).take(np.array(chosen, np.int64))
    assert as_lists(taken) == [rows[i] for i in chosen]


@given(LISTS, LISTS)
def test_joined_rows_are_these_and_then_the_others(rows, others):
    assert as_lists(Ragged.of(rows).joined(Ragged.of(others))) == rows + others


def test_offsets_lengths_and_places_of_three_rows():
    indptr = offsets(np.array([2, 0, 3]))
    assert indptr.tolist() == [0, 2, 2, 5]
    rows = np.array([2, 0])
    assert lengths_of(indptr, rows).tolist() == [3, 2]
    assert places(indptr, rows).tolist() == [2, 3, 4, 0, 1]
    assert spans(np.array([7, 1]), np.array([1, 2])).tolist() == [7, 1, 2]
    assert spans(np.zeros(0, np.int64), np.zeros(0, np.int64)).tolist() == []


def test_runs_begin_where_a_value_changes_and_distinct_values_ascend():
    assert first_of_runs(np.array([4, 4, 1, 4])).tolist() == [0, 2, 3]
    assert distinct(np.array([4, 4, 1, 4])).tolist() == [1, 4]
    assert first_of_runs(np.zeros(0, np.int64)).tolist() == []


@given(LISTS, LISTS, st.data())
def test_rows_that_are_put_in_stand_where_they_are_put(rows, new, data):
    n = len(rows) + len(new)
    put = sorted(data.draw(st.permutations(range(n)))[: len(new)])
    numbers = np.array(sorted(data.draw(st.permutations(range(20)))[:10]), np.int32)
    whole = Ragged.of(rows).with_rows(Ragged.of(new), np.array(put, np.int64), numbers)
    rest, added = iter([numbers[row] for row in rows]), iter(new)
    wanted = Ragged.of([next(added) if at in put else next(rest) for at in range(n)])
    np.testing.assert_array_equal(whole.indptr, wanted.indptr)
    np.testing.assert_array_equal(whole.values, wanted.values)
