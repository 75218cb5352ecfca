"""Promises of the metrics that hold for any ranking."""

from copy import copy

import pytest
from hypothesis import given
from hypothesis import strategies as st

from graphmem.evaluate.measure.metrics import METRICS, chain, ndcg, recall, reciprocal_rank, score

IDS = st.integers(0, 20).map(str)
RANKED = st.lists(IDS, max_size=25)
GOLD = st.lists(IDS, min_size=1, max_size=6)


@given(RANKED, GOLD)
def test_every_metric_lies_between_0_and_1_and_leaves_its_input_as_it_was(ranked, gold):
    before = copy(ranked), copy(gold)
    for value in score(ranked, gold).values():
        assert 0.0 <= value <= 1.0
    assert (ranked, gold) == before


@given(st.lists(IDS, unique=True, max_size=10), GOLD)
def test_gold_first_scores_1_wherever_k_allows_it(others, gold):
    unique = list(dict.fromkeys(gold))
    ranked = unique + [id_ for id_ in others if id_ not in unique]
    assert recall(ranked, gold, k=6) == chain(ranked, gold, k=6) == 1.0
    assert ndcg(ranked, gold, k=10) == pytest.approx(1.0)
    assert reciprocal_rank(ranked, gold) == 1.0


@given(RANKED, GOLD, st.integers(1, 12))
def test_recall_never_falls_with_k_and_a_chain_is_full_recall(ranked, gold, k):
    assert recall(ranked, gold, k=k) <= recall(ranked, gold, k=k + 1)
    assert chain(ranked, gold, k=k) == (recall(ranked, gold, k=k) == 1.0)


@given(RANKED, GOLD, st.data())
def test_moving_a_gold_id_up_never_lowers_a_metric(ranked, gold, data):
    unique = list(dict.fromkeys(ranked))
    places = [place for place, id_ in enumerate(unique) if id_ in gold]
    if not places:
        return
    place = data.draw(st.sampled_from(places))
    higher = data.draw(st.integers(0, place))
    moved = [*unique]
    moved.insert(higher, moved.pop(place))
    for metric in METRICS.values():
        assert metric(moved, gold) >= metric(unique, gold) - 1e-12


@given(RANKED, GOLD)
def test_a_repeated_id_counts_where_it_stands_first(ranked, gold):
    assert score(ranked + ranked, gold) == score(list(dict.fromkeys(ranked)), gold)


@given(RANKED)
def test_a_question_without_gold_is_refused_by_every_metric(ranked):
    for metric in METRICS.values():
        with pytest.raises(ValueError, match="no recall"):
            metric(ranked, [])


def test_values_worked_by_hand():
    ranked, gold = ["a", "b", "c", "d"], ["b", "d", "z"]
    assert recall(ranked, gold, k=2) == pytest.approx(1 / 3)
    assert chain(ranked, gold, k=10) == 0.0
    assert reciprocal_rank(ranked, gold) == 0.5
    # gains at ranks 2 and 4 over the best case of ranks 1, 2, 3
    assert ndcg(ranked, gold, k=10) == pytest.approx((0.63093 + 0.43068) / 2.13093, abs=1e-5)
    assert score([], gold) == dict.fromkeys(METRICS, 0.0)
