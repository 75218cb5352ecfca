"""Forward push: what it certifies, how far it goes, and the same bytes with and without C."""

import numpy as np
import pytest

from graphmem.arrays import Sieve
from graphmem.rankers.power import PowerRanker
from graphmem.rankers.push import PushRanker
from graphmem.rankers.steps import undirected
from tests.rankers import opened
from tests.unit.rankers.graphs import restart_at, skewed


def test_the_certified_best_are_the_best_and_only_a_part_of_the_graph_was_visited():
    steps, restart = skewed(n=20_000, m=60_000), restart_at(20_000, 15_000, 17_000)
    (exact,) = PowerRanker(tolerance=1e-12).rank(steps, restart)
    (top,) = PushRanker().top(steps, restart, k=5)
    assert top.certified
    assert top.nodes.tolist() == np.argsort(-exact.scores)[:5].tolist()
    assert set(top.nodes.tolist()) == set(np.argsort(-exact.scores)[:5].tolist())
    assert len(top.visited) < 10_000


def test_nodes_that_are_exactly_alike_are_a_tie_that_is_not_certified():
    star = undirected(np.zeros(6, np.int64), np.arange(1, 7), np.ones(6), n=7)
    (top,) = PushRanker(tolerance=1e-6).top(star, restart_at(7, 0), k=3)
    assert not top.certified
    assert 0 < top.gap <= 1e-6
    assert top.nodes.tolist() == [0, 1, 2]


def test_a_smaller_tolerance_brings_every_score_nearer():
    steps, restart = skewed(), restart_at(300, 7)
    (exact,) = PowerRanker(tolerance=1e-12).rank(steps, restart)
    for tolerance in (1e-3, 1e-6, 1e-9):
        (ranking,) = PushRanker(tolerance=tolerance).rank(steps, restart)
        lacking = exact.scores - ranking.scores
        assert -1e-12 < lacking.min() <= lacking.max() <= tolerance


@pytest.mark.parametrize("seed", range(4))
def test_the_compiled_loops_and_numpy_give_the_same_bytes(seed):
    random = np.random.default_rng(seed)
    kinds = random.integers(0, 2, 1200).astype(np.uint8)
    makers = random.integers(-1, 300, 1200).astype(np.int32)
    steps = skewed(seed=seed, kinds=kinds, makers=makers)
    sieve = Sieve(random.random(300) < 0.8, np.array([1.0, 0.3]))
    restart = restart_at(300, 1, 40, 200)
    for given in (None, sieve):
        tops = [
            opened(engine, 0.5).top(steps, restart, k=10, sieve=given)[0]
            for engine in ("push", "push-numpy")
        ]
        for part in ("nodes", "scores", "errors", "visited", "visits"):
            one, other = (getattr(top, part) for top in tops)
            assert one.tobytes() == other.tobytes(), part


def test_a_workspace_that_was_used_leaves_no_trace_in_the_next_walk():
    ranker, steps = PushRanker(), skewed()
    before = ranker.top(steps, restart_at(300, 5), k=4)[0]
    ranker.top(steps, restart_at(300, 290, 2), k=4)
    after = ranker.top(steps, restart_at(300, 5), k=4)[0]
    assert before.visits.tobytes() == after.visits.tobytes()


def test_single_precision_halves_the_graph_and_finds_the_same():
    from graphmem.arrays import Steps

    steps, restart = skewed(), restart_at(300, 9, 120)
    halved = Steps(steps.moves.astype(np.float32), steps.degree)
    (fine,), (coarse,) = (PushRanker().top(s, restart, k=5) for s in (steps, halved))
    assert fine.nodes.tolist() == coarse.nodes.tolist()
    np.testing.assert_allclose(fine.scores, coarse.scores, atol=2e-3)


def test_a_tolerance_of_nothing_is_refused():
    with pytest.raises(ValueError, match="above 0"):
        PushRanker(tolerance=0)


def test_its_name_says_which_loops_run():
    assert PushRanker(compiled=False).name == "push numpy"
    assert opened("push", 0.5).name == "push compiled"
