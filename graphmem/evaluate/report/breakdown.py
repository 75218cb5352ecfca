"""Figures by category, by number of gold passages and by hop; abstention; where gold was lost."""

from collections.abc import Callable, Sequence

from graphmem.evaluate.data.datasets import Question
from graphmem.evaluate.measure.outcomes import TRACE_DEPTH, Outcome, SystemResult
from graphmem.evaluate.measure.small import share_interval
from graphmem.evaluate.report.figures import (
    Report,
    Scored,
    ids,
    means,
    metric_values,
    percent,
    rounded,
)

TOP = 5
"""Gold below this rank counts as lost."""


def breakdown(scored: Sequence[Scored]) -> Report:
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
        key: {"questions": len(groups[key]), **means(metric_values(groups[key]))}
        for key in sorted(groups)
    }


def _unanswerable(scored: Sequence[Scored]) -> Report:
    """Return how often nothing was returned, for each category without answers."""
    groups: dict[str, list[bool]] = {}
    for question, outcome in scored:
        if question.unanswerable:
            groups.setdefault(question.category, []).append(not outcome.ranked)
    return {
        name: {"questions": len(empty), "abstained": percent(sum(empty), len(empty))}
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
            "recall@5": percent(sum(rank is not None and rank <= 5 for rank in found), len(found)),
            "recall@10": percent(sum(rank is not None for rank in found), len(found)),
        }
        for step, found in sorted(ranks.items())
    }


def abstention(result: SystemResult, scored: Sequence[Scored]) -> Report:
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
            "abstained": percent(sum(without), len(without)),
            "abstained_wrongly": percent(sum(with_answer), len(with_answer)),
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


def found(scored: Sequence[Scored]) -> Report:
    """Return how many questions have gold first, within the first 5, and all of it there.

    Each with the 95 % interval of the share, in percent.
    """
    asked = [(question, ids(outcome)) for question, outcome in scored if question.is_scored]
    counts = {
        "first": sum(bool(set(ranked[:1]) & set(q.gold)) for q, ranked in asked),
        f"within {TOP}": sum(bool(set(ranked[:TOP]) & set(q.gold)) for q, ranked in asked),
        f"all within {TOP}": sum(set(q.gold) <= set(ranked[:TOP]) for q, ranked in asked),
    }
    return {
        "questions": len(asked),
        **{
            name: {"questions": count, "interval": _interval(count, len(asked))}
            for name, count in counts.items()
        },
    }


def _interval(part: int, whole: int) -> list[float] | None:
    return [rounded(bound, 1) for bound in share_interval(part, whole)] if whole else None


def lost_gold(scored: Sequence[Scored]) -> Report:
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
        "found": percent(gold - len(reasons), gold),
        **{name: percent(number, gold) for name, number in counted.items()},
    }
