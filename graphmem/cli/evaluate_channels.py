"""A memory as `graphmem evaluate` asks it: one retriever, and what each channel of it ranked."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from graphmem.evaluate.systems import Channels, best
from graphmem.memory import Memory
from graphmem.retrieve import Engine
from graphmem.retrieve.asked import ask
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
        """Return each channel's first passages. Turns show their ranking as a whole only."""
        if self._traced is None:
            self._traced = traced(self._memory)
        engine, order = self._traced.engine, self._traced.order
        passages = engine.passages
        if passages is None or not question.strip():
            return {}
        has_vectors = passages.note_vectors is not None
        vector = engine.encoder.encode([question])[0] if has_vectors else None
        return {
            name: tuple(hit for hit in best(self._traced.ids, scores[order], k=depth) if hit[1] > 0)
            for name, scores in ask(passages, question, vector).channels.items()
        }


@dataclass(frozen=True, slots=True)
class Trace:
    """An engine beside the one that is timed, and its passages by the source's ids."""

    engine: Engine
    ids: tuple[str, ...]
    """Sorted."""
    order: NDArray[np.int64]
    """The place of each of `ids` among the engine's passages."""


def traced(memory: Memory) -> Trace:
    """Return a second engine of a memory as it stands, with the source's ids."""
    scope = memory.scope.key
    engine = Engine.of(memory.store.snapshot((scope,), None), encoder=memory.encoder)
    if engine.passages is None:
        return Trace(engine, (), np.empty(0, np.int64))
    episodes: dict[str, Episode] = {e.id: e for e in memory.store.scan("episode", scope)}
    origins: dict[str, Note] = {note.id: note for note in memory.store.scan("note", scope)}
    notes = [origins[engine.snapshot.note_ids[place]] for place in engine.passages.notes]
    ids = [episodes[note.origins[0]].source_id for note in notes]
    order = sorted(range(len(ids)), key=lambda place: ids[place])
    return Trace(engine, tuple(ids[place] for place in order), np.array(order, np.int64))
