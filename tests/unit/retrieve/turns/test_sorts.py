"""Sorts of turns: those brought forward equal those that are numbered anew."""

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from graphmem.retrieve.turns.sorts import (
    NAMES,
    codes_of,
    read_traits,
    sorts_of,
    sorts_with,
)
from graphmem.retrieve.turns.traits import TRAITS
from graphmem.retrieve.words.known import Before

CODES = st.lists(st.sampled_from([0, 1, 5, 7, 5**9 + 3, 4 * 5**12]), max_size=8).map(
    lambda codes: np.array(codes, np.int64)
)


def assert_equal(one, other):
    np.testing.assert_array_equal(one.sort, other.sort)
    assert one.sort.dtype == other.sort.dtype
    assert list(one.features) == list(other.features) == list(NAMES)
    for name in NAMES:
        np.testing.assert_array_equal(one.features[name], other.features[name], err_msg=name)


@given(CODES.filter(len), CODES, st.data())
def test_sorts_that_are_brought_forward_are_those_numbered_anew(old, new, data):
    n = len(old) + len(new)
    changed = np.array(
        sorted(data.draw(st.sets(st.integers(0, n - 1), min_size=len(new), max_size=len(new)))),
        np.int64,
    )
    kept = data.draw(st.lists(st.integers(0, len(old) - 1), min_size=n - len(new), max_size=n))
    rows = np.full(n, -1, np.int64)
    rows[np.setdiff1d(np.arange(n), changed)] = kept[: n - len(new)]
    codes = np.where(rows >= 0, old[rows], 0)
    codes[changed] = new
    assert_equal(sorts_with(sorts_of(old), Before.of(rows), changed, new), sorts_of(codes))


def test_a_turn_has_its_own_traits_and_what_the_one_before_it_asks():
    traits = read_traits(["When did Ida leave?", "On Monday.", "Why?"])
    sorts = sorts_of(codes_of(traits, np.array([True, False, True])))
    of_turns = {name: values[sorts.sort].tolist() for name, values in sorts.features.items()}
    assert of_turns["asks_when"] == [0, 1, 0]
    assert of_turns["asked_before"] == [0, 1, 0]
    assert of_turns["asks"] == traits[:, TRAITS.index("asks")].tolist()
