"""A table in several arrays is read as one, and says where its rows lie and which came and went."""

from random import Random

import numpy as np
import pytest

from graphmem import stacked
from graphmem.stacked import Stacked, addresses, changes, whole


def table(*numbers: int) -> np.ndarray:
    return np.array([[n, -n] for n in numbers], np.float32).reshape(-1, 2)


@pytest.fixture
def rows() -> Stacked[np.float32]:
    return Stacked.of([(table(1, 2, 3), 1, 3), (table(), 0, 0), (table(4, 5), 0, 1)])


def test_it_is_read_as_one_array(rows: Stacked[np.float32]) -> None:
    expected = table(2, 3, 4)
    assert (len(rows), rows.shape, rows.dtype) == (3, (3, 2), np.float32)
    np.testing.assert_array_equal(whole(rows), expected)
    np.testing.assert_array_equal(np.asarray(rows), expected)
    np.testing.assert_array_equal(rows[1:3], expected[1:3])
    np.testing.assert_array_equal(rows[1:1], expected[:0])
    np.testing.assert_array_equal(rows[np.array([2, 0, 2])], expected[[2, 0, 2]])
    np.testing.assert_array_equal(rows[1], expected[1])


def test_of_nothing_it_is_a_table_without_rows() -> None:
    empty = Stacked.of([(table(1), 0, 0)])
    again = Stacked.of([(empty, 0, 0)])
    assert whole(again).shape == (0, 2)
    assert again.addresses(np.array([0])).shape == (1,)


def test_a_run_of_a_stack_is_one_of_its_arrays(rows: Stacked[np.float32]) -> None:
    more = Stacked.of([(rows, 1, 3), (table(9), 0, 1)])
    np.testing.assert_array_equal(whole(more), table(3, 4, 9))
    assert more.pieces[0][0] is rows.pieces[0][0]


def test_it_says_where_rows_lie(rows: Stacked[np.float32]) -> None:
    (first, start, _), (second, _, _) = rows.pieces
    found = addresses(rows, np.array([0, 1, 2]))
    begin = first.ctypes.data + start * 8
    assert found.tolist() == [begin, begin + 8, second.ctypes.data]
    assert addresses(first, np.array([2])).tolist() == [first.ctypes.data + 16]


def test_what_came_and_what_went_is_told_by_the_arrays() -> None:
    base, gone, come = table(*range(10)), table(20, 21), table(30)
    before = Stacked.of([(base, 0, 4), (gone, 0, 2), (base, 6, 10)])
    now = Stacked.of([(base, 0, 2), (come, 0, 1), (base, 2, 8)])
    found = {(run[0, 0], run[-1, 0], sign) for run, sign in changes(before, now)}
    assert found == {(4, 5, 1), (8, 9, -1), (20, 21, -1), (30, 30, 1)}
    assert list(changes(base, base)) == []


def test_short_runs_are_copied_together_once_they_are_many(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    for name, most in {"MOST_PIECES": 8, "VERY_SHORT": 2, "SHORT": 4}.items():
        monkeypatch.setattr(stacked, name, most)
    dice, numbers = Random(3), list(range(40))
    rows = Stacked.of([(table(*numbers), 0, 40)])
    for new in range(100, 160):
        at = dice.randrange(len(numbers) + 1)
        rows = Stacked.of([(rows, 0, at), (table(new), 0, 1), (rows, at, len(numbers))])
        numbers.insert(at, new)
        np.testing.assert_array_equal(whole(rows), table(*numbers))
    assert len(rows.pieces) < 30
