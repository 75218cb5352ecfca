"""What every ranker must do: scores against networkx and the exact solution, the best k, errors."""

import networkx
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.sparse import csr_array

from graphmem.arrays import Sieve
from graphmem.contracts import Ranker
from graphmem.rankers.steps import undirected
from graphmem.registry import BUILT_IN
from tests.rankers import ENGINES, opened

ROUNDING = 1e-12
DAMPINGS = (0.0, 0.5, 0.85)
ELSEWHERE = ("TorchRanker", "CugraphRanker", "CugraphDaskRanker", "GdsRanker")
"""Engines whose libraries sum in an order of their own: equal to the last digits."""


@pytest.fixture(
    scope="module",
    params=[(name, d) for name in ENGINES for d in DAMPINGS],
    ids=lambda p: f"{p[0]} {p[1]:g}",
)
def ranker(request) -> Ranker:
    return opened(*request.param)


def near(ranker):
    """Return what rounding may add to an error that is told."""
    return 1e-6 if getattr(ranker, "precision", "") == "float32" else ROUNDING


@pytest.fixture(scope="module", params=ENGINES)
def half(request) -> Ranker:
    """Each engine with damping 0.5."""
    return opened(request.param, 0.5)


@st.composite
def cases(draw, max_restarts=1):
    """A number of nodes, edges that may be parallel or loops, restarts (r, n)."""
    n = draw(st.integers(1, 8))
    ends = st.tuples(st.integers(0, n - 1), st.integers(0, n - 1))
    found = draw(st.lists(st.tuples(ends, st.floats(0.1, 9.0)), max_size=14))
    row = st.lists(st.integers(0, 5), min_size=n, max_size=n).filter(any)
    rows = np.array(draw(st.lists(row, min_size=1, max_size=max_restarts)), float)
    return n, found, rows / rows.sum(axis=1, keepdims=True)


def steps_of(n, edges):
    ends = np.array([pair for pair, _ in edges], np.int64).reshape(-1, 2)
    return undirected(ends[:, 0], ends[:, 1], np.array([w for _, w in edges], float), n=n)


def solved(n, edges, restart, damping):
    """Return the exact scores, by elimination, from the edges alone."""
    weights = np.zeros((n, n))
    for (a, b), weight in edges:
        weights[a, b] += weight
        if a != b:
            weights[b, a] += weight
    degree = weights.sum(axis=0)
    moves = np.where(degree > 0, weights / np.where(degree > 0, degree, 1), restart[:, None])
    return np.linalg.solve(np.eye(n) - damping * moves, (1 - damping) * restart)


@settings(max_examples=20)
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
    theirs_may_be_off = n * 1e-13 * 0.85 / 0.15  # it stops at an L1 change of n times its tol
    np.testing.assert_allclose(
        ranking.scores,
        [expected[node] for node in range(n)],
        atol=ranking.error + near(ranker) + theirs_may_be_off,
    )


@settings(max_examples=20)
@given(case=cases())
def test_the_exact_scores_are_as_near_as_it_says(ranker, case):
    n, edges, restarts = case
    exact = solved(n, edges, restarts[0], ranker.damping)
    (ranking,) = ranker.rank(steps_of(n, edges), restarts)
    assert np.abs(ranking.scores - exact).sum() <= ranking.error + near(ranker)
    assert ranking.error < 1e-5


@settings(max_examples=20)
@given(case=cases(max_restarts=4))
def test_scores_are_a_distribution_over_the_nodes(ranker, case):
    n, edges, restarts = case
    for ranking in ranker.rank(steps_of(n, edges), restarts):
        assert ranking.scores.shape == (n,)
        assert ranking.scores.min() >= 0
        assert 1 - ranking.error - near(ranker) < ranking.scores.sum() < 1 + near(ranker)


@settings(max_examples=20)
@given(case=cases(max_restarts=4))
def test_each_restart_is_ranked_as_if_it_were_alone_and_stays_as_it_was(ranker, case):
    n, edges, restarts = case
    steps, given_ = steps_of(n, edges), restarts.copy()
    together = np.array([r.scores for r in ranker.rank(steps, restarts)])
    alone = np.array([ranker.rank(steps, row[np.newaxis])[0].scores for row in restarts])
    if type(ranker).__name__ in ELSEWHERE:
        np.testing.assert_allclose(together, alone, atol=1e-7)
    else:
        assert together.tobytes() == alone.tobytes()
    np.testing.assert_array_equal(restarts, given_)


@settings(max_examples=20)
@given(case=cases(), k=st.integers(1, 9), sparse=st.booleans())
def test_the_best_k_are_the_best_within_the_gap_that_is_told(ranker, case, k, sparse):
    n, edges, restarts = case
    exact = solved(n, edges, restarts[0], ranker.damping)
    asked = csr_array(restarts) if sparse else restarts
    (top,) = ranker.top(steps_of(n, edges), asked, k=k)
    assert len(set(top.nodes.tolist())) == len(top.nodes) <= k
    assert (np.abs(exact[top.nodes] - top.scores) <= top.errors + near(ranker)).all()
    others = np.setdiff1d(np.arange(n), top.nodes)
    if len(top.nodes) == k:
        assert exact[others].max(initial=0) <= exact[top.nodes].min() + top.gap + near(ranker)
    else:
        assert exact[others].max(initial=0) <= near(ranker)
    assert top.certified == (top.gap == 0)
    assert (np.abs(top.dense(n)[top.nodes] - exact[top.nodes]) <= top.errors + near(ranker)).all()


@settings(max_examples=20)
@given(case=cases(), k=st.integers(1, 4), data=st.data())
def test_a_walk_under_a_sieve_is_the_walk_on_what_is_left(half, case, k, data):
    n, edges, restarts = case
    masks = st.lists(st.booleans(), min_size=n, max_size=n)
    kept, among = (np.array(data.draw(masks)) for _ in range(2))
    kinds = data.draw(st.lists(st.integers(0, 2), min_size=len(edges), max_size=len(edges)))
    makers = data.draw(st.lists(st.integers(-1, n - 1), min_size=len(edges), max_size=len(edges)))
    factors = np.array([1.0, 0.0, 2.5])
    ends = np.array([pair for pair, _ in edges], np.int64).reshape(-1, 2)
    weights = np.array([w for _, w in edges], float)
    steps = undirected(
        ends[:, 0], ends[:, 1], weights, n=n, kinds=np.array(kinds, np.uint8),
        makers=np.array(makers, np.int32),
    )  # fmt: skip
    left = [
        ((a, b), weight * factors[kind])
        for ((a, b), weight), kind, maker in zip(edges, kinds, makers, strict=True)
        if kept[a] and kept[b] and (maker < 0 or kept[maker]) and factors[kind]
    ]
    exact = solved(n, left, restarts[0], 0.5)
    exact[~(kept & among)] = 0
    (top,) = half.top(steps, restarts, k=k, among=among, sieve=Sieve(kept, factors))
    assert (kept & among)[top.nodes].all()
    assert (np.abs(exact[top.nodes] - top.scores) <= top.errors + near(half)).all()
    others = np.setdiff1d(np.arange(n), top.nodes)
    bar = exact[top.nodes].min() if len(top.nodes) == k else 0
    assert exact[others].max(initial=0) <= bar + top.gap + near(half)


def test_a_walker_that_restarts_at_a_node_with_no_edge_stays_there(ranker):
    (ranking,) = ranker.rank(steps_of(3, [((0, 1), 2.0)]), np.array([[0.0, 0.0, 1.0]]))
    np.testing.assert_allclose(ranking.scores, [0, 0, 1], atol=ROUNDING)


def test_no_restarts_make_no_rankings(ranker):
    steps = steps_of(2, [((0, 1), 1.0)])
    assert ranker.rank(steps, np.zeros((0, 2))) == []
    assert ranker.top(steps, np.zeros((0, 2)), k=1) == []


def test_a_k_larger_than_the_graph_gives_what_is_visited(half):
    (top,) = half.top(steps_of(4, [((0, 1), 1.0)]), np.array([[1.0, 0, 0, 0]]), k=50)
    assert (top.nodes.tolist(), top.certified) == ([0, 1], True)


@pytest.mark.parametrize(
    "restart",
    [[0.0, 0.0], [0.5, 0.2], [1.5, -0.5], [float("nan"), 1.0]],
    ids=["all zero", "sum below 1", "negative", "not a number"],
)
def test_a_restart_that_is_no_distribution_is_refused(half, restart):
    steps, rows = steps_of(2, [((0, 1), 1.0)]), np.array([[1.0, 0.0], restart])
    with pytest.raises(ValueError, match="distribution"):
        half.rank(steps, rows)
    with pytest.raises(ValueError, match="distribution"):
        half.top(steps, csr_array(rows), k=1)


def test_a_restart_at_a_node_that_is_not_there_is_refused(half):
    with pytest.raises(ValueError, match=r"rows over 2 nodes, got the shape \(1, 3\)"):
        half.rank(steps_of(2, [((0, 1), 1.0)]), np.array([[0.0, 0.0, 1.0]]))


def test_a_graph_without_nodes_has_nothing_to_rank(half):
    with pytest.raises(ValueError, match="distribution"):
        half.rank(steps_of(0, []), np.zeros((1, 0)))


@pytest.mark.parametrize(
    ("options", "says"),
    [
        ({"k": 0}, "k must be 1 or more"),
        ({"k": 1, "among": np.ones(3, bool)}, "among must be 2 of bool"),
        ({"k": 1, "sieve": Sieve(np.ones(2))}, "kept must be 2 of bool"),
        ({"k": 1, "sieve": Sieve(factors=np.ones(1))}, "edges have kinds"),
    ],
)
def test_a_question_that_does_not_fit_the_graph_is_refused(half, options, says):
    with pytest.raises(ValueError, match=says):
        half.top(steps_of(2, [((0, 1), 1.0)]), np.array([[1.0, 0.0]]), **options)


@pytest.mark.parametrize("damping", [-0.1, 1.0, float("nan")])
@pytest.mark.parametrize("engine", ENGINES)
def test_a_damping_that_is_no_share_below_one_is_refused(engine, damping):
    opened(engine, 0.5)  # or it is skipped
    with pytest.raises(ValueError, match=r"in \[0, 1\)"):
        opened(engine, damping)


def test_every_ranker_of_the_registry_runs_this_contract():
    assert set(BUILT_IN["ranker"]) <= set(ENGINES)
