"""Themes over sessions: things spoken of together, told by the turns that name most of them.

A topic is one name; a theme is a community of names and things, none of which need come up often.
"""

from collections import Counter, defaultdict
from collections.abc import Callable

import numpy as np
from numpy.typing import NDArray

from graphmem.arrays import MENTION_KINDS, GraphSnapshot, Steps
from graphmem.evolve.importance import importance
from graphmem.evolve.topics import LINES, SESSIONS, Topic, sentence_at
from graphmem.rankers.steps import undirected
from graphmem.text import normalise

Partition = Callable[[Steps], NDArray[np.int64]]
"""From a graph of n nodes to the community of each, (n,)."""
TOGETHER = 3
"""Things that a theme is of, at least, and that its name says."""
_THINGS = [MENTION_KINDS.index(kind) for kind in ("name", "title", "phrase")]


def themes(snapshot: GraphSnapshot, parted: Partition) -> list[Topic]:
    """Return the themes of a snapshot's turns, the most spoken of first.

    The graph that is parted has an edge from each thing that two turns or more name to each of
    them, of weight 1 / (turns that name it); who speaks is no thing. A theme is a community with
    TOGETHER things in SESSIONS sessions or more. It is named by the things that most often stand
    beside another of them, and told by those of its turns that name most of them, of equals the
    weightier.
    """
    said = _said(snapshot)
    n_entities = len(snapshot.graph.entity_ids)
    ends = np.array([(e, n_entities + row) for e, rows in said.items() for row in rows], np.int64)
    if not len(ends):
        return []
    weights = np.array([1 / len(rows) for rows in said.values() for _ in rows])
    steps = undirected(ends[:, 0], ends[:, 1], weights, n=n_entities + len(snapshot.note_ids))
    community = parted(steps)
    members: defaultdict[int, list[int]] = defaultdict(list)
    for entity in said:
        members[int(community[entity])].append(entity)
    worth = importance(snapshot)
    made = [_theme(snapshot, {e: said[e] for e in one}, worth) for one in members.values()]
    kept = [one for one in made if one.n_sessions >= SESSIONS and one.name.count(",") >= 2]
    return sorted(kept, key=lambda theme: (-theme.n_turns, theme.name))


def _said(snapshot: GraphSnapshot) -> dict[int, dict[int, int]]:
    """Return, for each thing that two turns name or more, those turns and where each does first."""
    graph = snapshot.graph
    speakers = {normalise(speaker) for speaker in snapshot.speakers}
    held = np.isin(graph.mention_kind, _THINGS) & snapshot.is_turn[graph.mention_note]
    said: defaultdict[int, dict[int, int]] = defaultdict(dict)
    columns = graph.mention_entity[held], graph.mention_note[held], graph.mention_span[held, 0]
    for entity, row, start in zip(*(column.tolist() for column in columns), strict=True):
        said[entity].setdefault(row, start)
    return {
        entity: rows
        for entity, rows in sorted(said.items())
        if len(rows) > 1 and normalise(graph.entity_names[entity]) not in speakers
    }


def _theme(
    snapshot: GraphSnapshot, said: dict[int, dict[int, int]], worth: NDArray[np.float64]
) -> Topic:
    names, ids = snapshot.graph.entity_names, snapshot.note_ids
    at = np.nan_to_num(snapshot.said_at)
    held = Counter(row for rows in said.values() for row in rows)
    beside = {entity: sum(held[row] > 1 for row in rows) for entity, rows in said.items()}
    first = sorted(said, key=lambda entity: (-beside[entity], names[entity]))[:TOGETHER]
    best = sorted(held, key=lambda row: (-held[row], -worth[row], ids[row]))[:LINES]
    told = sorted(best, key=lambda row: (at[row], ids[row]))
    starts = {row: start for rows in said.values() for row, start in rows.items()}
    return Topic(
        name=", ".join(names[entity] for entity in first),
        rows=tuple(told),
        sentences=tuple(sentence_at(snapshot, row, starts[row]) for row in told),
        n_turns=len(held),
        n_sessions=len({int(snapshot.session[row]) for row in held}),
    )
