"""The best k of scores that are known for all nodes."""

import numpy as np

from graphmem.rankers.power import PowerRanker
from tests.unit.rankers.graphs import restart_at, skewed


def test_a_distance_to_the_next_that_is_more_than_the_error_is_a_certificate():
    steps, restart = skewed(), restart_at(300, 4)
    (top,) = PowerRanker(tolerance=1e-12).top(steps, restart, k=3)
    (ranking,) = PowerRanker(tolerance=1e-12).rank(steps, restart)
    assert top.certified
    assert top.nodes.tolist() == np.argsort(-ranking.scores)[:3].tolist()
    assert (top.dense(300) == ranking.scores).all()


def test_scores_that_are_hardly_settled_certify_nothing():
    (top,) = PowerRanker(tolerance=0.5).top(skewed(), restart_at(300, 4), k=100)
    assert not top.certified
    assert top.gap > 0
