"""Ranking scores and bringing them to 0..1: ties go by id, equal scores are 1."""

import numpy as np
import pytest

from graphmem.evaluate.systems.base import best, min_max


def test_the_k_highest_come_first_and_of_equals_the_lower_id() -> None:
    scores = np.array([0.2, 0.9, 0.9, 0.1])
    assert best(["a", "b", "c", "d"], scores, k=3) == (("b", 0.9), ("c", 0.9), ("a", 0.2))
    assert best(["a"], np.array([1.0]), k=5) == (("a", 1.0),)
    assert best([], np.zeros(0), k=5) == ()


def test_scores_that_differ_beyond_the_sixth_place_are_equal() -> None:
    assert [id_ for id_, _ in best(["a", "b"], np.array([0.5, 0.5 + 1e-8]), k=2)] == ["a", "b"]
    assert [id_ for id_, _ in best(["a", "b"], np.array([0.5, 0.5 + 1e-5]), k=2)] == ["b", "a"]


@pytest.mark.parametrize(
    ("scores", "scaled"),
    [([2.0, 4.0, 3.0], [0.0, 1.0, 0.5]), ([3.0, 3.0], [1.0, 1.0]), ([], [])],
)
def test_min_max_puts_the_lowest_at_0_and_the_highest_at_1(scores, scaled) -> None:
    np.testing.assert_array_equal(min_max(np.array(scores)), scaled)
