"""What each channel of a search says of every note: for traces, and to see where gold was lost."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from graphmem.memory import Memory
from graphmem.retrieve.asked import Asked
from graphmem.retrieve.engine import Engine
from graphmem.retrieve.passages.features import features_of
from graphmem.retrieve.question.question import Question

OF_TURNS = (
    "words_wide", "words_session", "vector_own", "vector_wide", "vector_sentence",
    "late_sentence", "late_near", "late_wide", "day", "month",
)  # fmt: skip
"""The channels that depend on what is asked. The others are what a turn is, whatever is asked."""


@dataclass(frozen=True, slots=True)
class SourceEngine:
    """A search engine whose notes are known by the ids that their source gave them."""

    engine: Engine
    ids: tuple[str, ...]
    """Sorted."""
    order: NDArray[np.int64]
    """The place of each of `ids` among the engine's notes."""


def source_engine(memory: Memory) -> SourceEngine:
    """Return a second engine of a memory as it stands, beside the one that is timed."""
    scope = memory.scope.key
    engine = Engine.of(memory.store.snapshot((scope,), None), encoder=memory.encoder)
    episodes = {e.id: e for e in memory.store.scan("episode", scope)}
    notes = {note.id: note for note in memory.store.scan("note", scope)}
    ids = [episodes[notes[note].origins[0]].source_id for note in engine.snapshot.note_ids]
    order = sorted(range(len(ids)), key=lambda place: ids[place])
    return SourceEngine(engine, tuple(ids[place] for place in order), np.array(order, np.int64))


def channels_of(engine: Engine, question: str) -> dict[str, NDArray[np.float64]]:
    """Return (n,) the value of each note by channel; at or below 0 where it says nothing for it.

    Passages and turns have channels of their own; a note of the other kind has 0.
    """
    asked = engine.reader.read(Asked(text=question))
    return {**_of_passages(engine, asked), **_of_turns(engine, asked)}


def _of_passages(engine: Engine, question: Question) -> dict[str, NDArray[np.float64]]:
    if engine.passages is None:
        return {}
    passages = engine.passages.passages
    return {
        name: _at(passages.notes, values, len(engine.snapshot.note_ids))
        for name, values in features_of(passages, question).channels.items()
    }


def _of_turns(engine: Engine, question: Question) -> dict[str, NDArray[np.float64]]:
    if engine.turns is None:
        return {}
    channels = engine.turns.scores(question).channels
    return {
        name: _at(engine.turns.index.notes, channels[name], len(engine.snapshot.note_ids))
        for name in OF_TURNS
        if name in channels
    }


def _at(notes: NDArray[np.int64], values: NDArray[np.float64], n: int) -> NDArray[np.float64]:
    full = np.zeros(n)
    full[notes] = values
    return full
