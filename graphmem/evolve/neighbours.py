"""The notes that a new one may touch: an index of the words of each, kept as notes come and go."""

from array import array
from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from graphmem.evolve.said import Said
from graphmem.types import NoteId

MOST = 64
"""Notes that a new one is compared with: those that share most words, for how long they are."""

_FEWEST_GONE = 1_000
"""Notes that were taken out before the index is made anew without them, and half of all."""


def _numbers() -> "array[int]":
    return array("i")


@dataclass(slots=True)
class Neighbours:
    """What the notes of one scope say, found by the words in it."""

    of: dict[NoteId, Said] = field(default_factory=dict)
    _row: dict[NoteId, int] = field(default_factory=dict)
    _ids: list[NoteId] = field(default_factory=list)
    """Of each row, that of a note that was taken out too."""
    _sizes: "array[int]" = field(default_factory=_numbers)
    """Stems of each row's note; 0: it was taken out."""
    _holding: "dict[str, array[int]]" = field(default_factory=dict)
    """The rows whose notes have a stem."""
    _roots: list[float] = field(default_factory=list)
    """The square root of each number: whatever numpy runs on, the scores are the same bits."""

    def add(self, said: Said) -> None:
        """Let a note be found from now on, as it is given here."""
        self.discard(said.note)
        row = self._row[said.note] = len(self._ids)
        self.of[said.note] = said
        self._ids.append(said.note)
        self._sizes.append(len(said.stems))
        for stem in said.stems:
            self._holding.setdefault(stem, _numbers()).append(row)

    def discard(self, note: NoteId) -> None:
        """Let a note be found no more."""
        row = self._row.pop(note, None)
        if row is None:
            return
        self._sizes[row] = 0
        del self.of[note]
        if len(self._ids) - len(self.of) > max(_FEWEST_GONE, len(self.of)):
            self._renew()

    def near(self, said: Said) -> list[Said]:
        """Return the other notes that share most words with one, the most alike first."""
        shared = np.zeros(len(self._ids), np.int32)
        for stem in said.stems:
            if stem in self._holding:
                shared[np.frombuffer(self._holding[stem], np.int32)] += 1
        sizes = np.frombuffer(self._sizes, np.int32) if self._ids else shared
        shared[sizes == 0] = 0
        if said.note in self._row:
            shared[self._row[said.note]] = 0
        rows = np.flatnonzero(shared)
        likeness = shared[rows] / self._root(len(said.stems) + sizes[rows])
        if len(rows) > MOST:
            best = likeness >= np.partition(likeness, -MOST)[-MOST]
            rows, likeness = rows[best], likeness[best]
        ranked = sorted(
            (-alike, self._ids[row])
            for alike, row in zip(likeness.tolist(), rows.tolist(), strict=True)
        )
        return [self.of[id_] for _, id_ in ranked[:MOST]]

    def _root(self, numbers: NDArray[np.int32]) -> NDArray[np.float64]:
        most = int(numbers.max(initial=0))
        self._roots += [number**0.5 for number in range(len(self._roots), most + 1)]
        return np.array(self._roots)[numbers]

    def _renew(self) -> None:
        kept: Sequence[Said] = list(self.of.values())
        for held in (self.of, self._row, self._ids, self._holding):
            held.clear()
        self._sizes = _numbers()
        for said in kept:
            self.add(said)
