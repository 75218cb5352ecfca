"""Search by personalised PageRank: the question's names and notes restart a walk over the graph."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from graphmem.arrays import Distribution, GraphSnapshot, TopRanking
from graphmem.contracts import Ranker
from graphmem.retrieve.found import AskedWords, Found
from graphmem.retrieve.kept import Kept
from graphmem.retrieve.names.links import Links, links_of, names_in
from graphmem.retrieve.names.postings import name_postings
from graphmem.retrieve.pagerank.explain import PageRankExplainer
from graphmem.retrieve.pagerank.graph import RankEdges, RankGraph, rank_edges
from graphmem.retrieve.question.question import Question
from graphmem.retrieve.shown import Showing
from graphmem.retrieve.words.index import WordIndex
from graphmem.text import normalise

SMALL = 100_000
"""Edges up to which parallel ones are added up, and a filter makes a graph of its own."""
NOTE_SHARE = 0.1
"""What a note that is surely a link of the chain weighs beside a name of one note. HippoRAG 2
(appendix G) has 0.05 for its best note by vectors."""


@dataclass(frozen=True, slots=True)
class PageRankSearch:
    """A snapshot's whole graph, turns and passages alike, and the search over it."""

    snapshot: GraphSnapshot
    words: WordIndex
    """Of all its notes."""
    links: Links
    """Of all its notes: their names are not numbered as those of its passages alone."""
    edges: RankEdges
    graph: RankGraph
    """Of all its notes."""
    ranker: Ranker

    @classmethod
    def of(cls, snapshot: GraphSnapshot, words: WordIndex, ranker: Ranker) -> "PageRankSearch":
        """Derive what a question does not change; `words` index all the snapshot's notes."""
        links = links_of(words, snapshot, np.arange(len(snapshot.note_ids)))
        entities = {normalise(name): at for name, at in snapshot.graph.entity_aliases}
        entities |= {normalise(name): at for at, name in enumerate(snapshot.graph.entity_names)}
        nodes = np.array([entities.get(name, -1) for name in links.inventory.names], np.int64)
        is_new = nodes < 0
        nodes[is_new] = len(snapshot.graph.entity_ids) + np.arange(int(is_new.sum()))
        edges = rank_edges(snapshot, name_postings(links, words), nodes)
        graph = edges.graph() if len(edges.left) <= SMALL else edges.sievable()
        return cls(snapshot, words, links, edges, graph, ranker)

    def search(
        self,
        questions: Sequence[Question],
        k: int,
        *,
        priors: Sequence[NDArray[np.float64]],
        kept: Kept = None,
    ) -> list[list[Found]]:
        """Return for each question the k notes that its walker visits most, ties by place.

        A prior is (n,), in 0..1: how likely each note answers by itself, 0 for one not kept. The
        walkers go over kept notes and their claims alone, as one block of restarts.
        """
        restarts = [self.restart(*one) for one in zip(questions, priors, strict=True)]
        asked = [at for at, restart in enumerate(restarts) if restart is not None]
        found: list[list[Found]] = [[] for _ in questions]
        if not asked:
            return found
        graph = self._graph_of(kept)
        block = np.array([restarts[at] for at in asked])
        for at, restart, ranking in zip(
            asked, block, self.rank(block, k, graph, kept), strict=True
        ):
            found[at] = self._explained(questions[at], graph, restart, ranking)
        return found

    def _explained(
        self, question: Question, graph: RankGraph, restart: Distribution, ranking: TopRanking
    ) -> list[Found]:
        asked = AskedWords.of(self.words, question.term_numbers)
        showing = Showing(self.snapshot, asked, question.meaning.plain)
        explainer = PageRankExplainer(
            showing, self.links, graph, ranking.dense(len(restart)), restart, self.ranker.damping
        )
        notes = (ranking.nodes - graph.n_names).tolist()
        found = zip(notes, ranking.scores.tolist(), strict=True)
        return [explainer.found(note, score) for note, score in found]

    def _graph_of(self, kept: Kept) -> RankGraph:
        """Return the graph that kept notes make: a new one, or a part of a large one."""
        if kept is None:
            return self.graph
        if self.graph.steps.makers is None:
            return self.edges.graph(kept)
        return self.graph.narrowed(kept)

    def restart(self, question: Question, prior: NDArray[np.float64]) -> Distribution | None:
        """Return (nodes,) where the walker restarts: None if nothing answers to the question.

        A name of the question weighs 1 / (notes that hold it), its node specificity in HippoRAG;
        one inside a longer name does not count. A note weighs its prior times NOTE_SHARE.
        """
        vocabulary = self.words.tokens.vocabulary.words
        asked = names_in(self.links, vocabulary, question.word_numbers, question.is_capital)
        names = np.unique(np.array([one.name for one in asked if not one.nested], np.int64))
        restart = np.zeros(self.graph.steps.moves.shape[0])
        restart[self.graph.name_nodes[names]] = 1 / np.maximum(self.links.df[names], 1)
        restart[self.graph.n_names :] = NOTE_SHARE * prior
        total = float(restart.sum())
        return restart / total if total > 0 else None

    def rank(
        self,
        restarts: NDArray[np.float64],
        k: int,
        graph: RankGraph | None = None,
        kept: Kept = None,
    ) -> list[TopRanking]:
        """Return the k best notes by their nodes for each of `restarts` (r, nodes)."""
        graph = graph or self.graph
        is_note = np.zeros(restarts.shape[1], np.bool_)
        is_note[graph.n_names :] = True if kept is None else kept
        return self.ranker.top(graph.steps, restarts, k=k, among=is_note, sieve=graph.sieve)
