"""How little a small set of questions can tell: an interval of a share, and of a difference."""

from math import comb, sqrt

SMALL = 300
"""Below so many questions a report says what its differences are worth."""

CHANGED = 0.2
"""The share of questions that two ways of searching are taken to answer differently."""

_Z = 1.96
"""Of a normal distribution, 95 % lie within so many deviations."""


def share_interval(part: int, whole: int) -> tuple[float, float]:
    """Return the 95 % interval of a share, in percent; `whole` is at least 1.

    Source: Wilson (1927), the score interval: right for few questions and for all or none.
    """
    share, z2 = part / whole, _Z * _Z
    middle = (share + z2 / (2 * whole)) / (1 + z2 / whole)
    half = _Z * sqrt(share * (1 - share) / whole + z2 / (4 * whole * whole)) / (1 + z2 / whole)
    return 100 * max(0.0, middle - half), 100 * min(1.0, middle + half)


def least_difference(n: int) -> int | None:
    """Return by how many of n questions two results must differ to be no chance; None: never.

    Where CHANGED of the questions come out differently, at least six, a difference d of gains and
    losses is no chance if a coin would give it in fewer than one of twenty runs.
    Source: the sign test, exact and two-sided.
    """
    changed = max(6, round(CHANGED * n))
    if n < changed:
        return None
    tail = 0
    for losses in range(changed // 2 + 1):
        tail += comb(changed, losses)
        if 2 * tail > 0.05 * 2**changed:
            return changed - 2 * (losses - 1)
    return None


def worth(n: int) -> str:
    """Return what to know of a set of n scored questions, empty if it is not small."""
    if n >= SMALL or n == 0:
        return ""
    least = least_difference(n)
    if least is None:
        return f"{n} questions: too few for any difference to mean something"
    points = 100 * least / n
    return f"{n} questions: differences under {least} questions ({points:.0f} points) mean nothing"
