"""The LinearRAG recipe as a baseline: names, sentences and passages, no relations, no model call.

*Source:* LinearRAG (2025), arXiv 2510.10114, and DEEP-PolyU/LinearRAG at 4ecfa25, with the
constants of its `run.py`. Names come from outside: the original takes spaCy's `en_core_web_trf`
without ordinals and cardinals. It numbers passages and joins neighbours with an edge of 1.0: here
that is done for the turns of a session. In a pooled set of passages, neighbours in the file are
distractors of one question, so to join them would tell the gold.
"""

from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from graphmem.arrays import Steps
from graphmem.contracts import Encoder
from graphmem.evaluate.data.datasets import Passage, turn_order
from graphmem.evaluate.systems.base import Channels, Ranked, Scores, best, min_max
from graphmem.evaluate.systems.rows import bytes_of, compact, cosines
from graphmem.evaluate.systems.weighting import weighted
from graphmem.rankers.power import PowerRanker
from graphmem.rankers.steps import undirected
from graphmem.sentences import sentences

ITERATIONS = 3
"""The loop runs while its number is below this: two hops."""
SENTENCES_PER_NAME = 3
ACTIVATION = 0.4
"""A name whose score falls below this neither spreads nor counts."""
PASSAGE_RATIO = 2.0
PASSAGE_WEIGHT = 0.05

NameSource = Callable[[Sequence[Passage]], Sequence[Sequence[str]]]
"""Gives the names in each passage, in order, as they are written there."""
QuestionNames = Callable[[str], Sequence[str]]


class LinearRag:
    """Spreads from the question's names over like sentences, then walks names and passages."""

    name = "linearrag"
    can_abstain = False

    def __init__(self, encoder: Encoder, names: NameSource, question_names: QuestionNames) -> None:
        self._encoder, self._find_names, self._question_names = encoder, names, question_names

    def index(self, passages: Sequence[Passage]) -> None:
        """Join names to sentences and passages, and encode all three."""
        self._ids = [passage.id for passage in passages]
        texts = [passage.content for passage in passages]
        self._lower = [text.lower() for text in texts]
        held = [sorted(set(found)) for found in self._find_names(passages)]
        self._names = sorted({name for found in held for name in found})
        number = {name: place for place, name in enumerate(self._names)}
        split = _sentences(texts, held)
        self._in_sentence = [sorted(number[name] for name in found) for found in split.values()]
        self._sentences_of: dict[int, list[int]] = defaultdict(list)
        for sentence, found in enumerate(self._in_sentence):
            for name in found:
                self._sentences_of[name].append(sentence)
        self._encoder = weighted(self._encoder, texts)
        self._rows = compact(self._encoder.encode(texts))
        self._name_rows = compact(self._encoder.encode(self._names))
        self._sentence_rows = compact(self._encoder.encode(list(split)))
        self._walk = _walk(passages, held, number)
        self._occurrences: dict[int, NDArray[np.int64]] = {}

    def search(self, question: str, *, k: int) -> Ranked:
        """Return the k passages that the walk visits most; dense order if no name is asked for."""
        vector = self._encoder.encode([question])[0]
        return best(self._ids, self._rank(question, vector), k=k)

    def channels(self, question: str, *, depth: int) -> Channels:
        """Return the passages by their vectors, and by the active names that they hold."""
        vector = self._encoder.encode([question])[0]
        _, active = self._activate(self._seeds(question), vector)
        held = best(self._ids, self._bonus(active), k=depth)
        return {
            "vectors": best(self._ids, self._rows @ vector, k=depth),
            "names": tuple((id_, score) for id_, score in held if score > 0),
        }

    def index_bytes(self) -> int:
        """Return the bytes of the graph and of all vectors."""
        parts = (self._walk.moves, self._rows, self._name_rows, self._sentence_rows)
        return sum(map(bytes_of, parts))

    def _rank(self, question: str, vector: NDArray[np.float32]) -> Scores:
        dense = min_max((self._rows @ vector).astype(np.float64))
        seeds = self._seeds(question)
        if not seeds:
            return dense
        weights, active = self._activate(seeds, vector)
        passages = PASSAGE_WEIGHT * (PASSAGE_RATIO * dense + np.log1p(self._bonus(active)))
        restart = np.maximum(np.concatenate((weights, passages)), 0.0)
        (ranking,) = PowerRanker().rank(self._walk, (restart / restart.sum())[np.newaxis])
        return ranking.scores[len(weights) :] * len(restart)

    def _seeds(self, question: str) -> dict[int, float]:
        """Return the nearest known name of each name in the question, however far it is."""
        asked = sorted({name.lower() for name in self._question_names(question)})
        if not asked or not self._names or not self._ids:
            return {}
        likeness = cosines(compact(self._encoder.encode(asked)), self._name_rows)
        nearest = likeness.argmax(axis=1)
        return {int(name): float(line[name]) for name, line in zip(nearest, likeness, strict=True)}

    def _activate(
        self, seeds: Mapping[int, float], vector: NDArray[np.float32]
    ) -> tuple[Scores, dict[int, tuple[float, int]]]:
        """Return the weight of each name (m,), and (score, tier) of the names that are active."""
        weights = np.zeros(len(self._names))
        for name, score in seeds.items():
            weights[name] = score
        current = {name: (score, 1) for name, score in seeds.items()}
        active = dict(current)
        used: set[int] = set()
        for iteration in range(1, ITERATIONS):
            reached: dict[int, tuple[float, int]] = {}
            for name, (score, _) in current.items():
                if score < ACTIVATION:
                    continue
                for sentence, cosine in self._likest(name, vector, used):
                    used.add(sentence)
                    passed = score * cosine
                    if passed < ACTIVATION:
                        continue
                    for other in self._in_sentence[sentence]:
                        weights[other] += passed
                        reached[other] = (passed, iteration + 1)
            active.update(reached)
            current = reached
        return weights, active

    def _likest(
        self, name: int, vector: NDArray[np.float32], used: set[int]
    ) -> list[tuple[int, float]]:
        """Return the sentences with the name, not used yet, that are most like the question."""
        open_ = [sentence for sentence in self._sentences_of[name] if sentence not in used]
        likeness = self._sentence_rows[open_] @ vector
        order = np.argsort(-likeness, kind="stable")[:SENTENCES_PER_NAME]
        return [(open_[place], float(likeness[place])) for place in order]

    def _bonus(self, active: Mapping[int, tuple[float, int]]) -> Scores:
        """Return what each passage gains by the active names in it, (n,)."""
        total = np.zeros(len(self._ids))
        for name, (score, tier) in active.items():
            if name not in self._occurrences:
                text = self._names[name].lower()
                self._occurrences[name] = np.array([lower.count(text) for lower in self._lower])
            total += score * np.log1p(self._occurrences[name]) / tier
        return np.maximum(total, 0.0)


def _sentences(texts: Sequence[str], held: Sequence[Sequence[str]]) -> dict[str, set[str]]:
    """Return the names in each distinct sentence that has one."""
    found: dict[str, set[str]] = defaultdict(set)
    for text, names in zip(texts, held, strict=True):
        for start, end in sentences(text):
            sentence = text[start:end]
            inside = {name for name in names if name in sentence}
            if inside:
                found[sentence] |= inside
    return dict(sorted(found.items()))


def _walk(
    passages: Sequence[Passage], held: Sequence[Sequence[str]], number: Mapping[str, int]
) -> Steps:
    """Return the walk over names and passages; an edge weighs the name's share of all counts."""
    weights: dict[tuple[int, int], float] = {}
    for place, (passage, found) in enumerate(zip(passages, held, strict=True), len(number)):
        counts = {name: passage.content.count(name) for name in found}
        total = sum(counts.values())
        weights.update({(number[n], place): times / total for n, times in counts.items() if times})
    turns = [(p.session, turn_order(p), place) for place, p in enumerate(passages) if p.session]
    for (session, _, one), (next_session, _, other) in pairwise(sorted(turns)):
        if session == next_session:
            weights[len(number) + one, len(number) + other] = 1.0
    pairs = np.array(list(weights), np.int64).reshape(-1, 2)
    values = np.array(list(weights.values()), np.float64)
    return undirected(pairs[:, 0], pairs[:, 1], values, n=len(number) + len(passages))
