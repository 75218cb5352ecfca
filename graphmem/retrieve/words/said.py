"""The words of sentences, in their order: what was added lies behind the rest, not between it.

A sentence more among a hundred thousand would move the words of those behind it, and a new word
the numbers of those after it in the alphabet. Here both stay: a sentence says where its words lie,
and a table which surface each mark in them stands for now.
"""

from dataclasses import dataclass
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from graphmem.retrieve.words.known import Before
from graphmem.retrieve.words.ragged import LONG_RUN, Ragged, Rows, offsets, spans
from graphmem.retrieve.words.spliced import Spliced

FEW = 50_000
"""Words that lie behind the rest at most: then all are laid end to end again."""
Surfaces = NDArray[np.int32]


@dataclass(frozen=True, slots=True)
class Said:
    """The words of s sentences, those of one note side by side. Words are numbers of surfaces."""

    ends: Spliced
    """(s, 2) where the marks of each sentence begin, and end: in `base`, and behind it those in
    `added`."""
    base: Surfaces
    """(b,) marks"""
    added: Surfaces
    """(a,) marks of what was put in since the base was laid."""
    surface_of: Surfaces
    """(m,) the surface that each mark stands for now: each word that was added has its own."""

    @classmethod
    def of(cls, rows: Ragged, n_surfaces: int) -> "Said":
        """Take rows that lie end to end."""
        same = np.arange(n_surfaces, dtype=np.int32)
        ends = np.stack((rows.indptr[:-1], rows.indptr[1:]), axis=1)
        return cls(Spliced(ends), rows.values, np.empty(0, np.int32), same)

    @property
    def lengths(self) -> Rows:
        """(s,) words in each sentence."""
        return lengths_between(self.ends.array)

    def lengths_of(self, begin: int, end: int) -> Rows:
        """Return how many words each of some sentences has."""
        return lengths_between(self.ends.take(np.arange(begin, end)))

    def words(self, begin: int, end: int) -> Surfaces:
        """Return the words of the sentences of one note, at least one."""
        ends = self.ends.take(np.array([begin, end - 1]))
        return self.surface_of[self._marks(ends.item(0), ends.item(3))]

    def at(self, some: Rows) -> Surfaces:
        """Return the words at some places, as `ends` count them; any for one that is none."""
        if not len(self.added):
            return self.surface_of[self.base.take(some, mode="clip")]
        is_added, marks = some >= len(self.base), np.empty(some.shape, np.int32)
        marks[~is_added] = self.base.take(some[~is_added], mode="clip")
        marks[is_added] = self.added.take(some[is_added] - len(self.base), mode="clip")
        return self.surface_of[marks]

    def of_part(self, sentences: Rows) -> "Said":
        """Return those of some sentences alone, whole notes of them; the words are shared."""
        ends = Spliced(self.ends.take(sentences))
        return Said(ends, self.base, self.added, self.surface_of)

    def take(self, sentences: Rows) -> Ragged:
        """Return the words of some sentences, in that order."""
        return self._laid(self.ends.take(sentences))

    def rows(self) -> Ragged:
        """Return the words of all, laid end to end."""
        return self._laid(self.ends.array)

    def _laid(self, bounds: Rows) -> Ragged:
        """Return the words of some sentences; where few runs of them lie apart, run by run."""
        starts, stops = bounds.T
        lengths, is_added = stops - starts, starts >= len(self.base)
        is_apart = (starts[1:] != stops[:-1]) | (is_added[1:] != is_added[:-1])
        ends = [0, *(np.flatnonzero(is_apart) + 1).tolist(), len(starts)]
        if not len(starts) or len(ends) * LONG_RUN > len(starts):
            return Ragged(offsets(lengths), self.at(spans(starts, lengths)))
        runs = [(starts.item(a), stops.item(b - 1)) for a, b in pairwise(ends)]
        marks = np.concatenate([self._marks(*run) for run in runs])
        return Ragged(offsets(lengths), self.surface_of[marks])

    def with_rows(self, new: Ragged, put: Rows, numbers: Surfaces, n_surfaces: int) -> "Said":
        """Return it with the words of whole notes put in, which are sentences `put` then.

        `put` is ascending; `numbers` has the new number of each surface that was there; there are
        `n_surfaces` now.
        """
        behind = new.indptr + len(self.base) + len(self.added)
        marks = np.arange(len(new.values), dtype=np.int32) + np.int32(len(self.surface_of))
        said = Said(
            ends=self.ends.brought_forward(
                Before.put(len(self.ends), put), np.stack((behind[:-1], behind[1:]), axis=1)
            ),
            base=self.base,
            added=np.concatenate((self.added, marks)),
            surface_of=np.concatenate((numbers[self.surface_of], new.values)),
        )
        return (
            said if len(self.base) and len(said.added) <= FEW else Said.of(said.rows(), n_surfaces)
        )

    def renumbered(self, numbers: Surfaces) -> "Said":
        """Return the same words by new numbers of surfaces; any for one that no sentence has."""
        return Said(self.ends, self.base, self.added, numbers[self.surface_of])

    def _marks(self, start: int, stop: int) -> Surfaces:
        n_base = len(self.base)
        return (
            self.base[start:stop] if stop <= n_base else self.added[start - n_base : stop - n_base]
        )


def lengths_between(ends: Rows) -> Rows:
    """Return (s,) how far the (s, 2) ends of some sentences lie apart."""
    lengths: Rows = ends[:, 1] - ends[:, 0]
    return lengths
