"""Columns that are put together of runs are looked up as if they lay end to end."""

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from graphmem.retrieve.words.known import Before
from graphmem.retrieve.words.spliced import MOST_PIECES, Spliced

STEPS = st.lists(st.tuples(st.integers(0, 40), st.integers(0, 40), st.integers(0, 3)), max_size=6)


@given(st.integers(0, 9), STEPS, st.data())
def test_rows_that_come_and_go_leave_those_that_a_list_would_have(n, steps, data):
    told = [[at, -at] for at in range(n)]
    spliced = Spliced(np.array(told, np.int32).reshape(-1, 2))
    for step, (where, gone, came) in enumerate(steps):
        at = min(where, len(told))
        stop = min(at + gone, len(told))
        new = [[1_000 * (step + 1) + place, 7] for place in range(came)]
        runs = [(0, at, 0), (at + came, len(told) - stop + at + came, stop)]
        told = [*told[:at], *new, *told[stop:]]
        before = Before(len(told), [run for run in runs if run[0] < run[1]])
        spliced = spliced.brought_forward(before, np.array(new, np.int32).reshape(-1, 2))
        rows = data.draw(st.lists(st.integers(0, len(told) - 1), max_size=9)) if told else []
        found = spliced.take(np.array(rows, np.int64))
        assert found.tolist() == [told[row] for row in rows]
    assert spliced.array.tolist() == told


def test_what_lies_in_many_pieces_is_laid_end_to_end():
    spliced = Spliced(np.zeros(1, np.int8))
    for n in range(1, MOST_PIECES + 2):
        assert "array" in spliced.__dict__ or len(spliced.__dict__["pieces"]) <= MOST_PIECES
        spliced = spliced.brought_forward(Before(n + 1, [(0, n, 0)]), np.array([n], np.int8))
    assert spliced.array.tolist() == list(range(MOST_PIECES + 2))
