"""What each channel of a search says of every note: for traces, and to see where gold was lost."""

import numpy as np
from numpy.typing import NDArray

from graphmem.retrieve.engine import Engine
from graphmem.retrieve.passages.features import ask

OF_TURNS = (
    "words_wide", "words_session", "vector_own", "vector_wide", "vector_sentence",
    "late_sentence", "late_near", "late_wide", "day", "month",
)  # fmt: skip
"""The channels that depend on what is asked. The others are what a turn is, whatever is asked."""


def channels_of(engine: Engine, question: str) -> dict[str, NDArray[np.float64]]:
    """Return (n,) the value of each note by channel; at or below 0 where it says nothing for it.

    Passages and turns have channels of their own; a note of the other kind has 0.
    """
    return {**_of_passages(engine, question), **_of_turns(engine, question)}


def _of_passages(engine: Engine, question: str) -> dict[str, NDArray[np.float64]]:
    if engine.passages is None:
        return {}
    asked = ask(engine.passages, question, engine.passage_vector(question))
    return {
        name: _at(engine.passages.notes, values, len(engine.snapshot.note_ids))
        for name, values in asked.channels.items()
    }


def _of_turns(engine: Engine, question: str) -> dict[str, NDArray[np.float64]]:
    if engine.turns is None:
        return {}
    channels = engine.turn_scores(question).channels
    return {
        name: _at(engine.turns.notes, channels[name], len(engine.snapshot.note_ids))
        for name in OF_TURNS
        if name in channels
    }


def _at(notes: NDArray[np.int64], values: NDArray[np.float64], n: int) -> NDArray[np.float64]:
    full = np.zeros(n)
    full[notes] = values
    return full
