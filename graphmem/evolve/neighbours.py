"""The notes that a new one may touch: an index of what each says, kept as notes come and go."""

from collections import Counter, defaultdict
from collections.abc import Set
from dataclasses import dataclass, field
from threading import Lock

from graphmem.evolve.said import Said
from graphmem.types import NoteId

MOST = 64
"""Notes that a new one is compared with: those that share most words, for how long they are."""


@dataclass(slots=True)
class Neighbours:
    """What the notes of one scope say, found by the words in it."""

    of: dict[NoteId, Said] = field(default_factory=dict)
    read: dict[NoteId, tuple[Said, bool]] = field(default_factory=dict)
    """What notes say, found or not, and whether each was marked as a fact: read once."""
    lock: Lock = field(default_factory=Lock)
    """Held by the evolution that goes on."""
    _holding: defaultdict[str, set[NoteId]] = field(default_factory=lambda: defaultdict(set))

    def add(self, said: Said) -> None:
        """Let a note be found from now on."""
        self.of[said.note] = said
        for stem in said.stems:
            self._holding[stem].add(said.note)

    def keep(self, notes: Set[NoteId]) -> None:
        """Forget all notes but these."""
        for id_ in self.of.keys() - notes:
            for stem in self.of.pop(id_).stems:
                self._holding[stem].discard(id_)

    def near(self, said: Said) -> list[Said]:
        """Return the other notes that share most words with one, the most alike first."""
        shared: Counter[NoteId] = Counter()
        for stem in said.stems:
            shared.update(self._holding.get(stem, ()))
        shared.pop(said.note, None)
        size = len(said.stems)
        ranked = sorted(
            (-count / (size + len(self.of[id_].stems)) ** 0.5, id_) for id_, count in shared.items()
        )
        return [self.of[id_] for _, id_ in ranked[:MOST]]
