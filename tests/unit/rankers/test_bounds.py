"""Bounds and hubs."""

import numpy as np
import pytest

from graphmem.arrays import Sieve
from graphmem.rankers.bounds import BOUND, MOST_HUBS, Hubs, checked_sieve, in_order
from tests.unit.rankers.graphs import skewed


def test_hubs_are_in_order_of_degree_of_equals_the_lower_number():
    hubs = Hubs.of(np.array([1.0, 5.0, 0.0, 5.0]))
    assert (hubs.nodes.tolist(), hubs.highest) == ([1, 3, 0, 2], 5.0)


def test_of_many_nodes_only_the_highest_are_kept():
    degree = np.arange(MOST_HUBS + 10, dtype=float)
    hubs = Hubs.of(degree)
    assert len(hubs.nodes) == MOST_HUBS
    assert hubs.nodes[0] == len(degree) - 1
    assert hubs.nodes.min() == 10


def test_factors_above_one_may_raise_degrees():
    hubs = Hubs.of(np.ones(2))
    assert hubs.under(Sieve(factors=np.array([0.5, 3.0]))).grown == 3.0
    assert hubs.under(Sieve(factors=np.array([0.5]))).grown == 1.0


def test_bounds_are_ordered_by_the_lower_end_then_the_node():
    given = np.array([(0.1, 1, 4), (0.3, 1, 9), (0.3, 1, 2)], BOUND)
    assert in_order(given)["node"].tolist() == [2, 9, 4]


@pytest.mark.parametrize("factors", [[1.0], [1.0, -1.0], [1.0, float("nan")]])
def test_factors_that_do_not_fit_are_refused(factors):
    steps = skewed(kinds=np.arange(1200).astype(np.uint8) % 2)
    with pytest.raises(ValueError, match="factors"):
        checked_sieve(steps, Sieve(factors=np.array(factors)))
