"""What every ranker must do: scores against networkx and the exact solution."""

import networkx
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from graphmem.contracts import Ranker
from graphmem.rankers.power import PowerRanker
from graphmem.rankers.steps import undirected

ROUNDING = 1e-13
DAMPINGS = (0.0, 0.5, 0.85)


def made(damping: float) -> list[Ranker]:
    """Return one of each kind."""
    return [PowerRanker(damping=damping)]


rankers = pytest.mark.parametrize(
    "ranker",
    [ranker for damping in DAMPINGS for ranker in made(damping)],
    ids=lambda ranker: f"{type(ranker).__name__} {ranker.damping:g}",
)


@st.composite
def cases(draw, max_restarts=1):
    """A number of nodes, edges that may be parallel, restarts (r, n); some nodes have no edge."""
    n = draw(st.integers(1, 8))
    ends = st.tuples(st.integers(0, n - 1), st.integers(0, n - 1)).filter(lambda e: e[0] != e[1])
    edges = st.tuples(ends, st.floats(0.1, 9.0))
    found = draw(st.lists(edges, max_size=14)) if n > 1 else []
    row = st.lists(st.integers(0, 5), min_size=n, max_size=n).filter(any)
    rows = np.array(draw(st.lists(row, min_size=1, max_size=max_restarts)), float)
    return n, found, rows / rows.sum(axis=1, keepdims=True)


def steps_of(n, edges):
    ends = np.array([pair for pair, _ in edges], np.int64).reshape(-1, 2)
    return undirected(ends[:, 0], ends[:, 1], np.array([w for _, w in edges], float), n=n)


def error_bound(ranking, damping):
    """Return how far a ranking may be from the exact scores, in L1."""
    return ranking.residual * damping / (1 - damping) + ROUNDING


@rankers
@given(case=cases())
def test_networkx_agrees(ranker, case):
    n, edges, restarts = case
    theirs = networkx.MultiGraph()
    theirs.add_nodes_from(range(n))
    theirs.add_weighted_edges_from((a, b, weight) for (a, b), weight in edges)
    shares = dict(enumerate(restarts[0]))
    expected = networkx.pagerank(
        theirs, ranker.damping, shares, dangling=shares, tol=1e-13, max_iter=500
    )
    (ranking,) = ranker.rank(steps_of(n, edges), restarts)
    np.testing.assert_allclose(ranking.scores, [expected[node] for node in range(n)], atol=1e-7)


@rankers
@given(case=cases())
def test_the_exact_scores_are_as_near_as_the_last_change_says(ranker, case):
    n, edges, restarts = case
    steps, damping = steps_of(n, edges), ranker.damping
    moves = steps.moves.toarray()
    moves[:, steps.stuck] = restarts[0][:, None]
    exact = np.linalg.solve(np.eye(n) - damping * moves, (1 - damping) * restarts[0])
    (ranking,) = ranker.rank(steps, restarts)
    assert np.abs(ranking.scores - exact).sum() <= error_bound(ranking, damping)
    assert ranking.residual < 1e-7


@rankers
@given(case=cases(max_restarts=4))
def test_scores_are_a_distribution_over_the_nodes(ranker, case):
    n, edges, restarts = case
    for ranking in ranker.rank(steps_of(n, edges), restarts):
        assert ranking.scores.shape == (n,)
        assert ranking.scores.min() >= 0
        assert abs(ranking.scores.sum() - 1) < ROUNDING


@rankers
@given(case=cases(max_restarts=4))
def test_each_restart_is_ranked_as_if_it_were_alone_and_stays_as_it_was(ranker, case):
    n, edges, restarts = case
    steps, given_ = steps_of(n, edges), restarts.copy()
    together = ranker.rank(steps, restarts)
    alone = [ranker.rank(steps, row[np.newaxis])[0] for row in restarts]
    assert [r.scores.tobytes() for r in together] == [r.scores.tobytes() for r in alone]
    np.testing.assert_array_equal(restarts, given_)


@rankers
def test_a_walker_that_restarts_at_a_node_with_no_edge_stays_there(ranker):
    (ranking,) = ranker.rank(steps_of(3, [((0, 1), 2.0)]), np.array([[0.0, 0.0, 1.0]]))
    np.testing.assert_allclose(ranking.scores, [0, 0, 1], atol=ROUNDING)


@rankers
def test_no_restarts_make_no_rankings(ranker):
    assert ranker.rank(steps_of(2, [((0, 1), 1.0)]), np.zeros((0, 2))) == []


@rankers
@pytest.mark.parametrize(
    "restart",
    [[0.0, 0.0], [0.5, 0.2], [1.5, -0.5], [float("nan"), 1.0]],
    ids=["all zero", "sum below 1", "negative", "not a number"],
)
def test_a_restart_that_is_no_distribution_is_refused(ranker, restart):
    steps = steps_of(2, [((0, 1), 1.0)])
    with pytest.raises(ValueError, match="distribution"):
        ranker.rank(steps, np.array([[1.0, 0.0], restart]))
