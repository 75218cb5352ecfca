"""Personalised PageRank against networkx and against the linear system it solves."""

import networkx
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from graphmem.errors import NoConvergenceError
from graphmem.rankers.power import personalized_pagerank, undirected

WEIGHTS = st.integers(1, 5).map(float)


@st.composite
def graphs(draw):
    """An undirected graph and a restart; some nodes may have no edge."""
    n = draw(st.integers(1, 8))
    pairs = st.tuples(st.integers(0, n - 1), st.integers(0, n - 1)).filter(lambda p: p[0] < p[1])
    edges = draw(st.dictionaries(pairs, WEIGHTS, max_size=12)) if n > 1 else {}
    weights = draw(st.lists(st.integers(0, 5), min_size=n, max_size=n).filter(any))
    return n, edges, np.array(weights) / sum(weights)


def graph_of(n, edges):
    left = np.array([a for a, _ in edges], np.int64)
    right = np.array([b for _, b in edges], np.int64)
    return undirected(left, right, np.array(list(edges.values()), float), n=n)


@given(graphs(), st.sampled_from([0.0, 0.5, 0.85]))
def test_scores_solve_the_linear_system(case, damping):
    n, edges, restart = case
    graph = graph_of(n, edges)
    moves = graph.moves.toarray()
    moves[:, graph.stuck] = restart[:, None]
    exact = np.linalg.solve(np.eye(n) - damping * moves, (1 - damping) * restart)
    ranking = personalized_pagerank(graph, restart, damping=damping, tol=1e-12)
    np.testing.assert_allclose(ranking.scores, exact, atol=1e-11)
    assert ranking.residual < 1e-12


@given(graphs())
def test_networkx_agrees(case):
    n, edges, restart = case
    theirs = networkx.Graph()
    theirs.add_nodes_from(range(n))
    theirs.add_weighted_edges_from((a, b, w) for (a, b), w in edges.items())
    shares = dict(enumerate(restart))
    expected = networkx.pagerank(
        theirs, alpha=0.5, personalization=shares, dangling=shares, tol=1e-13, max_iter=500
    )
    ours = personalized_pagerank(graph_of(n, edges), restart, tol=1e-12).scores
    np.testing.assert_allclose(ours, [expected[node] for node in range(n)], atol=1e-9)


def test_parallel_edges_add_up():
    left, right = np.array([0, 1, 0]), np.array([1, 2, 1])
    graph = undirected(left, right, np.array([1.0, 4.0, 3.0]), n=3)
    np.testing.assert_allclose(graph.moves.toarray(), [[0, 0.5, 0], [1, 0, 1], [0, 0.5, 0]])


def test_a_walk_that_does_not_settle_is_an_error():
    graph = graph_of(2, {(0, 1): 1.0})
    with pytest.raises(NoConvergenceError, match="after 3 steps"):
        personalized_pagerank(graph, np.array([1.0, 0.0]), damping=0.99, max_iter=3)


@pytest.mark.parametrize("restart", [[0.5, 0.2], [1.5, -0.5]])
def test_a_restart_that_is_no_distribution_is_refused(restart):
    with pytest.raises(ValueError, match="distribution"):
        personalized_pagerank(graph_of(2, {(0, 1): 1.0}), np.array(restart))
