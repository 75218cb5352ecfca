"""Fit the weights of the turns' channels: a listwise softmax, held near the untrained formula."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import minimize

L2 = 0.003
"""On the squared distance from the untrained weights."""
DIGITS = 3
"""Of the weights in a table: the same on every machine that agrees this far."""
CLOSE = 1e-13
"""The relative change of the loss at which a fit ends. Where it is flat, a looser end is where the
last bits of vectors, which are the processor's, lead: a weight of .140 on one machine was .145 on
another."""


@dataclass(frozen=True, slots=True)
class Example:
    """One question against the turns of its conversation."""

    channels: NDArray[np.float64]
    """(turns, channels)"""
    gold: tuple[int, ...]
    """The turns that hold the evidence, at least one."""


def fit_weights(
    examples: Sequence[Example], names: Sequence[str], *, untrained: Mapping[str, float]
) -> dict[str, float]:
    """Return the weight of each channel that makes the gold turns likely among all turns.

    Minimises the mean cross entropy between a softmax over the turns of a conversation and the
    gold, shared equally, plus L2 times the squared distance from the untrained weights. A channel
    that is constant within every conversation keeps its untrained weight. Source: Cao et al.
    (2007), Learning to Rank: from Pairwise Approach to Listwise Approach, section 4 (ListNet).
    """
    start = np.array([untrained.get(name, 0.0) for name in names])
    if not examples:
        return dict(zip(names, start.tolist(), strict=True))
    found = minimize(
        _loss, start, args=(examples, start), jac=True, method="L-BFGS-B",
        options={"ftol": CLOSE, "gtol": 1e-8, "maxiter": 1_000},
    )  # fmt: skip
    rounded = np.round(found.x, DIGITS) + 0.0
    return dict(zip(names, rounded.tolist(), strict=True))


def _loss(
    weights: NDArray[np.float64], examples: Sequence[Example], start: NDArray[np.float64]
) -> tuple[float, NDArray[np.float64]]:
    loss, slope = 0.0, np.zeros(len(weights))
    for example in examples:
        scores = example.channels @ weights
        gold = list(example.gold)
        top = scores.max()
        exponentials = np.exp(scores - top)
        total = exponentials.sum()
        loss += float(np.log(total) + top - scores[gold].mean())
        slope += (exponentials / total) @ example.channels - example.channels[gold].mean(axis=0)
    away = weights - start
    n = len(examples)
    return loss / n + L2 * float(away @ away), slope / n + 2 * L2 * away
