"""The graph that PageRank walks: the names and notes of a snapshot."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from graphmem.arrays import MENTION_KINDS, GraphSnapshot, Sieve, Steps
from graphmem.rankers.steps import undirected
from graphmem.retrieve.kept import Kept
from graphmem.retrieve.names.postings import NamePostings
from graphmem.retrieve.words.ragged import Rows, distinct

TITLE_WEIGHT = 4.0
"""Of the edge from a name to the note that it is the title of; to another note that holds it: 1."""
CLAIM_WEIGHT = 0.25
"""Of the edges that a claim makes: rules' claims cost recall at 1, and must hold where nothing else
joins two entities."""


@dataclass(frozen=True, slots=True)
class RankGraph:
    """An undirected weighted graph: e entities, then titles that are no entity, then n notes."""

    n_names: int
    """Entities and titles: the number of nodes before the notes."""
    name_nodes: Rows
    """(k,) the node of each name: its entity, or one of its own for a title that is no entity."""
    steps: Steps
    """Of n_names + n nodes."""
    sieve: Sieve | None = None
    """The part of them that is walked; None: all of it."""

    def narrowed(self, kept: NDArray[np.bool_]) -> "RankGraph":
        """Return the graph with only the kept notes (n,) and what they make; nothing is copied."""
        nodes = np.concatenate((np.ones(self.n_names, np.bool_), kept))
        return RankGraph(self.n_names, self.name_nodes, self.steps, Sieve(kept=nodes))


@dataclass(frozen=True, slots=True)
class RankEdges:
    """The edges of a snapshot's whole graph, each with the note that makes it."""

    n_names: int
    n_notes: int
    name_nodes: Rows
    """(k,) see `RankGraph`."""
    left: Rows
    """(x,) node, as is `right`."""
    right: Rows
    weights: NDArray[np.float64]
    """(x,)"""
    note: Rows
    """(x,) the note that holds the name, or makes the claim."""

    def graph(self, kept: Kept = None) -> RankGraph:
        """Return the graph that the kept notes make: all others, and their claims, join nothing."""
        used = slice(None) if kept is None else np.flatnonzero(kept[self.note])
        left, right, weights = self.left[used], self.right[used], self.weights[used]
        steps = undirected(left, right, weights, n=self.n_names + self.n_notes)
        return RankGraph(self.n_names, self.name_nodes, steps)

    def sievable(self) -> RankGraph:
        """Return the graph of all notes, each edge with its maker, so that notes can be left out.

        A claim's edge between two names goes with its note; any other has it as one end.
        """
        n = self.n_names + self.n_notes
        makers = (self.n_names + self.note).astype(np.int32)
        steps = undirected(self.left, self.right, self.weights, n=n, makers=makers)
        return RankGraph(self.n_names, self.name_nodes, steps)


def rank_edges(snapshot: GraphSnapshot, postings: NamePostings, name_nodes: Rows) -> RankEdges:
    """Join names to the notes that hold them, speakers to what they said, subjects to objects.

    `postings` are those of all the snapshot's notes, `name_nodes` (k,) the node of each name. A
    claim also joins its note to its subject and object, so that a graph of facts alone holds
    together. Parallel edges add up.
    Source: HippoRAG 2 (arXiv 2502.14802), section 3.2, with names looked up in every text
    instead of its synonym edges.
    """
    n_names = max(len(snapshot.graph.entity_ids), int(name_nodes.max(initial=-1)) + 1)
    notes = max(len(snapshot.note_ids), 1)
    held = np.repeat(name_nodes, np.diff(postings.by_name))
    spoke = snapshot.graph.mention_kind == MENTION_KINDS.index("speaker")
    said = distinct(
        snapshot.graph.mention_entity[spoke].astype(np.int64) * notes
        + snapshot.graph.mention_note[spoke]
    )
    has_object = snapshot.graph.claim_subject != snapshot.graph.claim_object
    subject, object_ = snapshot.graph.claim_subject, snapshot.graph.claim_object
    left = np.concatenate((held, said // notes, subject[has_object], subject, object_))
    ends = (postings.note, said % notes, snapshot.graph.claim_note, snapshot.graph.claim_note)
    at_bridge, at_said, at_subject, at_object = (note + n_names for note in ends)
    right = np.concatenate((at_bridge, at_said, object_[has_object], at_subject, at_object))
    weights = np.concatenate(
        (
            np.where(postings.is_title, TITLE_WEIGHT, 1.0),
            np.ones(len(said)),
            np.full(int(has_object.sum()) + 2 * len(has_object), CLAIM_WEIGHT),
        )
    )
    made = (postings.note, said % notes, snapshot.graph.claim_note[has_object], *ends[2:])
    note = np.concatenate(made).astype(np.int64)
    return RankEdges(n_names, len(snapshot.note_ids), name_nodes, left, right, weights, note)
