"""Which of some notes were there before: most stand where they stood, so runs are compared."""

from collections.abc import Sequence

import numpy as np

from graphmem.retrieve.words.ragged import Rows

STEP = 4_096
"""Ids that are compared at a time."""


def rows_before(before: Sequence[str], now: Sequence[str]) -> Rows:
    """Return (n,) the place of each id among those before, all distinct; -1 for one that is new.

    What both begin with and end with is found without a look at each id, so that a few notes more
    among many cost little.
    """
    head = _same_head(before, now)
    tail = _same_tail(before[head:], now[head:])
    rows = np.full(len(now), -1, np.int64)
    rows[:head] = np.arange(head)
    rows[len(now) - tail :] = np.arange(len(before) - tail, len(before))
    place = {id_: at for at, id_ in enumerate(before[head : len(before) - tail], head)}
    if place:
        middle = now[head : len(now) - tail]
        rows[head : len(now) - tail] = [place.get(id_, -1) for id_ in middle]
    return rows


def _same_head(left: Sequence[str], right: Sequence[str]) -> int:
    """Return how many ids two sequences begin with alike."""
    shorter = min(len(left), len(right))
    at, step = 0, STEP
    while step and at < shorter:
        if left[at : at + step] == right[at : at + step] and at + step <= shorter:
            at += step
        else:
            step //= 2
    return at


def _same_tail(left: Sequence[str], right: Sequence[str]) -> int:
    return _same_head(left[::-1], right[::-1])
