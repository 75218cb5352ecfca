"""A memory as `graphmem evaluate` asks it: one retriever, and what each channel of it ranked."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from graphmem.evaluate.measure.channels import channels_of
from graphmem.evaluate.systems.base import Channels, best
from graphmem.memory import Memory
from graphmem.retrieve import Engine
from graphmem.types import Episode, Hit, Note


class AskedMemory:
    """Takes in files once, then answers with one of a memory's retrievers."""

    def __init__(self, memory: Memory, retriever: str) -> None:
        self._memory, self._retriever = memory, retriever
        self._traced: Trace | None = None

    def ingest(self, source: Path) -> object:
        """Take in a file."""
        return self._memory.ingest(source)

    def search(self, question: str, *, k: int) -> Sequence[Hit]:
        """Return at most k hits."""
        return self._memory.search(question, k=k, retriever=self._retriever)

    def channels(self, question: str, *, depth: int) -> Channels:
        """Return the first notes of each channel, under the ids of their source."""
        if not question.strip():
            return {}
        if self._traced is None:
            self._traced = traced(self._memory)
        engine, ids, order = self._traced.engine, self._traced.ids, self._traced.order
        return {
            name: tuple(hit for hit in best(ids, scores[order], k=depth) if hit[1] > 0)
            for name, scores in channels_of(engine, question).items()
        }


@dataclass(frozen=True, slots=True)
class Trace:
    """An engine beside the one that is timed, and its notes by the source's ids."""

    engine: Engine
    ids: tuple[str, ...]
    """Sorted."""
    order: NDArray[np.int64]
    """The place of each of `ids` among the engine's notes."""


def traced(memory: Memory) -> Trace:
    """Return a second engine of a memory as it stands, with the source's ids."""
    scope = memory.scope.key
    engine = Engine.of(memory.store.snapshot((scope,), None), encoder=memory.encoder)
    episodes: dict[str, Episode] = {e.id: e for e in memory.store.scan("episode", scope)}
    notes: dict[str, Note] = {note.id: note for note in memory.store.scan("note", scope)}
    ids = [episodes[notes[note].origins[0]].source_id for note in engine.snapshot.note_ids]
    order = sorted(range(len(ids)), key=lambda place: ids[place])
    return Trace(engine, tuple(ids[place] for place in order), np.array(order, np.int64))
