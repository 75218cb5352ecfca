"""Why PageRank found a note: the heaviest way from a seed to it."""

import numpy as np

from graphmem.arrays import GraphSnapshot
from graphmem.retrieve.found import Found
from graphmem.retrieve.pagerank import EntityWalk, path_to, rank_notes
from graphmem.text import clip
from graphmem.types import Path


def pagerank_found(
    snapshot: GraphSnapshot, walk: EntityWalk, question: str, *, k: int
) -> list[Found]:
    """Return the k notes that a walker who keeps restarting at the question visits most."""
    ranked = rank_notes(walk, question)
    if ranked is None:
        return []
    ranking, restart = ranked
    first = walk.graph.n_entities
    scores = ranking.scores[first:]
    best = np.lexsort((np.arange(len(scores)), -scores))[:k]
    return [
        _found(snapshot, path_to(walk.graph, ranking, restart, first + note), float(scores[note]))
        for note in best.tolist()
        if scores[note] > 0
    ]


def _found(snapshot: GraphSnapshot, path: tuple[int, ...], score: float) -> Found:
    n_entities = len(snapshot.entity_ids)
    ids = [_id(snapshot, node, n_entities) for node in path]
    told = [_told(snapshot, node, n_entities) for node in path]
    seed = told[0] if len(told) > 1 else "its own words"
    return Found(
        note=snapshot.note_ids[path[-1] - n_entities],
        score=score,
        why=(f"reached from {seed}",),
        paths=(Path(steps=tuple(ids), text=" → ".join(["question", *told]), score=score),),
    )


def _id(snapshot: GraphSnapshot, node: int, n_entities: int) -> str:
    return snapshot.entity_ids[node] if node < n_entities else snapshot.note_ids[node - n_entities]


def _told(snapshot: GraphSnapshot, node: int, n_entities: int) -> str:
    if node < n_entities:
        return f"“{snapshot.entity_names[node]}”"
    note = node - n_entities
    return snapshot.titles[note] or clip(snapshot.texts[note], 40)
