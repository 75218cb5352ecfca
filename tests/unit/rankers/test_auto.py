"""Which ranker runs, by the size of the graph."""

import pytest

from graphmem.rankers import auto
from graphmem.rankers.auto import AutoRanker
from graphmem.rankers.power import PowerRanker
from graphmem.rankers.push import PushRanker
from tests.unit.rankers.graphs import restart_at, skewed


@pytest.mark.parametrize(("most", "chosen"), [(10, PushRanker()), (10_000, PowerRanker())])
def test_a_small_graph_is_ranked_whole_a_large_one_around_the_seeds(monkeypatch, most, chosen):
    monkeypatch.setattr(auto, "SMALL", most)
    steps, restart = skewed(), restart_at(300, 250)
    (found,), (expected,) = (one.top(steps, restart, k=3) for one in (AutoRanker(), chosen))
    assert found.visits.tobytes() == expected.visits.tobytes()


def test_whole_rankings_are_those_of_power_iteration():
    steps, restart = skewed(), restart_at(300, 250)
    (found,), (expected,) = (one.rank(steps, restart) for one in (AutoRanker(), PowerRanker()))
    assert found.scores.tobytes() == expected.scores.tobytes()


def test_its_name_says_what_it_chooses_between():
    assert AutoRanker().name == f"auto: {PowerRanker().name}, {PushRanker().name}"
