"""The PageRank retriever: the question's names and notes restart a walk over the whole graph."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from graphmem.arrays import GraphSnapshot, Ranking
from graphmem.rankers.power import DAMPING, Distribution, personalized_pagerank
from graphmem.retrieve.names.links import Links, links_of, names_in
from graphmem.retrieve.names.postings import bridges_of
from graphmem.retrieve.pagerank.graph import RankGraph, rank_graph
from graphmem.retrieve.words.index import WordIndex
from graphmem.retrieve.words.tokens import Rows
from graphmem.text import normalise

NOTE_SHARE = 0.1
"""What a note that is surely a link of the chain weighs beside a name of one note. HippoRAG 2
(appendix G) has 0.05 for its best note by vectors."""
LONGEST_PATH = 6


@dataclass(frozen=True, slots=True)
class EntityWalk:
    """A snapshot's graph, ready to be asked."""

    words: WordIndex
    links: Links
    """Of all its notes, turns too."""
    graph: RankGraph
    name_nodes: Rows
    """(k,) the node of each name: its entity, or one of its own for a title that is no entity."""


def entity_walk(snapshot: GraphSnapshot, words: WordIndex) -> EntityWalk:
    """Derive what a question does not change; `words` is the index of all the snapshot's notes."""
    links = links_of(words, snapshot, np.arange(len(snapshot.note_ids)))
    entities = {normalise(name): at for at, name in enumerate(snapshot.entity_names)}
    nodes = np.array([entities.get(name, -1) for name in links.inventory.names], np.int64)
    untold = nodes < 0
    nodes[untold] = len(snapshot.entity_ids) + np.arange(int(untold.sum()))
    graph = rank_graph(snapshot, bridges_of(links, words), nodes)
    return EntityWalk(words, links, graph, nodes)


def restart_of(walk: EntityWalk, question: str, worth: NDArray[np.float64]) -> Distribution | None:
    """Return (nodes,) where the walker restarts: None if nothing answers to the question.

    A name of the question weighs 1 / (notes that hold it), its node specificity in HippoRAG; one
    inside a longer name does not count. A note weighs its `worth`, (n,) in 0..1, times NOTE_SHARE.
    """
    asked = names_in(walk.links, walk.words, question)
    names = np.unique(np.array([one.name for one in asked if not one.nested], np.int64))
    restart = np.zeros(walk.graph.steps.moves.shape[0])
    restart[walk.name_nodes[names]] = 1 / np.maximum(walk.links.df[names], 1)
    restart[walk.graph.n_names :] = NOTE_SHARE * worth
    total = float(restart.sum())
    return restart / total if total > 0 else None


def rank_notes(
    walk: EntityWalk, question: str, worth: NDArray[np.float64]
) -> tuple[Ranking, Distribution] | None:
    """Return the ranking of all nodes and its restart; None if nothing answers."""
    restart = restart_of(walk, question, worth)
    return None if restart is None else (personalized_pagerank(walk.graph.steps, restart), restart)


def path_to(
    graph: RankGraph, ranking: Ranking, restart: Distribution, node: int
) -> tuple[int, ...]:
    """Return how the walker mostly came to a node: from a seed, over the heaviest steps.

    Nodes are numbered as in the graph, names before notes.
    """
    moves, path = graph.steps.moves, [node]
    while len(path) < LONGEST_PATH:
        row = slice(*moves.indptr[path[-1] : path[-1] + 2])
        before = moves.indices[row]
        brought = DAMPING * moves.data[row] * ranking.scores[before]
        brought[np.isin(before, path)] = 0
        own = (1 - DAMPING) * restart[path[-1]]
        if not len(brought) or brought.max() <= own:
            break
        path.append(int(before[np.argmax(brought)]))
    return tuple(reversed(path))
