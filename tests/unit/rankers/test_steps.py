"""A graph's steps from its edges."""

import numpy as np
import pytest

from graphmem.arrays import Sieve
from graphmem.rankers.steps import sieved, undirected


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


def test_a_loop_counts_once():
    steps = undirected(np.array([0, 0]), np.array([0, 1]), np.array([3.0, 1.0]), n=2)
    np.testing.assert_allclose(steps.moves.toarray(), [[0.75, 1], [0.25, 0]])


@pytest.mark.parametrize("weight", [0.0, -1.0, float("nan"), float("inf")])
def test_a_weight_that_is_no_weight_is_refused(weight):
    with pytest.raises(ValueError, match="finite and above 0"):
        undirected(np.array([0]), np.array([1]), np.array([weight]), n=2)


@pytest.mark.parametrize("node", [-1, 2])
def test_an_edge_to_a_node_that_is_not_there_is_refused(node):
    with pytest.raises(ValueError, match="none of 0 to 1"):
        undirected(np.array([0]), np.array([node]), np.array([1.0]), n=2)


def test_a_sieve_leaves_the_arrays_of_the_graph_where_they_are():
    kinds = np.array([0, 1], np.uint8)
    steps = undirected(np.array([0, 1]), np.array([1, 2]), np.ones(2), n=3, kinds=kinds)
    found = sieved(steps, Sieve(factors=np.array([1.0, 3.0])))
    np.testing.assert_allclose(found.moves.toarray(), [[0, 0.25, 0], [1, 0, 1], [0, 0.75, 0]])
    assert np.shares_memory(found.moves.indices, steps.moves.indices)
    assert sieved(steps, Sieve()) is steps
