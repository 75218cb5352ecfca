"""The PageRank retriever: the question's entities and notes restart a walk over the whole graph."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from graphmem.arrays import GraphSnapshot, Ranking
from graphmem.retrieve.rank import (
    DAMPING,
    Distribution,
    RankGraph,
    personalized_pagerank,
    rank_graph,
)
from graphmem.retrieve.tokens import Ragged
from graphmem.retrieve.trie import Trie, occurrences, trie_of
from graphmem.retrieve.words import WordIndex
from graphmem.text import STOPWORDS, normalise, surfaces

N_ENTITY_SEEDS = 5
NOTE_SHARE = 0.05
"""What a note's own score weighs beside an entity's. Both from HippoRAG 2, appendix G."""
LONGEST_PATH = 6


@dataclass(frozen=True, slots=True)
class EntityWalk:
    """A snapshot's graph, ready to be asked."""

    words: WordIndex
    graph: RankGraph
    trie: Trie
    notes_with: NDArray[np.int64]
    """(e,) notes that mention each entity, 1 at least."""


def entity_walk(snapshot: GraphSnapshot, words: WordIndex) -> EntityWalk:
    """Derive what a question does not change; `words` is the index of all the snapshot's notes."""
    e, n = len(snapshot.entity_ids), max(len(snapshot.note_ids), 1)
    held = np.unique(snapshot.mention_entity.astype(np.int64) * n + snapshot.mention_note)
    names = [normalise(name) for name in snapshot.entity_names]
    numbers = words.word_numbers
    spelled = [
        [numbers.get(word, -1) for word in name.split(" ")] if name not in STOPWORDS else [-1]
        for name in names
    ]
    return EntityWalk(
        words=words,
        graph=rank_graph(snapshot),
        trie=trie_of(spelled, len(numbers)),
        notes_with=np.maximum(np.bincount(held // n, minlength=e), 1),
    )


def restart_of(walk: EntityWalk, question: str) -> Distribution | None:
    """Return (e + n,) where the walker restarts: None if nothing answers to the question.

    An entity named in the question weighs 1 / (notes that mention it), its node specificity; a
    note its word score as share of the best, times NOTE_SHARE.
    """
    restart = np.zeros(walk.graph.steps.shape[0])
    seeds = _entities_in(walk, question)
    restart[seeds] = 1 / walk.notes_with[seeds]
    scores = walk.words.note_bm25(walk.words.question(question))
    top = float(scores.max(initial=0))
    if top > 0:
        restart[walk.graph.n_entities :] = NOTE_SHARE * scores / top
    total = float(restart.sum())
    return restart / total if total > 0 else None


def _entities_in(walk: EntityWalk, question: str) -> NDArray[np.int64]:
    """Return the rarest entities that the question names, N_ENTITY_SEEDS at most."""
    numbers = walk.words.word_numbers
    words = np.array([numbers.get(normalise(form), -1) for form in surfaces(question)], np.int32)
    found, _ = occurrences(walk.trie, Ragged(np.array([0, len(words)]), words))
    entities = np.unique(found)
    rarest = np.argsort(walk.notes_with[entities], kind="stable")[:N_ENTITY_SEEDS]
    return np.sort(entities[rarest])


def rank_notes(walk: EntityWalk, question: str) -> tuple[Ranking, Distribution] | None:
    """Return the ranking of all nodes and its restart; None if nothing answers."""
    restart = restart_of(walk, question)
    return None if restart is None else (personalized_pagerank(walk.graph, restart), restart)


def path_to(
    graph: RankGraph, ranking: Ranking, restart: Distribution, node: int
) -> tuple[int, ...]:
    """Return how the walker mostly came to a node: from a seed, over the heaviest steps.

    Nodes are numbered as in the graph, entities before notes.
    """
    path = [node]
    while len(path) < LONGEST_PATH:
        row = slice(graph.steps.indptr[path[-1]], graph.steps.indptr[path[-1] + 1])
        before = graph.steps.indices[row]
        brought = DAMPING * graph.steps.data[row] * ranking.scores[before]
        brought[np.isin(before, path)] = 0
        own = (1 - DAMPING) * restart[path[-1]]
        if not len(brought) or brought.max() <= own:
            break
        path.append(int(before[np.argmax(brought)]))
    return tuple(reversed(path))
