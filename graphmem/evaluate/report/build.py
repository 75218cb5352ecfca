"""What a run found, as one JSON object: recall, chains, intervals, latency, where gold was lost.

Metrics are in percent. Intervals are 95 %, by resampling questions.
"""

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from typing import Any

import numpy as np

from graphmem.evaluate.data.datasets import Dataset, Question
from graphmem.evaluate.measure.bootstrap import Values, interval, resample
from graphmem.evaluate.measure.metrics import METRICS, score
from graphmem.evaluate.measure.outcomes import TRACE_DEPTH, Outcome, SystemResult

Report = dict[str, Any]
"""JSON values only."""

COMPARED = ("recall@2", "recall@5", "recall@10", "chain@5")
"""The metrics whose differences get intervals."""
TOP = 5
"""Gold below this rank counts as lost."""

Scored = tuple[Question, Outcome]


def summarise(
    dataset: Dataset,
    results: Sequence[SystemResult],
    *,
    encoder: str,
    fitted_data: Collection[str] = (),
    seed: int = 0,
) -> Report:
    """Return the report of a run: the data set, what was odd in it, and each system's figures.

    `fitted_data` are hashes of the data that graphmem's weights were fitted on.
    """
    asked = {(pool.name, q.id): q for pool in dataset.pools for q in pool.questions}
    pairs = {r.name: [(asked[o.pool, o.question], o) for o in r.outcomes] for r in results}
    values = {name: _values(scored) for name, scored in pairs.items()}
    compared = _compare(values, seed=seed)
    return {
        "dataset": dataset.name,
        "questions": dataset.questions,
        "encoder": encoder,
        "in_sample": dataset.hash in fitted_data,
        "systems": {
            result.name: {
                **_means(values[result.name]),
                **_latency(result.outcomes),
                **_costs(result),
                **compared.get(result.name, {}),
                **_breakdown(pairs[result.name]),
                **_abstention(result, pairs[result.name]),
                "lost": _lost(pairs[result.name]),
                "failed": sum(bool(outcome.failed) for outcome in result.outcomes),
            }
            for result in results
        },
        "input": _input(dataset),
    }


def _values(scored: Iterable[Scored]) -> dict[str, Values]:
    """Return each metric of the scored questions, in percent, (n,)."""
    rows = [score(ids(o), question.gold) for question, o in scored if question.is_scored]
    return {name: 100 * np.array([row[name] for row in rows]) for name in METRICS}


def ids(outcome: Outcome) -> list[str]:
    """Return the ids that an outcome ranked."""
    return [id_ for id_, _ in outcome.ranked]


def _means(values: Mapping[str, Values]) -> Report:
    return {name: _round(row.mean()) if row.size else None for name, row in values.items()}


def _compare(values: Mapping[str, Mapping[str, Values]], *, seed: int) -> dict[str, Report]:
    """Return each system's intervals, and those of its lead over each other system."""
    if not all(row[metric].size for row in values.values() for metric in COMPARED):
        return {}
    names = list(values)
    compared: dict[str, Report] = {name: {"interval": {}, "lead": {}} for name in names}
    for metric in COMPARED:
        rows = np.stack([values[name][metric] for name in names])
        means = resample(rows, seed=seed)
        for mine, name in enumerate(names):
            own = interval(rows[mine], means[mine])
            compared[name]["interval"][metric] = [_round(own.low), _round(own.high)]
            for theirs, other in enumerate(names):
                if other != name:
                    lead = interval(rows[mine] - rows[theirs], means[mine] - means[theirs])
                    shown = [_round(value) for value in (lead.mean, lead.low, lead.high)]
                    compared[name]["lead"].setdefault(other, {})[metric] = shown
    return compared


def _latency(outcomes: Sequence[Outcome]) -> Report:
    """Return milliseconds a search, without encoding the question and with it."""
    if not outcomes:
        return {}
    bare = np.array([outcome.search_ms for outcome in outcomes])
    whole = bare + np.array([outcome.encode_ms for outcome in outcomes])
    return {
        "search_ms_p50": _round(np.percentile(bare, 50)),
        "search_ms_p95": _round(np.percentile(bare, 95)),
        "search_with_encoding_ms_p50": _round(np.percentile(whole, 50)),
        "search_with_encoding_ms_p95": _round(np.percentile(whole, 95)),
    }


def _costs(result: SystemResult) -> Report:
    """Return what indexing all pools took; no system here calls a language model."""
    sizes = [cost.bytes for cost in result.costs]
    return {
        "index_seconds": _round(sum(cost.seconds for cost in result.costs)),
        "index_encode_seconds": _round(sum(cost.encode_seconds for cost in result.costs)),
        "index_bytes": None if None in sizes else sum(size for size in sizes if size is not None),
        "model_tokens": 0,
    }


def _breakdown(scored: Sequence[Scored]) -> Report:
    """Return the metrics by category, by number of gold passages, and recall@5 of each step."""
    return {
        "by_category": {
            **_groups(scored, lambda question: question.category),
            **_unanswerable(scored),
        },
        "by_hops": _groups(scored, lambda question: str(len(question.gold))),
        "by_step": _steps(scored),
    }


def _groups(scored: Sequence[Scored], name: Callable[[Question], str]) -> Report:
    groups: dict[str, list[Scored]] = {}
    for question, outcome in scored:
        if question.is_scored:
            groups.setdefault(name(question), []).append((question, outcome))
    return {
        key: {"questions": len(groups[key]), **_means(_values(groups[key]))}
        for key in sorted(groups)
    }


def _unanswerable(scored: Sequence[Scored]) -> Report:
    """Return how often nothing was returned, for each category without answers."""
    groups: dict[str, list[bool]] = {}
    for question, outcome in scored:
        if question.unanswerable:
            groups.setdefault(question.category, []).append(not outcome.ranked)
    return {
        name: {"questions": len(empty), "abstained": _percent(sum(empty), len(empty))}
        for name, empty in sorted(groups.items())
    }


def _steps(scored: Sequence[Scored]) -> Report:
    """Return how often the gold of the first, second, ... hop is within the first 5 and 10."""
    ranks: dict[int, list[int | None]] = {}
    for question, outcome in scored:
        place = {id_: rank for rank, id_ in enumerate(ids(outcome), 1)}
        for step, id_ in enumerate(question.steps, 1):
            if question.is_scored:
                ranks.setdefault(step, []).append(place.get(id_))
    return {
        str(step): {
            "gold": len(found),
            "recall@5": _percent(sum(rank is not None and rank <= 5 for rank in found), len(found)),
            "recall@10": _percent(sum(rank is not None for rank in found), len(found)),
        }
        for step, found in sorted(ranks.items())
    }


def _abstention(result: SystemResult, scored: Sequence[Scored]) -> Report:
    """Return how often nothing was returned, for questions without an answer and for others.

    A right abstention is an empty result; it is never scored by the evidence of the question that
    the wrong answer was taken from. A system that always returns something cannot abstain.
    """
    without = [not o.ranked for question, o in scored if question.unanswerable]
    with_answer = [not o.ranked for question, o in scored if question.is_scored]
    if not without:
        return {}
    return {
        "abstention": {
            "can_abstain": result.can_abstain,
            "questions": len(without),
            "abstained": _percent(sum(without), len(without)),
            "abstained_wrongly": _percent(sum(with_answer), len(with_answer)),
        }
    }


def loss(question: Question, outcome: Outcome) -> dict[str, str]:
    """Return why each gold passage is not within the first 5.

    `fused away`: a channel has it within its own first 5. `badly ranked`: a channel has it within
    its first TRACE_DEPTH. `not linked`: no channel has it.
    """
    kept = set(ids(outcome)[:TOP])
    lost = {}
    for id_ in question.gold:
        if id_ in kept:
            continue
        ranks = [found[id_] for found in outcome.gold_ranks.values() if id_ in found]
        best = min(ranks, default=TRACE_DEPTH + 1)
        lost[id_] = (
            "fused away" if best <= TOP else "badly ranked" if best <= TRACE_DEPTH else "not linked"
        )
    return lost


def _lost(scored: Sequence[Scored]) -> Report:
    """Return the share of all gold passages that is within the first 5, and where the rest went."""
    reasons = [
        reason
        for question, outcome in scored
        if question.is_scored
        for reason in loss(question, outcome).values()
    ]
    gold = sum(len(question.gold) for question, _ in scored if question.is_scored)
    counted = {name: reasons.count(name) for name in ("not linked", "badly ranked", "fused away")}
    return {
        "gold": gold,
        "found": _percent(gold - len(reasons), gold),
        **{name: _percent(number, gold) for name, number in counted.items()},
    }


def _input(dataset: Dataset) -> Report:
    """Return what was read and what was odd about it."""
    questions = [question for pool in dataset.pools for question in pool.questions]
    return {
        "hash": dataset.hash,
        "pools": len(dataset.pools),
        "passages": sum(len(pool.passages) for pool in dataset.pools),
        "scored": sum(question.is_scored for question in questions),
        "unanswerable": sum(question.unanswerable for question in questions),
        **dataset.counts,
        "problems": [f"{problem.source}: {problem.message}" for problem in dataset.problems[:100]],
    }


def _percent(part: int, whole: int) -> float | None:
    return _round(100 * part / whole) if whole else None


def _round(value: float, places: int = 2) -> float:
    return round(float(value), places)
