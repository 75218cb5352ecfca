"""What is said to be certain is so: against exact scores, however closely it is looked at."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from graphmem.rankers import certainty
from graphmem.rankers.bounds import BOUND, Hubs, Sought
from graphmem.rankers.push import PushRanker
from graphmem.rankers.push_numpy import NumpyPush
from graphmem.rankers.spread import Spread
from tests.unit.rankers.graphs import restart_at, skewed

ROUNDING = 1e-13


def exact(steps, restart, damping=0.5):
    n = len(steps.degree)
    return np.linalg.solve(np.eye(n) - damping * steps.moves.toarray(), (1 - damping) * restart)


@pytest.fixture(params=["as it is", "always closer", "never closer"])
def looks(request, monkeypatch):
    """How soon walks back are made; none is given up on these small graphs."""
    monkeypatch.setattr(certainty, "MOST_WORK", 1000)
    if request.param == "always closer":
        monkeypatch.setattr(certainty, "HOPE", 0)
        monkeypatch.setattr(certainty, "MUCH", 10)
    if request.param == "never closer":
        monkeypatch.setattr(certainty, "CLOSE", 0)


@pytest.mark.parametrize("damping", [0.3, 0.5, 0.85])
@pytest.mark.parametrize("ordered", [True, False], ids=["ordered", "which"])
def test_the_best_are_the_exact_ones(looks, ordered, damping):
    certified = 0
    for seed in range(12):
        steps, restart = skewed(n=80, m=240, seed=seed), restart_at(80, seed, 79 - seed)
        scores = exact(steps, restart[0], damping)
        ranker = PushRanker(ordered=ordered, damping=damping, compiled=bool(seed % 2))
        (top,) = ranker.top(steps, restart, k=8)
        best = np.argsort(-scores, kind="stable")[:8]
        assert (np.abs(scores[top.nodes] - top.scores) <= top.errors + ROUNDING).all()
        assert scores[top.nodes].min() >= scores[best[-1]] - top.gap - ROUNDING
        certified += top.certified
        if top.certified:
            assert set(top.nodes.tolist()) == set(best.tolist())
        if ordered:
            assert top.gap <= ranker.tolerance
            assert (np.diff(scores[top.nodes]) <= ranker.tolerance + ROUNDING).all()
    assert certified >= 10


def test_nearly_alike_nodes_are_told_apart_with_less_pushed(monkeypatch):
    steps, restart = skewed(n=20_000, m=60_000), restart_at(20_000, 15_000, 17_000, 12_000)
    (closer,) = PushRanker().top(steps, restart, k=20)
    monkeypatch.setattr(certainty, "CLOSE", 0)
    (pushed,) = PushRanker().top(steps, restart, k=20)
    assert closer.certified
    assert pushed.certified
    assert closer.nodes.tolist() == pushed.nodes.tolist()
    assert len(closer.visited) < len(pushed.visited)


@given(
    seed=st.integers(0, 10**6),
    least=st.sampled_from([1e-1, 1e-2, 1e-3]),
    damping=st.sampled_from([0.2, 0.5, 0.9]),
    room=st.sampled_from([0, 30, 10**5]),
)
def test_a_walk_back_bounds_the_score(seed, least, damping, room):
    steps, restart = skewed(n=40, m=90, seed=seed), restart_at(40, 3, 38)[0]
    seeds = np.flatnonzero((restart > 0) & (steps.degree > 0))
    scores = exact(steps, np.where(steps.degree > 0, restart, 0), damping)
    walk = NumpyPush(steps, None, damping, Sought(5))
    walk.begin(seeds, restart[seeds])
    walk.until(least)
    most, _, _ = walk.best()
    for node in np.flatnonzero(steps.degree):
        one = np.array([(0, np.inf, node)], BOUND)
        walk.meet(most, one, 1e-9, room)
        assert one["lower"][0] <= scores[node] + ROUNDING
        assert one["upper"][0] >= scores[node] - ROUNDING
        if room == 10**5:
            assert one["upper"][0] - one["lower"][0] < 1e-6


@given(seed=st.integers(0, 10**6), least=st.sampled_from([1e-1, 1e-2, 1e-3]))
def test_doubts_that_are_ruled_out_by_what_is_known_of_hubs_are_none(seed, least):
    steps, restart = skewed(n=60, m=150, seed=seed), restart_at(60, 5, 57)[0]
    seeds = np.flatnonzero((restart > 0) & (steps.degree > 0))
    scores = exact(steps, np.where(steps.degree > 0, restart, 0))
    hubs = Hubs.of(steps.degree)
    walk = NumpyPush(steps, None, 0.5, Sought(5, None, hubs, Spread.of(steps, hubs.nodes, None)))
    walk.begin(seeds, restart[seeds])
    walk.until(least)
    most, best, closed = walk.best()
    bar = float(best["lower"].min(initial=1.0))
    doubts = walk.doubtful(most, bar, far=not closed)
    ahead = np.flatnonzero(scores > bar + ROUNDING)
    assert set(ahead.tolist()) <= set(doubts["node"].tolist()) | set(best["node"].tolist())
    for one in (*best, *doubts):
        assert one["lower"] - ROUNDING <= scores[one["node"]] <= one["upper"] + ROUNDING
