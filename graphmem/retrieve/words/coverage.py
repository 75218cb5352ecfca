"""Which of a question's terms a text holds, as bits, and how much of the question that explains."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from graphmem.retrieve.words.counts import Counts, Scores

MAX_TERMS = 48
"""A longer question is judged by its rarest terms."""
_CHUNK = 12

Masks = NDArray[np.int64]
"""Bit j is set where a text holds the question's term j."""


@dataclass(frozen=True, slots=True)
class Cover:
    """The weight of every set of a question's terms."""

    numbers: NDArray[np.int32]
    """(t,) the terms that count."""
    tables: tuple[Scores, ...]
    """For each run of 12 terms: the summed weight of each of its subsets."""

    def masks(self, counts: Counts) -> Masks:
        """Return (r,) which terms each text holds; only their postings are read."""
        masks = np.zeros(len(counts.lengths), np.int64)
        for bit, term in enumerate(self.numbers.tolist()):
            if term >= 0:
                masks[counts.postings(term)[0]] |= 1 << bit
        return masks

    def weight(self, masks: Masks) -> Scores:
        """Return the share of the question, 0 to 1, that each set of terms explains."""
        total: Scores = self.tables[0][masks & (len(self.tables[0]) - 1)]
        for chunk, table in enumerate(self.tables[1:], start=1):
            total = total + table[(masks >> (chunk * _CHUNK)) & (len(table) - 1)]
        return total


def cover_of(numbers: NDArray[np.int32], weights: Scores) -> Cover:
    """Tabulate the weights of a question's terms, at most the MAX_TERMS heaviest."""
    heaviest = np.sort(np.argsort(-weights, kind="stable")[:MAX_TERMS])
    numbers, weights = numbers[heaviest], weights[heaviest]
    tables = []
    for start in range(0, max(len(weights), 1), _CHUNK):
        table = np.zeros(1)
        for weight in weights[start : start + _CHUNK]:
            table = np.concatenate((table, table + weight))
        tables.append(table)
    return Cover(numbers, tuple(tables))
