"""Values spread over the turns around them, against loops."""

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from graphmem.retrieve.turns import kernels
from graphmem.retrieve.turns.kernels import DENSE, GAP, decaying, spaced_places, spread

KERNEL = decaying(0.6, 0.5, GAP)


@given(
    st.lists(st.integers(1, 20), min_size=1, max_size=8),
    st.data(),
)
def test_spreading_equals_a_loop_over_the_turns_of_each_session(sizes, data):
    session = np.repeat(np.arange(len(sizes)), sizes)
    n = len(session)
    values = np.array(
        data.draw(st.lists(st.sampled_from([0, 0, 0, 0, 0, 0, 1, 7]), min_size=n, max_size=n)),
        float,
    )
    rows = np.flatnonzero(values)
    found = spread(rows, values[rows], KERNEL, spaced_places(session))
    expected = [
        sum(
            weight * values[i + away]
            for away, weight in KERNEL
            if 0 <= i + away < n and session[i + away] == session[i]
        )
        for i in range(n)
    ]
    np.testing.assert_allclose(found, expected)


@given(st.data())
def test_few_rows_and_many_are_summed_to_the_same_bits(data):
    sizes = data.draw(st.lists(st.integers(1, 9), min_size=1, max_size=6))
    spaced = spaced_places(np.repeat(np.arange(len(sizes)), sizes))
    rows = np.array(sorted(data.draw(st.sets(st.integers(0, len(spaced) - 1)))), np.int64)
    values = np.random.default_rng(len(rows)).random(len(rows))
    more = spaced_places(np.repeat(np.arange(len(sizes) + 1), [*sizes, DENSE * len(spaced) + 1]))
    few = spread(rows, values, KERNEL, more)[: len(spaced)]
    np.testing.assert_array_equal(few, spread(rows, values, KERNEL, spaced))


def test_blocks_of_places_are_summed_to_the_same_bits_as_all_at_once(monkeypatch):
    spaced = spaced_places(np.repeat(np.arange(9), 7))
    rows = np.arange(0, len(spaced), 2)
    values = np.random.default_rng(3).random(len(rows))
    whole = spread(rows, values, KERNEL, spaced)
    monkeypatch.setattr(kernels, "BLOCK", 5)
    np.testing.assert_array_equal(spread(rows, values, KERNEL, spaced), whole)
