"""When power iteration stops, and what it refuses."""

import numpy as np
import pytest

from graphmem.errors import NoConvergenceError
from graphmem.rankers.power import PowerRanker
from graphmem.rankers.steps import undirected
from tests.unit.rankers.graphs import skewed


@pytest.fixture
def pair():
    """Two nodes and one edge."""
    return undirected(np.array([0]), np.array([1]), np.array([1.0]), n=2)


def test_a_walk_that_does_not_settle_is_an_error(pair):
    with pytest.raises(NoConvergenceError, match="after 3 steps"):
        PowerRanker(damping=0.99, max_iterations=3).rank(pair, np.array([[1.0, 0.0]]))


def test_it_stops_at_the_first_change_below_the_tolerance(pair):
    (coarse,) = PowerRanker(tolerance=0.1).rank(pair, np.array([[1.0, 0.0]]))
    # the change halves with each iteration, from 1 at the first
    assert (coarse.iterations, coarse.error) == (5, 0.0625)


@pytest.mark.parametrize("damping", [-0.1, 1.0, float("nan")])
def test_a_damping_that_is_no_share_below_one_is_refused(damping):
    with pytest.raises(ValueError, match=r"in \[0, 1\)"):
        PowerRanker(damping=damping)


def test_a_tolerance_that_the_precision_cannot_reach_is_refused():
    with pytest.raises(ValueError, match="1e-06 or more in float32"):
        PowerRanker(precision="float32")


def test_a_rough_beginning_in_single_precision_ends_as_near_as_double_precision_can():
    steps, restarts = skewed(), np.eye(300)[:3]
    exact = PowerRanker(tolerance=1e-12).rank(steps, restarts)
    for found, right in zip(PowerRanker(tolerance=1e-9).rank(steps, restarts), exact, strict=True):
        assert np.abs(found.scores - right.scores).sum() <= found.error < 1e-9
        assert abs(found.scores.sum() - 1) < 1e-13


def test_a_walk_takes_as_many_steps_in_a_block_as_alone():
    steps, restarts = skewed(), np.vstack([np.eye(300)[:2], np.full((1, 300), 1 / 300)])
    together = [ranking.iterations for ranking in PowerRanker().rank(steps, restarts)]
    alone = [PowerRanker().rank(steps, row[np.newaxis])[0].iterations for row in restarts]
    assert together == alone
    assert len(set(together)) > 1
