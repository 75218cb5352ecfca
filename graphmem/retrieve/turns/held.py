"""The share of a question that sentences hold: only the postings of its words are read."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from graphmem.retrieve.words.index import WordIndex
from graphmem.retrieve.words.ordered import Ordered, add_among, common, in_rows
from graphmem.retrieve.words.ragged import Rows, lengths_of, places
from graphmem.vectors import distinct

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

    def at_least(self, share: float, notes: Rows | None = None) -> Rows:
        """Return the sentences, of some notes (ascending) or of all, that hold so much, above 0,
        ascending."""
        rarest = sorted(self.weights, key=lambda one: int(self.words.sentences.df[one[0]]))
        left, needed = sum(weight for _, weight in rarest), self.total * (share - _ROUNDING)
        wanted = [number for number, weight in rarest if left - weight < needed]
        if wanted:  # without one of these nothing comes to so much
            among = self._saying(wanted[0], notes)
            for number in wanted[1:]:
                among = common(among, self._saying(number))
        else:  # nor without all of the rarest
            found = list[Ordered]()
            for number, weight in rarest:
                if left < needed:
                    break
                found.append(self._saying(number, notes))
                left -= weight
            among = distinct(np.concatenate(found)) if found else np.empty(0, np.int32)
        rows: Rows = among.astype(np.int64)
        return rows[self.shares(rows) >= share]

    def _saying(self, number: int, notes: Rows | None = None) -> Ordered:
        """Return the sentences, of some notes or of all, that hold a term."""
        said = self.words.sentences.postings(number)[0]
        return said if notes is None else in_rows(said, notes, self.words.tokens.sentence_indptr)
