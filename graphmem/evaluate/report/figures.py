"""Figures of a report: each metric over the scored questions in percent, means, shares."""

from collections.abc import Iterable, Mapping
from typing import Any

import numpy as np

from graphmem.evaluate.data.datasets import Question
from graphmem.evaluate.measure.bootstrap import Values
from graphmem.evaluate.measure.metrics import METRICS, score
from graphmem.evaluate.measure.outcomes import Outcome

Report = dict[str, Any]
"""JSON values only."""

Scored = tuple[Question, Outcome]


def metric_values(scored: Iterable[Scored]) -> dict[str, Values]:
    """Return each metric of the scored questions, in percent, (n,)."""
    rows = [score(ids(o), question.gold) for question, o in scored if question.is_scored]
    return {name: 100 * np.array([row[name] for row in rows]) for name in METRICS}


def ids(outcome: Outcome) -> list[str]:
    """Return the ids that an outcome ranked."""
    return [id_ for id_, _ in outcome.ranked]


def means(values: Mapping[str, Values]) -> Report:
    return {name: rounded(row.mean()) if row.size else None for name, row in values.items()}


def percent(part: int, whole: int) -> float | None:
    return rounded(100 * part / whole) if whole else None


def rounded(value: float, places: int = 2) -> float:
    return round(float(value), places)
