"""The share of a question that sentences hold: only the postings of its words are read."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from graphmem.rankers.kernel import address_of, kernel
from graphmem.retrieve.words.index import WordIndex
from graphmem.retrieve.words.ragged import Rows, lengths_of, places
from graphmem.vectors import distinct, is_among

_ROUNDING = 1e-9
"""More than sums of shares are wrong by."""


@dataclass(frozen=True, slots=True)
class Held:
    """What share of some terms, by idf, each sentence of a snapshot holds."""

    words: WordIndex
    weights: Sequence[tuple[int, float]]
    """The terms that some text has, by number, each with its idf."""
    total: float
    """The idf of all, those that no text has too."""

    @classmethod
    def of(cls, words: WordIndex, terms: Mapping[str, int]) -> "Held":
        """Take terms with their numbers, -1 for one that no text has."""
        weights = [(number, words.idf_of(number)) for number in terms.values()]
        total = 0.0
        for _, weight in weights:
            total += weight
        return cls(words, [one for one in weights if one[0] >= 0], total)

    def shares(self, sentences: Rows) -> NDArray[np.float64]:
        """Return (m,) the share that each of some sentences holds."""
        held = np.zeros(len(sentences))
        for number, weight in self.weights:
            add_among(held, sentences, self.words.sentences.postings(number)[0], weight)
        return held / self.total if self.total else held

    def by_note(self, notes: Collection[int]) -> dict[int, float]:
        """Return the largest share that a sentence of each of some notes holds."""
        if not notes:
            return {}
        rows, indptr = np.array(list(notes), np.int64), self.words.tokens.sentence_indptr
        lengths = lengths_of(indptr, rows)
        best = np.maximum.reduceat(self.shares(places(indptr, rows)), np.cumsum(lengths) - lengths)
        return dict(zip(notes, best.tolist(), strict=True))

    def at_least(self, share: float) -> Rows:
        """Return the sentences that hold so much, above 0, ascending.

        Each of them has one of the rarest terms, without all of which nothing comes to so much.
        """
        sentences = self.words.sentences
        rarest = sorted(self.weights, key=lambda one: int(sentences.df[one[0]]))
        left, needed = sum(weight for _, weight in rarest), self.total * (share - _ROUNDING)
        found: list[NDArray[np.int32]] = []
        for number, weight in rarest:
            if left < needed or left <= 0:
                break
            found.append(sentences.postings(number)[0])
            left -= weight
        if not found:
            return np.empty(0, np.int64)
        among = (distinct(np.concatenate(found)) if len(found) > 1 else found[0]).astype(np.int64)
        return among[self.shares(among) >= share]


def add_among(
    sums: NDArray[np.float64], wanted: Rows, ordered: NDArray[np.int32], weight: float
) -> None:
    """Add a weight to the sums (m,) of those of m numbers that are among some ascending ones."""
    loaded = kernel()
    if loaded is None or ordered.dtype != np.int32:
        sums[is_among(wanted, ordered)] += weight
        return
    wanted, ordered = np.ascontiguousarray(wanted, np.int64), np.ascontiguousarray(ordered)
    at = address_of(wanted), len(wanted), address_of(ordered), len(ordered)
    loaded.add_among(*at, weight, address_of(sums))
