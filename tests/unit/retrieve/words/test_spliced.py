"""Columns that are put together of runs are looked up as if they lay end to end."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from graphmem.retrieve.words import spliced
from graphmem.retrieve.words.known import Before
from graphmem.retrieve.words.spliced import Spliced

STEPS = st.lists(st.tuples(st.integers(0, 40), st.integers(0, 40), st.integers(0, 3)), max_size=6)


@given(st.integers(0, 9), STEPS, st.data())
def test_rows_that_come_and_go_leave_those_that_a_list_would_have(n, steps, data):
    told = [[at, -at] for at in range(n)]
    column = Spliced(np.array(told, np.int32).reshape(-1, 2))
    for step, (where, gone, came) in enumerate(steps):
        at = min(where, len(told))
        stop = min(at + gone, len(told))
        new = [[1_000 * (step + 1) + place, 7] for place in range(came)]
        runs = [(0, at, 0), (at + came, len(told) - stop + at + came, stop)]
        told = [*told[:at], *new, *told[stop:]]
        before = Before(len(told), [run for run in runs if run[0] < run[1]])
        column = column.brought_forward(before, np.array(new, np.int32).reshape(-1, 2))
        rows = data.draw(st.lists(st.integers(0, len(told) - 1), max_size=9)) if told else []
        found = column.take(np.array(rows, np.int64))
        assert found.tolist() == [told[row] for row in rows]
    assert column.array.tolist() == told
    assert len(column) == len(told)


@pytest.mark.parametrize("most", ["MOST_RUNS", "MOST_ADDED"])
def test_what_lies_in_many_runs_is_laid_end_to_end(most, monkeypatch):
    monkeypatch.setattr(spliced, most, 5)
    column = Spliced(np.zeros(1, np.int8))
    laid = []
    for n in range(1, 9):
        column = column.brought_forward(Before(n + 1, [(1, n + 1, 0)]), np.array([n], np.int8))
        laid.append("array" in column.__dict__)
        assert column.take(np.arange(n + 1)).tolist() == [*range(n, 0, -1), 0]
    assert any(laid)
    assert not all(laid)
