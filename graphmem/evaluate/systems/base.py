"""What is compared: a system indexes passages, returns ids with scores, and shows its channels.

Each pool gets a new system. `passages` come sorted by id, and equal scores are ordered by
id, so no system gains from the order of a file.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol, runtime_checkable

import numpy as np
from numpy.typing import NDArray

from graphmem.evaluate.data.datasets import Passage
from graphmem.vectors import DECIMALS, top_k

Scores = NDArray[np.floating]
Ranked = tuple[tuple[str, float], ...]
"""(passage id, score), best first, ties by id."""
Channels = Mapping[str, Ranked]
"""What each part of a system ranked before they were joined, by the part's name."""


class System(Protocol):
    """A named way to find passages."""

    name: str
    can_abstain: bool
    """Whether returning nothing is its way to say that the pool holds no answer."""

    def index(self, passages: Sequence[Passage]) -> None:
        """Take the passages of a pool, sorted by id; called once. None of them is fine."""
        ...

    def search(self, question: str, *, k: int) -> Ranked:
        """Return at most k passages."""
        ...

    def channels(self, question: str, *, depth: int) -> Channels:
        """Return what each channel ranked for the question, `depth` deep; not timed."""
        ...

    def index_bytes(self) -> int | None:
        """Return the bytes that the index holds; None: it cannot say."""
        ...


@runtime_checkable
class BlockSystem(System, Protocol):
    """A system that finds the same for many questions at once as for each, in less time."""

    block: int
    """How many questions it is asked at once."""

    def search_each(self, questions: Sequence[str], *, k: int) -> list[Ranked]:
        """Return at most k passages for each question, in their order."""
        ...


@dataclass(frozen=True, slots=True, kw_only=True)
class SystemSpec:
    """How to make a system, and all that its results depend on beside the data."""

    name: str
    make: Callable[[], System]
    settings: str = ""
    """Encoder, constants, extractions: another text, another result in the log."""


def best(ids: Sequence[str], scores: Scores, *, k: int) -> Ranked:
    """Return the k highest of scores (n,) with their ids; ids are sorted, so ties go by id.

    Scores are rounded to the places that a float32 is good to, so that equal ones tie.
    """
    places, values = top_k(np.round(scores, DECIMALS), k=k)
    return tuple((ids[place], float(value)) for place, value in zip(places, values, strict=True))


def min_max(scores: Scores) -> Scores:
    """Return scores (n,) between 0 and 1; all of them 1 when they are equal, as HippoRAG does."""
    if scores.size == 0:
        return scores
    low, high = scores.min(), scores.max()
    return (scores - low) / (high - low) if high > low else np.ones_like(scores)
