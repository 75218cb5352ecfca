"""Push in numpy, by hand on a line of three nodes."""

import numpy as np

from graphmem.rankers.bounds import Hubs, Sought
from graphmem.rankers.push_numpy import NumpyPush
from graphmem.rankers.steps import undirected


def test_one_round_gives_half_to_the_neighbours_by_weight():
    line = undirected(np.array([0, 1]), np.array([1, 2]), np.array([1.0, 3.0]), n=3)
    push = NumpyPush(line, None, 0.5, Sought(1))
    assert push.begin(np.array([1]), np.array([1.0])) == (0.0, np.array([False]))
    push.until(0.2)  # the middle holds 1 / 4 of its degree, then each end 1 / 8
    nodes, scores, left = push.end(1.0)
    assert dict(zip(nodes.tolist(), scores.tolist(), strict=True)) == {
        1: 0.5, 0: 0.5 * 0.125, 2: 0.5 * 0.375,
    }  # fmt: skip
    assert left == 0.5
    assert push.work == 2


def test_a_node_that_nothing_came_to_may_still_pass_if_its_degree_is_high():
    line = undirected(np.array([0, 1]), np.array([1, 2]), np.array([1.0, 3.0]), n=3)
    push = NumpyPush(line, None, 0.5, Sought(1, hubs=Hubs.of(line.degree)))
    push.begin(np.array([0]), np.array([1.0]))
    most, best, closed = push.best()
    assert (most, best["node"].tolist(), closed) == (1.0, [0], False)
    doubtful = push.doubtful(most, 0.5, far=True)
    assert doubtful["node"].tolist() == [1, 2]  # half of their degrees 4 and 3
    assert doubtful["upper"].tolist() == [2.0, 1.5]
