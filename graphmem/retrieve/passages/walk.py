"""The best-first walk: how likely a note is as a root, or as the next step from a better note.

F(p) = max(F0(p), max over anchors a of F(a) · f(a, p)) with every factor below 1, which is
Dijkstra's problem on -ln F: notes come off the queue in the order of their scores, each after the
note that carried it, and that note's path explains it.
"""

from collections.abc import Callable
from dataclasses import dataclass, replace
from heapq import heapify, heappop, heappush

import numpy as np
from numpy.typing import NDArray

from graphmem.vectors import at_least_kth


@dataclass(frozen=True, slots=True)
class Step:
    """How a note was reached."""

    anchor: int
    """The note before it, -1 for a root."""
    name: int
    """The name that both hold, -1 for a root."""
    factor: float
    """Score of the note over that of its anchor; the root's own score for a root."""


@dataclass(frozen=True, slots=True)
class Walked:
    """The best notes, best first."""

    notes: tuple[int, ...]
    scores: tuple[float, ...]
    steps: tuple[Step, ...]
    """How each was reached: following `anchor` leads to a root, over notes earlier in the list."""


@dataclass(frozen=True, slots=True)
class Namesakes:
    """What notes are called. `Ann Lee` and `Ann Lee (judge)` are one name and two titles."""

    name: NDArray[np.integer]
    """(n,) -1 for none."""
    title: NDArray[np.integer]
    """(n,)"""


NAMESAKE_DISCOUNT = 0.6
"""A question that names one thing means one: what each further title of a name keeps of its score,
the best having come first. Notes of one title are parts of one thing, and keep theirs."""
OVERSAMPLING = 4
"""Roots that are looked at, for each note that is taken: some are discounted as namesakes."""
Expand = Callable[[int], tuple[NDArray[np.int64], NDArray[np.int64], NDArray[np.float64]]]
"""From an anchor to its distinct targets, the name leading to each, each factor in (0, 1)."""


def best_first_walk(
    roots: NDArray[np.float64],
    expand: Expand,
    *,
    k: int,
    anchors: int | None = None,
    called: Namesakes | None = None,
) -> Walked:
    """Return the k notes of largest F; ties go to the smaller number.

    Parameters
    ----------
    roots : (n,) F0 of every note, in (0, 1); one of 0 is none, and is never taken.
    expand : asked once for each note that is taken and leads on.
    k : how many notes to take.
    anchors : how many of the notes taken lead on, the first ones; None: all but the last.
    called : the notes that compete for a name; without it, none do.
    """
    best = roots.astype(np.float64)
    steps: dict[int, Step] = {}
    namesakes = _TitlesTaken(called)
    seeds = at_least_kth(best, k=k if called is None else OVERSAMPLING * k)
    queue = [(-float(best[note]), int(note)) for note in seeds if best[note] > 0]
    heapify(queue)
    taken: list[int] = []
    is_taken = np.zeros(len(best), np.bool_)
    while queue and len(taken) < k:
        cost, note = heappop(queue)
        if is_taken[note]:
            continue
        share = namesakes.share(note)
        score = float(best[note]) * share
        if -cost != score:
            if -cost > score:
                heappush(queue, (-score, note))
            continue
        best[note] = score
        is_taken[note] = True
        taken.append(note)
        namesakes.take(note)
        step = steps.get(note) or Step(-1, -1, float(roots[note]))
        steps[note] = replace(step, factor=step.factor * share)
        if len(taken) == k:
            break
        if anchors is not None and len(taken) > anchors:
            continue
        targets, names, factors = expand(note)
        reached = score * factors
        for at in np.flatnonzero((reached > best[targets]) & ~is_taken[targets]).tolist():
            target = int(targets[at])
            best[target] = reached[at]
            steps[target] = Step(note, int(names[at]), float(factors[at]))
            heappush(queue, (-best[target], target))
    return Walked(
        notes=tuple(taken),
        scores=tuple(float(best[note]) for note in taken),
        steps=tuple(steps[note] for note in taken),
    )


class _TitlesTaken:
    """The titles of each name that were taken, in order."""

    def __init__(self, called: Namesakes | None) -> None:
        self._called = called
        self._titles: dict[int, list[int]] = {}

    def share(self, note: int) -> float:
        """Return what a note keeps of its score beside the titles that came before."""
        if self._called is None:
            return 1.0
        before = self._titles.get(int(self._called.name[note]), [])
        title = int(self._called.title[note])
        return float(NAMESAKE_DISCOUNT ** (before.index(title) if title in before else len(before)))

    def take(self, note: int) -> None:
        """Have a note's title come before those of its namesakes that follow."""
        if self._called is None or self._called.name[note] < 0:
            return
        before = self._titles.setdefault(int(self._called.name[note]), [])
        if (title := int(self._called.title[note])) not in before:
            before.append(title)
