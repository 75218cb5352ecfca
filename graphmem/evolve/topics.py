"""Topics over sessions: what several sessions name, told by the turns that say most of it.

Extractive: the lines are sentences as they were said, each with its speaker and day, and the note's
origins are their turns.
"""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from graphmem.arrays import MENTION_KINDS, GraphSnapshot
from graphmem.evolve.importance import importance
from graphmem.text import normalise

SESSIONS = 3
"""Sessions that name a topic, at least."""
CERTAIN = 2
"""Times that it is written with a capital inside a sentence: "Woohoo!" is none."""
LINES = 6
"""Turns that tell it."""
_NAMES = (MENTION_KINDS.index("name"), MENTION_KINDS.index("title"))


@dataclass(frozen=True, slots=True)
class Topic:
    """A name that several sessions share, and the turns that tell it."""

    name: str
    rows: tuple[int, ...]
    """Of the snapshot, in order of time."""
    sentences: tuple[int, ...]
    """The number of the sentence, in each, that names it."""
    n_turns: int
    n_sessions: int


def topics(snapshot: GraphSnapshot) -> list[Topic]:
    """Return the topics of a snapshot's turns, by name."""
    speakers = {normalise(speaker) for speaker in snapshot.speakers}
    worth = importance(snapshot)
    is_certain = ~snapshot.graph.mention_initial & np.isin(snapshot.graph.mention_kind, _NAMES)
    inside = snapshot.graph.mention_entity[is_certain]
    certain = np.bincount(inside, minlength=len(snapshot.graph.entity_ids))
    found = []
    for entity, places in sorted(_named(snapshot).items()):
        name, rows = snapshot.graph.entity_names[entity], sorted(places)
        sessions = {int(snapshot.session[row]) for row in rows}
        is_name = certain[entity] >= CERTAIN and normalise(name) not in speakers
        if len(sessions) < SESSIONS or not is_name:
            continue
        ids, at = snapshot.note_ids, np.nan_to_num(snapshot.said_at)
        best = sorted(rows, key=lambda row: (-worth[row], ids[row]))[:LINES]
        told = sorted(best, key=lambda row: (at[row], ids[row]))
        sentences = tuple(sentence_at(snapshot, row, places[row]) for row in told)
        found.append(Topic(name, tuple(told), sentences, len(rows), len(sessions)))
    return sorted(found, key=lambda topic: topic.name)


def _named(snapshot: GraphSnapshot) -> Mapping[int, dict[int, int]]:
    """Return, for each entity, the turns that name it and where each does first."""
    named: defaultdict[int, dict[int, int]] = defaultdict(dict)
    graph = snapshot.graph
    held = np.isin(graph.mention_kind, _NAMES) & snapshot.is_turn[graph.mention_note]
    columns: Sequence[np.ndarray] = (
        graph.mention_entity[held], graph.mention_note[held], graph.mention_span[held, 0],
    )  # fmt: skip
    for entity, row, start in zip(*(column.tolist() for column in columns), strict=True):
        named[entity].setdefault(row, start)
    return named


def sentence_at(snapshot: GraphSnapshot, row: int, start: int) -> int:
    """Return the number of the sentence of a note in which a place of its text is."""
    begin, end = snapshot.sentence_indptr[row : row + 2].tolist()
    spans = snapshot.sentence_spans[begin:end]
    inside = np.flatnonzero((spans[:, 0] <= start) & (start < spans[:, 1]))
    return int(inside[0]) if len(inside) else 0
