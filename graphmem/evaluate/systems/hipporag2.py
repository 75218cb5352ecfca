"""The HippoRAG 2 recipe as a baseline: every constant of the original, without its model filter.

*Source:* Gutiérrez et al. (2025), arXiv 2502.14802, and OSU-NLP-Group/HippoRAG at c617143.
Three things differ. The recognition filter, a model call a question, is left out (the paper's
ablation: -0.7 R@5 on average). A phrase whose normal form is empty, as all of Chinese is, is left
out; the original joins all such phrases in one node. Where all seeds of a question are 0, dense
order is returned; the original stops with an assertion.
"""

import re
from collections import Counter, defaultdict
from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from graphmem.arrays import Steps
from graphmem.contracts import Encoder
from graphmem.evaluate.data.datasets import Passage, Triple
from graphmem.evaluate.systems.base import Channels, Ranked, Scores, best, min_max
from graphmem.evaluate.systems.rows import Rows, bytes_of, compact, cosines
from graphmem.evaluate.systems.weighting import weighted
from graphmem.rankers.power import PowerRanker
from graphmem.rankers.steps import undirected
from graphmem.vectors import top_k

SYNONYM_COSINE = 0.8
SYNONYM_NEIGHBOURS = 100
"""Above which the original stops (it takes one more than it says); its top 2047 never binds."""
LINKED_FACTS = 5
SEED_PHRASES = 5
PASSAGE_WEIGHT = 0.05

FactSource = Callable[[Sequence[Passage]], Sequence[Sequence[Triple]]]
"""Gives the facts of each passage, in order: from a file, or from an extractor."""

_OTHER = re.compile("[^A-Za-z0-9 ]")


@dataclass(frozen=True, slots=True, kw_only=True)
class PhraseGraph:
    """Phrases (sorted) are nodes 0..m-1, passages m..m+n-1."""

    walk: Steps
    """(m + n, m + n), see `transitions`."""
    facts: tuple[tuple[int, int], ...]
    """Phrase numbers of subject and object of each distinct triple."""
    fact_rows: Rows
    """(f, dim) vectors of the triples."""
    passages_of: NDArray[np.int64]
    """(m,) how many passages hold the phrase."""


class HippoRag2:
    """Links the question to facts, seeds their phrases and all passages, and walks the graph."""

    name = "hipporag2"
    can_abstain = False

    def __init__(self, encoder: Encoder, facts: FactSource) -> None:
        self._encoder, self._facts = encoder, facts

    def index(self, passages: Sequence[Passage]) -> None:
        """Build the graph of phrases, passages and synonyms, and encode passages and facts."""
        self._ids = [passage.id for passage in passages]
        texts = [passage.content for passage in passages]
        self._encoder = weighted(self._encoder, texts)
        self._rows = compact(self._encoder.encode(texts))
        found = [
            [fact for t in triples if (fact := _normal(t))] for triples in self._facts(passages)
        ]
        self._graph = _phrase_graph(found, self._encoder)

    def search(self, question: str, *, k: int) -> Ranked:
        """Return the k passages that the walk visits most."""
        vector = self._encoder.encode([question])[0]
        return best(self._ids, self._rank(vector), k=k)

    def channels(self, question: str, *, depth: int) -> Channels:
        """Return the passages by their vectors, and by the seeds that they hold."""
        vector = self._encoder.encode([question])[0]
        seeds = self._phrase_seeds(vector)
        m = len(self._graph.passages_of)
        held = self._graph.walk.moves[m:, :m] @ seeds if seeds.any() else np.zeros(len(self._ids))
        linked = tuple((id_, score) for id_, score in best(self._ids, held, k=depth) if score > 0)
        return {"vectors": best(self._ids, self._rows @ vector, k=depth), "facts": linked}

    def index_bytes(self) -> int:
        """Return the bytes of the graph and of the vectors of passages and facts."""
        return sum(map(bytes_of, (self._graph.walk.moves, self._rows, self._graph.fact_rows)))

    def _rank(self, vector: NDArray[np.float32]) -> Scores:
        dense = min_max((self._rows @ vector).astype(np.float64))
        seeds = self._phrase_seeds(vector)
        if not seeds.any():
            return dense
        restart = np.concatenate((seeds, PASSAGE_WEIGHT * dense))
        (ranking,) = PowerRanker().rank(self._graph.walk, (restart / restart.sum())[np.newaxis])
        # Visits are shares of all nodes: scaled up, or rounding would make ties of them.
        return ranking.scores[len(seeds) :] * len(restart)

    def _phrase_seeds(self, vector: NDArray[np.float32]) -> Scores:
        """Return the weight of each phrase, (m,), not zero for five at most."""
        graph = self._graph
        sums, seen = np.zeros(len(graph.passages_of)), np.zeros(len(graph.passages_of))
        if not graph.facts:
            return sums
        scores = min_max((graph.fact_rows @ vector).astype(np.float64))
        places, values = top_k(scores, k=LINKED_FACTS)
        for place, value in zip(places, values, strict=True):
            for phrase in graph.facts[place]:
                sums[phrase] += value / graph.passages_of[phrase]
                seen[phrase] += 1
        means = np.divide(sums, seen, out=np.zeros_like(sums), where=seen > 0)
        kept, weights = top_k(means, k=SEED_PHRASES)
        seeds = np.zeros_like(means)
        seeds[kept] = weights
        return seeds


def _normal(triple: Triple) -> Triple | None:
    subject, relation, object_ = (_OTHER.sub(" ", part.lower()).strip() for part in triple)
    return (subject, relation, object_) if subject and object_ else None


def _phrase_graph(found: Sequence[Sequence[Triple]], encoder: Encoder) -> PhraseGraph:
    phrases = sorted({part for triples in found for s, _, o in triples for part in (s, o)})
    number = {phrase: place for place, phrase in enumerate(phrases)}
    facts = sorted({triple for triples in found for triple in triples})
    holders = [
        sorted({number[part] for s, _, o in triples for part in (s, o)}) for triples in found
    ]
    weights = _phrase_edges(found, number)
    weights.update(_synonyms(phrases, compact(encoder.encode(phrases))))
    for place, held in enumerate(holders):
        weights.update({(len(phrases) + place, phrase): 1.0 for phrase in held})
    pairs = np.array(list(weights), np.int64).reshape(-1, 2)
    n = len(phrases) + len(found)
    return PhraseGraph(
        walk=undirected(pairs[:, 0], pairs[:, 1], np.array(list(weights.values())), n=n),
        facts=tuple((number[s], number[o]) for s, _, o in facts),
        fact_rows=compact(encoder.encode([str(fact) for fact in facts])),
        passages_of=np.bincount([p for held in holders for p in held], minlength=len(phrases)),
    )


def _phrase_edges(
    found: Sequence[Sequence[Triple]], number: dict[str, int]
) -> dict[tuple[int, int], float]:
    """Return how often each ordered pair of phrases is subject and object, counted both ways."""
    weights: dict[tuple[int, int], float] = defaultdict(float)
    for (subject, _, object_), times in Counter(t for triples in found for t in triples).items():
        if subject != object_:
            weights[number[subject], number[object_]] += times
            weights[number[object_], number[subject]] += times
    return weights


def _synonyms(phrases: Sequence[str], rows: Rows) -> dict[tuple[int, int], float]:
    """Return the cosine of each phrase's near phrases; it takes the place of a fact's weight."""
    near: dict[tuple[int, int], float] = {}
    for begin in range(0, len(phrases), 1_000):
        block = cosines(rows[begin : begin + 1_000], rows)
        for phrase, line in enumerate(block, begin):
            if sum(character.isalnum() for character in phrases[phrase]) <= 2:
                continue
            line[phrase] = 0.0
            places, values = top_k(
                line, k=min(SYNONYM_NEIGHBOURS + 1, int((line >= SYNONYM_COSINE).sum()))
            )
            near.update({(phrase, int(o)): float(c) for o, c in zip(places, values, strict=True)})
    return near
