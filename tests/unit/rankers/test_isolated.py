"""Engines whose graph is a list of edges rank nodes without one as the others do."""

import numpy as np
import pytest

from graphmem.rankers.isolated import directed_edges, with_isolated
from graphmem.rankers.power import PowerRanker
from graphmem.rankers.steps import undirected

ENDS = np.array([(0, 1), (1, 2), (4, 4), (2, 4)])
STEPS = undirected(ENDS[:, 0], ENDS[:, 1], np.array([2.0, 1.0, 3.0, 0.5]), n=6)
"""Nodes 3 and 5 have no edge; node 4 has one to itself."""


def edges_alone(seeds, shares):
    """What an engine that knows the edges alone says."""
    restart = np.zeros((1, 6))
    restart[0, seeds] = shares
    (ranking,) = PowerRanker(damping=0.7).rank(STEPS, restart)
    return ranking.scores


@pytest.mark.parametrize(
    "restart",
    [(0.5, 0, 0, 0, 0.5, 0), (0.1, 0.2, 0, 0.3, 0, 0.4), (0, 0, 0, 1, 0, 0)],
    ids=["on edges", "on both", "off edges"],
)
def test_scores_are_those_of_an_engine_that_knows_all_nodes(restart):
    row = np.array(restart, float)
    (expected,) = PowerRanker(damping=0.7).rank(STEPS, row[np.newaxis])
    scores = with_isolated(STEPS, row, 0.7, edges_alone)
    np.testing.assert_allclose(scores, expected.scores, atol=1e-8)


def test_a_walk_is_not_asked_where_the_restart_has_no_edge():
    def never(seeds, shares):
        raise AssertionError("asked")

    scores = with_isolated(STEPS, np.array([0, 0, 0, 0.5, 0, 0.5]), 0.7, never)
    np.testing.assert_allclose(scores, [0, 0, 0, 0.5, 0, 0.5])


def test_edges_are_listed_in_both_directions_and_loops_once_with_their_weights():
    found = sorted(zip(*(ends.tolist() for ends in directed_edges(STEPS)), strict=True))
    assert found == [
        (0, 1, 2.0), (1, 0, 2.0), (1, 2, 1.0), (2, 1, 1.0), (2, 4, 0.5), (4, 2, 0.5), (4, 4, 3.0),
    ]  # fmt: skip
