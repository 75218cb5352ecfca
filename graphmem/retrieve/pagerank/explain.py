"""Why PageRank found a note: the heaviest way from a seed to it."""

import numpy as np
from numpy.typing import NDArray

from graphmem.arrays import GraphSnapshot
from graphmem.ids import entity_id
from graphmem.retrieve.found import Found
from graphmem.retrieve.pagerank.search import EntityWalk, path_to, rank_notes
from graphmem.text import clip
from graphmem.types import Path


def pagerank_found(
    snapshot: GraphSnapshot,
    walk: EntityWalk,
    question: str,
    worth: NDArray[np.float64],
    *,
    k: int,
) -> list[Found]:
    """Return the k notes that a walker who keeps restarting at the question visits most."""
    ranked = rank_notes(walk, question, worth)
    if ranked is None:
        return []
    ranking, restart = ranked
    first = walk.graph.n_names
    scores = ranking.scores[first:]
    best = np.lexsort((np.arange(len(scores)), -scores))[:k]
    return [
        _found(snapshot, walk, path_to(walk.graph, ranking, restart, first + note), scores[note])
        for note in best.tolist()
        if scores[note] > 0
    ]


def _found(snapshot: GraphSnapshot, walk: EntityWalk, path: tuple[int, ...], score: float) -> Found:
    told = [_told(snapshot, walk, node) for node in path]
    seed = told[0] if len(told) > 1 else "its own words"
    return Found(
        note=snapshot.note_ids[path[-1] - walk.graph.n_names],
        score=float(score),
        why=(f"reached from {seed}",),
        paths=(
            Path(
                steps=tuple(_id(snapshot, walk, node) for node in path),
                text=" → ".join(["question", *told]),
                score=float(score),
            ),
        ),
    )


def _id(snapshot: GraphSnapshot, walk: EntityWalk, node: int) -> str:
    if node >= walk.graph.n_names:
        return snapshot.note_ids[node - walk.graph.n_names]
    if node < len(snapshot.entity_ids):
        return snapshot.entity_ids[node]
    return entity_id(snapshot.scopes[0], _title(walk, node))


def _told(snapshot: GraphSnapshot, walk: EntityWalk, node: int) -> str:
    if node < len(snapshot.entity_ids):
        return f"“{snapshot.entity_names[node]}”"
    if node < walk.graph.n_names:
        return f"“{_title(walk, node)}”"
    note = node - walk.graph.n_names
    return snapshot.titles[note] or clip(snapshot.texts[note], 40)


def _title(walk: EntityWalk, node: int) -> str:
    return walk.links.inventory.names[int(np.flatnonzero(walk.name_nodes == node)[0])]
