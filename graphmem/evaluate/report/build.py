"""What a run found, as one JSON object: recall, chains, intervals, latency, where gold was lost.

Metrics are in percent. Intervals are 95 %, by resampling questions.
"""

from collections.abc import Collection, Mapping, Sequence

import numpy as np

from graphmem.evaluate.data.datasets import Dataset
from graphmem.evaluate.measure.bootstrap import Values, interval, resample
from graphmem.evaluate.measure.outcomes import Outcome, SystemResult
from graphmem.evaluate.measure.small import worth
from graphmem.evaluate.report.breakdown import abstention, breakdown, found, lost_gold
from graphmem.evaluate.report.figures import Report, means, metric_values, rounded

COMPARED = ("recall@2", "recall@5", "recall@10", "chain@5")
"""The metrics whose differences get intervals."""


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
    values = {name: metric_values(scored) for name, scored in pairs.items()}
    compared = _compare(values, seed=seed)
    return {
        "dataset": dataset.name,
        "questions": dataset.questions,
        "encoder": encoder,
        "in_sample": dataset.hash in fitted_data,
        "worth": worth(sum(q.is_scored for q in asked.values())),
        "systems": {
            result.name: {
                **means(values[result.name]),
                **_latency(result.outcomes),
                **_costs(result),
                **compared.get(result.name, {}),
                **breakdown(pairs[result.name]),
                **abstention(result, pairs[result.name]),
                "found": found(pairs[result.name]),
                "lost": lost_gold(pairs[result.name]),
                "failed": sum(bool(outcome.failed) for outcome in result.outcomes),
            }
            for result in results
        },
        "input": _input(dataset),
    }


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
            compared[name]["interval"][metric] = [rounded(own.low), rounded(own.high)]
            for theirs, other in enumerate(names):
                if other != name:
                    lead = interval(rows[mine] - rows[theirs], means[mine] - means[theirs])
                    shown = [rounded(value) for value in (lead.mean, lead.low, lead.high)]
                    compared[name]["lead"].setdefault(other, {})[metric] = shown
    return compared


def _latency(outcomes: Sequence[Outcome]) -> Report:
    """Return milliseconds a search, without encoding the question and with it."""
    if not outcomes:
        return {}
    bare = np.array([outcome.search_ms for outcome in outcomes])
    whole = bare + np.array([outcome.encode_ms for outcome in outcomes])
    return {
        "search_ms_p50": rounded(np.percentile(bare, 50)),
        "search_ms_p95": rounded(np.percentile(bare, 95)),
        "search_with_encoding_ms_p50": rounded(np.percentile(whole, 50)),
        "search_with_encoding_ms_p95": rounded(np.percentile(whole, 95)),
    }


def _costs(result: SystemResult) -> Report:
    """Return what indexing all pools took; no system here calls a language model."""
    sizes = [cost.bytes for cost in result.costs]
    return {
        "index_seconds": rounded(sum(cost.seconds for cost in result.costs)),
        "index_encode_seconds": rounded(sum(cost.encode_seconds for cost in result.costs)),
        "index_bytes": None if None in sizes else sum(size for size in sizes if size is not None),
        "model_tokens": 0,
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
