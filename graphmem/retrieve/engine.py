"""The engine of one snapshot: what is derived from it once, and the search over it."""

from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from graphmem.contracts import Encoder
from graphmem.errors import UnknownBackendError
from graphmem.retrieve.documents import walk_passages
from graphmem.retrieve.explain_pagerank import pagerank_found
from graphmem.retrieve.explain_passages import PassageExplainer
from graphmem.retrieve.explain_turns import TurnExplainer
from graphmem.retrieve.found import Found
from graphmem.retrieve.fuse import UNTRAINED_WORDS, read_question, turn_scores
from graphmem.retrieve.models import document_model
from graphmem.retrieve.pagerank import EntityWalk, entity_walk
from graphmem.retrieve.passages import Passages, passages_of
from graphmem.retrieve.turns import TurnIndex, turn_index
from graphmem.retrieve.voice import SpeakerNames, speaker_names
from graphmem.retrieve.words import WordIndex, updated
from graphmem.types import GraphSnapshot

RETRIEVERS = ("walk", "pagerank")


@dataclass(frozen=True)
class Engine:
    """Answers questions over one snapshot: turns by their channels, passages by the walk."""

    snapshot: GraphSnapshot
    words: WordIndex
    turns: TurnIndex | None
    """None: the snapshot holds no turn."""
    passages: Passages | None
    """None: the snapshot holds no passage."""
    names: SpeakerNames
    encoder: Encoder

    @classmethod
    def of(
        cls, snapshot: GraphSnapshot, *, encoder: Encoder, previous: "Engine | None" = None
    ) -> "Engine":
        """Derive the engine of a snapshot; an earlier one makes it cheaper, never different."""
        words = updated(previous.words if previous else None, snapshot)
        has_turns, has_passages = bool(snapshot.is_turn.any()), bool((~snapshot.is_turn).any())
        return cls(
            snapshot=snapshot,
            words=words,
            turns=turn_index(snapshot, words.notes) if has_turns else None,
            passages=passages_of(words, snapshot) if has_passages else None,
            names=speaker_names(snapshot.speakers),
            encoder=encoder,
        )

    def search(self, question: str, *, k: int, retriever: str = "walk") -> list[Found]:
        """Return the k notes that answer best, best first, ties by id.

        Both kinds of memory give shares of one: what a turn is among the turns, what a passage
        is worth as a link of the chain. So a store of both is ranked by one number.
        """
        if retriever not in RETRIEVERS:
            raise UnknownBackendError("retriever", retriever, RETRIEVERS)
        if retriever == "pagerank":
            return pagerank_found(self.snapshot, self._entity_walk, question, k=k)
        found = [*self._turns_found(question, k), *self._passages_found(question, k)]
        return sorted(found, key=lambda one: (-one.score, one.note))[:k]

    @cached_property
    def _entity_walk(self) -> EntityWalk:
        return entity_walk(self.snapshot, self.words)

    def _passages_found(self, question: str, k: int) -> list[Found]:
        if self.passages is None:
            return []
        vector = None
        if self.passages.note_vectors is not None:
            vector = self.encoder.encode([question])[0]
        model = document_model(with_vectors=vector is not None)
        walked = walk_passages(self.passages, model, question, vector, k=k)
        return PassageExplainer(self.snapshot, self.passages, question, walked).found()

    def _turns_found(self, question: str, k: int) -> list[Found]:
        if self.turns is None:
            return []
        asked = read_question(question, self.names, self.words.numbers)
        scored = turn_scores(self.turns, asked, weights=UNTRAINED_WORDS)
        explainer = TurnExplainer(self.snapshot, self.turns, asked, question, scored)
        shares = _shares(scored.scores)
        return [
            Found(
                note=self.snapshot.note_ids[note],
                score=float(shares[note]),
                why=explainer.why(note),
                paths=(explainer.path(note, float(shares[note])),),
            )
            for note in _best(scored.scores, k, self.snapshot)
        ]


def _shares(scores: NDArray[np.float64]) -> NDArray[np.float64]:
    """Return the scores as shares of one: softmax, 0 where the score is -inf."""
    worth: NDArray[np.float64] = np.exp(scores - scores.max(initial=-np.inf))
    return worth / worth.sum()


def _best(scores: NDArray[np.float64], k: int, snapshot: GraphSnapshot) -> list[int]:
    """Return the k best notes that have a score, equal ones by id."""
    k = min(k, int(np.isfinite(scores).sum()))
    if not k:
        return []
    edge = np.partition(scores, -k)[-k]
    candidates = np.flatnonzero(scores >= edge).tolist()
    return sorted(candidates, key=lambda i: (-scores[i], snapshot.note_ids[i]))[:k]
