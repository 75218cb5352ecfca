"""What stands near a name, as a small graph: the names that the same notes tell of."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from graphmem.arrays import MENTION_KINDS, GraphSnapshot
from graphmem.explore.drawing import places_of
from graphmem.text import clip, visible

MOST = 16
"""Names near it."""
NOTES_READ = 20_000
"""Notes, evenly spread, that are counted of a name that more tell of."""
_WEIGHTS = np.array([{"name": 1.0, "title": 1.0, "phrase": 0.5}.get(k, 0.0) for k in MENTION_KINDS])
"""Of each kind of mention: what is named by a phrase stands behind proper names, dates nowhere."""


@dataclass(frozen=True, slots=True)
class Neighbour:
    """One name near another."""

    id: str
    name: str
    notes: int
    """That tell of both."""


@dataclass(frozen=True, slots=True)
class Near:
    """The names, most shared notes first, and the graph as the page's script takes it."""

    names: tuple[Neighbour, ...]
    graph: str
    """JSON: `nodes` with id, name, x, y, and `edges` with source, target, weight."""


def near_of(snapshot: GraphSnapshot, numbers: Sequence[int], rows: NDArray[np.int32]) -> Near:
    """Return what the notes in `rows`, which tell of the entities `numbers`, tell of besides."""
    if not numbers or not len(rows):
        return Near((), _json([], np.zeros((0, 2)), []))
    some = rows[:: -(-len(rows) // NOTES_READ)]
    table = _named_in(snapshot, some)
    shared = (table > 0).sum(axis=0)
    weighed = table.sum(axis=0)
    weighed[list(numbers)] = 0
    best = np.argsort(-weighed, kind="stable")[:MOST]
    best = best[weighed[best] > 0]
    together = table[:, best].T @ table[:, best]
    edges = [(0, i + 1, float(shared[n])) for i, n in enumerate(best.tolist())]
    weights = together.toarray()
    edges += [
        (i + 1, j + 1, float(weights[i, j]))
        for i in range(len(best))
        for j in range(i + 1, len(best))
        if weights[i, j] > 0
    ]
    shown = [numbers[0], *best.tolist()]
    nodes = [
        Neighbour(snapshot.graph.entity_ids[n], snapshot.graph.entity_names[n], int(shared[n]))
        for n in shown
    ]
    return Near(tuple(nodes[1:]), _json(nodes, places_of(len(nodes), edges), edges))


def _named_in(snapshot: GraphSnapshot, rows: NDArray[np.int32]) -> Any:
    """Return (rows, entities) sparse: how much it weighs that a note names an entity."""
    from scipy.sparse import csr_array

    place = np.full(len(snapshot.note_ids), -1)
    place[rows] = np.arange(len(rows))
    at = place[snapshot.graph.mention_note]
    weights = _WEIGHTS[snapshot.graph.mention_kind]
    kept = (at >= 0) & (weights > 0)
    shape = (len(rows), len(snapshot.graph.entity_ids))
    cells = (at[kept], snapshot.graph.mention_entity[kept])
    table = csr_array((weights[kept], cells), shape=shape)
    table.sum_duplicates()
    np.minimum(table.data, 1.0, out=table.data)
    return table


def _json(
    nodes: Sequence[Neighbour],
    places: NDArray[np.float64],
    edges: Sequence[tuple[int, int, float]],
) -> str:
    most = max((weight for *_, weight in edges), default=1.0)
    return json.dumps(
        {
            "nodes": [
                {"id": node.id, "name": visible(clip(node.name, 24)), "x": x, "y": y}
                for node, (x, y) in zip(nodes, places.tolist(), strict=True)
            ],
            "edges": [
                {"source": nodes[i].id, "target": nodes[j].id, "weight": round(weight / most, 3)}
                for i, j, weight in edges
            ],
        }
    )
