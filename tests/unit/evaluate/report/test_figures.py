"""Figures in percent: of scored questions only, to two places, unknown where there are none."""

import numpy as np

from graphmem.evaluate.data.datasets import Question
from graphmem.evaluate.measure.metrics import METRICS
from graphmem.evaluate.measure.outcomes import Outcome
from graphmem.evaluate.report.figures import ids, means, metric_values, percent, rounded

FOUND = Outcome(
    pool="p", question="q", ranked=(("a", 2.0), ("b", 1.0)), search_ms=0, encode_ms=0
)  # fmt: skip


def test_metrics_are_percentages_of_the_scored_questions():
    scored = [
        (Question(id="1", text="?", gold=("a",)), FOUND),
        (Question(id="2", text="?", gold=("b", "c")), FOUND),
        (Question(id="3", text="?", gold=()), FOUND),
        (Question(id="4", text="?", gold=("a",), unanswerable=True), FOUND),
    ]
    values = metric_values(scored)
    assert set(values) == set(METRICS)
    np.testing.assert_allclose(values["recall@1"], [100, 0])
    np.testing.assert_allclose(values["recall@2"], [100, 50])
    assert means(values)["recall@2"] == 75.0


def test_without_a_scored_question_nothing_is_known():
    assert means(metric_values([])) == dict.fromkeys(METRICS)


def test_shares_and_roundings():
    assert (percent(1, 3), percent(0, 3), percent(0, 0)) == (33.33, 0.0, None)
    assert rounded(2.0049) == 2.0
    assert ids(FOUND) == ["a", "b"]
