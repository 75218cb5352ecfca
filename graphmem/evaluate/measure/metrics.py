"""How well a ranking finds its gold: pure functions in [0, 1] that never edit their input.

`ranked` is best first; equal scores must be in id order before they come here. An id that stands
twice counts where it stands first. `gold` must not be empty: a question without gold has no recall
(ValueError). An empty ranking scores 0.
"""

from collections.abc import Callable, Collection, Sequence
from functools import partial
from math import log2

Metric = Callable[[Sequence[str], Collection[str]], float]


def recall(ranked: Sequence[str], gold: Collection[str], *, k: int) -> float:
    """Return the share of gold within the first k."""
    wanted = _wanted(gold)
    return len(wanted & set(_first(ranked, k))) / len(wanted)


def chain(ranked: Sequence[str], gold: Collection[str], *, k: int) -> float:
    """Return 1 when all of gold is within the first k, else 0; more gold than k is always 0."""
    return float(_wanted(gold) <= set(_first(ranked, k)))


def reciprocal_rank(ranked: Sequence[str], gold: Collection[str]) -> float:
    """Return 1 / rank of the best ranked gold, over as much as was returned; 0 if none was."""
    wanted = _wanted(gold)
    places = _first(ranked, len(ranked))
    return next((1 / rank for rank, id_ in enumerate(places, 1) if id_ in wanted), 0.0)


def ndcg(ranked: Sequence[str], gold: Collection[str], *, k: int) -> float:
    """Return the discounted gain of the first k over the best possible, gains being 0 or 1.

    Source: Järvelin and Kekäläinen (2002), with the logarithm of base 2 from the second rank on.
    """
    wanted = _wanted(gold)
    gain = sum(1 / log2(rank + 1) for rank, id_ in enumerate(_first(ranked, k), 1) if id_ in wanted)
    best = sum(1 / log2(rank + 1) for rank in range(1, min(k, len(wanted)) + 1))
    return gain / best


METRICS: dict[str, Metric] = {
    "recall@1": partial(recall, k=1),
    "recall@2": partial(recall, k=2),
    "recall@5": partial(recall, k=5),
    "recall@10": partial(recall, k=10),
    "chain@5": partial(chain, k=5),
    "mrr": reciprocal_rank,
    "ndcg@10": partial(ndcg, k=10),
}
"""What a report shows, by name."""

DEPTH = 10
"""How many hits a system must return for METRICS."""


def score(ranked: Sequence[str], gold: Collection[str]) -> dict[str, float]:
    """Return every metric of one ranking."""
    return {name: metric(ranked, gold) for name, metric in METRICS.items()}


def _wanted(gold: Collection[str]) -> set[str]:
    wanted = set(gold)
    if not wanted:
        raise ValueError("a question without gold has no recall; leave it out and count it")
    return wanted


def _first(ranked: Sequence[str], k: int) -> list[str]:
    return list(dict.fromkeys(ranked))[:k]
