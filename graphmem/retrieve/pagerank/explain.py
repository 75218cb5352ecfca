"""Why PageRank found a note: the heaviest way from a seed to it."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from graphmem.answers import Path
from graphmem.arrays import Distribution
from graphmem.ids import entity_id
from graphmem.retrieve.found import Found
from graphmem.retrieve.names.links import Links
from graphmem.retrieve.pagerank.graph import RankGraph
from graphmem.retrieve.shown import Showing
from graphmem.text import clip

LONGEST_PATH = 6


@dataclass(frozen=True, slots=True)
class PageRankExplainer:
    """Says how the walker came to each note of one question."""

    showing: Showing
    links: Links
    graph: RankGraph
    scores: NDArray[np.float64]
    """(nodes,) how often each is visited, names before notes."""
    restart: Distribution
    """(nodes,)"""
    damping: float
    """The ranker's."""

    def found(self, note: int, score: float) -> Found:
        """Return a note with the path to it and the reason."""
        path = self.path_to(self.graph.n_names + note)
        names = [self._text(node) for node in path]
        steps = tuple(self._id(node) for node in path)
        way = Path(steps=steps, text=" → ".join(["question", *names]), score=score)
        why = f"reached from {names[0] if len(names) > 1 else self._own_words(note)}"
        return self.showing.found(note, score, (why,), way)

    def _own_words(self, note: int) -> str:
        asked = self.showing.asked
        said = asked.quoted(asked.of_note(note))
        return f"its own words: {said}" if said else "its own words"

    def path_to(self, node: int) -> tuple[int, ...]:
        """Return how the walker mostly came to a node: from a seed, over the heaviest steps.

        Nodes are numbered as in the graph, names before notes.
        """
        moves, path = self.graph.steps.moves, [node]
        while len(path) < LONGEST_PATH:
            row = slice(*moves.indptr[path[-1] : path[-1] + 2])
            before = moves.indices[row]
            brought = self.damping * moves.data[row] * self.scores[before]
            brought[np.isin(before, path)] = 0
            brought[~self._walked(row, before)] = 0
            own = (1 - self.damping) * self.restart[path[-1]]
            if not len(brought) or brought.max() <= own:
                break
            path.append(int(before[np.argmax(brought)]))
        return tuple(reversed(path))

    def _walked(self, row: slice, before: NDArray[np.int32]) -> NDArray[np.bool_]:
        """Return which edges of a row the walk may use."""
        sieve, makers = self.graph.sieve, self.graph.steps.makers
        if sieve is None or sieve.kept is None:
            return np.ones(len(before), np.bool_)
        kept = sieve.kept
        walked: NDArray[np.bool_] = kept[before]
        return walked if makers is None else walked & ((makers[row] < 0) | kept[makers[row]])

    def _id(self, node: int) -> str:
        if node >= self.graph.n_names:
            return self.showing.snapshot.note_ids[node - self.graph.n_names]
        if node < len(self.showing.snapshot.graph.entity_ids):
            return self.showing.snapshot.graph.entity_ids[node]
        return entity_id(self.showing.snapshot.scopes[0], self._title(node))

    def _text(self, node: int) -> str:
        """Return an entity's or title's name in quotation marks, a note's title or beginning."""
        if node < len(self.showing.snapshot.graph.entity_ids):
            return f"“{self.showing.snapshot.graph.entity_names[node]}”"
        if node < self.graph.n_names:
            return f"“{self._title(node)}”"
        note = node - self.graph.n_names
        return self.showing.snapshot.titles[note] or clip(self.showing.snapshot.texts[note], 40)

    def _title(self, node: int) -> str:
        """Return the name of a node that is a title and no entity, in normal form."""
        return self.links.inventory.names[int(np.flatnonzero(self.graph.name_nodes == node)[0])]
