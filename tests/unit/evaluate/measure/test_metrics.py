"""Metrics against values worked by hand; their general promises are in tests/property."""

from math import log2

import pytest

from graphmem.evaluate.measure.metrics import DEPTH, METRICS, chain, ndcg, recall, reciprocal_rank

RANKED = ["a", "b", "b", "c", "d"]  # b stands twice: c has rank 3


@pytest.mark.parametrize(("k", "share"), [(1, 0.0), (2, 1 / 3), (3, 2 / 3), (10, 2 / 3)])
def test_recall_is_the_share_of_gold_within_the_first_k_distinct_ids(k, share) -> None:
    assert recall(RANKED, ["b", "c", "gone"], k=k) == pytest.approx(share)


def test_a_chain_is_whole_or_nothing() -> None:
    assert [chain(RANKED, ["b", "c"], k=k) for k in (2, 3)] == [0.0, 1.0]
    assert chain(["a", "b"], ["a", "b", "c"], k=2) == 0.0


def test_the_reciprocal_rank_is_that_of_the_best_gold() -> None:
    assert reciprocal_rank(RANKED, ["d", "c"]) == pytest.approx(1 / 3)
    assert reciprocal_rank(RANKED, ["gone"]) == 0.0


def test_ndcg_discounts_by_the_logarithm_of_the_rank_and_divides_by_the_best_order() -> None:
    # gold at ranks 2 and 3 of the distinct ids; the best order has them at 1 and 2
    wanted = (1 / log2(3) + 1 / log2(4)) / (1 / log2(2) + 1 / log2(3))
    assert ndcg(RANKED, ["b", "c"], k=10) == pytest.approx(wanted)
    # more gold than places: the best order fills the places there are
    assert ndcg(["a"], ["a", "b"], k=1) == 1.0


def test_no_metric_looks_deeper_than_systems_are_asked_for() -> None:
    depths = [int(name.partition("@")[2]) for name in METRICS if "@" in name]
    assert max(depths) == DEPTH
