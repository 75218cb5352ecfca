"""A graph's steps from its edges."""

import numpy as np

from graphmem.rankers.steps import undirected


def test_parallel_edges_add_up():
    left, right = np.array([0, 1, 0]), np.array([1, 2, 1])
    steps = undirected(left, right, np.array([1.0, 4.0, 3.0]), n=3)
    np.testing.assert_allclose(steps.moves.toarray(), [[0, 0.5, 0], [1, 0, 1], [0, 0.5, 0]])


def test_a_node_with_no_edge_is_stuck():
    steps = undirected(np.array([3]), np.array([1]), np.array([2.0]), n=5)
    assert steps.stuck.tolist() == [0, 2, 4]
    assert steps.moves.sum(axis=0).tolist() == [0, 1, 0, 1, 0]


def test_a_graph_may_have_no_edges():
    none = np.zeros(0, np.int64)
    steps = undirected(none, none, np.zeros(0), n=2)
    assert steps.moves.shape == (2, 2)
    assert steps.stuck.tolist() == [0, 1]
