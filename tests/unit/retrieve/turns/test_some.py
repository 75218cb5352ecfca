"""Some turns have a value of their own, put over what others have."""

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from graphmem.retrieve.turns.some import SomeTurns

VALUES = st.dictionaries(st.integers(0, 30), st.floats(0, 1), max_size=20)


@given(VALUES, st.lists(st.integers(0, 30)))
def test_turns_that_have_one_get_it_and_others_keep_theirs(values, turns):
    among = np.arange(len(turns)) + 5.0
    expected = [values.get(turn, 5.0 + at) for at, turn in enumerate(turns)]
    SomeTurns.of(values).put_over(among, np.array(turns, np.int64))
    assert among.tolist() == expected


def test_turns_are_ascending_in_whatever_order_they_are_given():
    some = SomeTurns.of({7: 0.5, 2: 0.25})
    assert some.turns.tolist() == [2, 7]
    assert some.values.tolist() == [0.25, 0.5]
