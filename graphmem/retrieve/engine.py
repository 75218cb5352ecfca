"""The engine of one snapshot: what is derived from it once, and the search over it."""

from dataclasses import dataclass, replace
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from graphmem.arrays import GraphSnapshot
from graphmem.contracts import Encoder, TokenEncoder
from graphmem.errors import UnknownBackendError
from graphmem.retrieve.found import AskedWords, Found
from graphmem.retrieve.mixture import share_of_turns, weighed
from graphmem.retrieve.names.links import names_in
from graphmem.retrieve.pagerank.explain import pagerank_found
from graphmem.retrieve.pagerank.search import EntityWalk, entity_walk
from graphmem.retrieve.passages.explain import PassageExplainer
from graphmem.retrieve.passages.features import Vector, ask
from graphmem.retrieve.passages.index import Passages, passages_of
from graphmem.retrieve.passages.search import root_scores, walk_passages
from graphmem.retrieve.passages.weights import document_model
from graphmem.retrieve.question.speakers import SpeakerNames, speaker_names
from graphmem.retrieve.turns.explain import TurnExplainer
from graphmem.retrieve.turns.index import TurnIndex, turn_index
from graphmem.retrieve.turns.late_interaction import TokenIndex, asked_tokens, token_index
from graphmem.retrieve.turns.score import (
    TurnMeaning,
    TurnQuestion,
    TurnScores,
    read_question,
    turn_scores,
)
from graphmem.retrieve.turns.vectors import TurnVectors, turn_vectors
from graphmem.retrieve.turns.weights import Weights, turn_weights
from graphmem.retrieve.words.index import WordIndex, updated

RETRIEVERS = ("walk", "pagerank")


@dataclass(frozen=True)
class Engine:
    """Answers questions over one snapshot: turns by their channels, passages by the walk."""

    snapshot: GraphSnapshot
    words: WordIndex
    turns: TurnIndex | None
    """None: the snapshot holds no turn."""
    turn_vectors: TurnVectors | None
    """None: it holds no turn, or its encoder keeps no vectors."""
    tokens: TokenIndex | None
    """None: not every turn has the signs of its tokens, or the encoder does not tell them."""
    weights: Weights
    """Of the channels of turns."""
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
        turns = _turns(snapshot, words, previous) if has_turns else None
        vectors = turn_vectors(snapshot, turns) if turns else None
        tells_tokens = isinstance(encoder, TokenEncoder)
        tokens = token_index(snapshot.vectors, encoder.dim) if tells_tokens else None
        return cls(
            snapshot=snapshot,
            words=words,
            turns=turns,
            turn_vectors=vectors,
            tokens=tokens,
            weights=turn_weights(
                encoder.name, with_vectors=vectors is not None, with_tokens=tokens is not None
            ),
            passages=passages_of(words, snapshot) if has_passages else None,
            names=speaker_names(snapshot.speakers),
            encoder=encoder,
        )

    def without_vectors(self) -> "Engine":
        """Return what serves as `previous` without holding the vectors or what passages need."""
        return replace(
            self,
            snapshot=self.snapshot.without_vectors(),
            turn_vectors=None,
            tokens=None,
            passages=None,
        )

    def search(self, question: str, *, k: int, retriever: str = "walk") -> list[Found]:
        """Return the k notes that answer best, best first, ties by id.

        Both kinds of memory give shares of one: what a turn is among the turns, what a passage
        is worth as a link of the chain. In a store of both, each counts for as much as it is sure
        that its kind is asked about.
        """
        if retriever not in RETRIEVERS:
            raise UnknownBackendError("retriever", retriever, RETRIEVERS)
        if retriever == "pagerank":
            worth = self._worth(question)
            return pagerank_found(self.snapshot, self._entity_walk, question, worth, k=k)
        turns, passages = self._turns_found(question, k), self._passages_found(question, k)
        if turns and passages:
            share = self._share_of_turns(question)
            turns, passages = weighed(turns, share), weighed(passages, 1 - share)
        found = [*turns, *passages]
        return sorted(found, key=lambda one: (-one.score, one.note))[:k]

    @cached_property
    def _entity_walk(self) -> EntityWalk:
        return entity_walk(self.snapshot, self.words)

    def _worth(self, question: str) -> NDArray[np.float64]:
        """Return (n,) what each note is worth by itself: F0 of a passage, the share of a turn."""
        worth = np.zeros(len(self.snapshot.note_ids))
        if self.turns is not None:
            worth += _shares(self.turn_scores(question).scores)
        if self.passages is not None:
            vector = self.passage_vector(question)
            asked = ask(self.passages, question, vector)
            model = document_model(with_vectors=vector is not None)
            worth[self.passages.notes] = root_scores(self.passages, model, asked)
        if self.turns is not None and self.passages is not None:
            share = self._share_of_turns(question)
            worth *= np.where(self.snapshot.is_turn, share, 1 - share)
        return worth

    def passage_vector(self, question: str) -> Vector | None:
        """Return the question's unit row as passages are asked; None where they have no vectors."""
        if self.passages is None or self.passages.note_vectors is None:
            return None
        row: Vector = self.encoder.encode([question])[0]
        return row

    def _share_of_turns(self, question: str) -> float:
        names: list[str] = []
        if self.passages is not None:
            links = self.passages.links
            held = names_in(links, self.passages.words, question)
            names = [links.inventory.names[name.name] for name in held]
        voice = self._read(question).voice
        is_turn = self.snapshot.is_turn
        return share_of_turns(self.words, is_turn, question, voice=voice, names=names)

    def _passages_found(self, question: str, k: int) -> list[Found]:
        if self.passages is None:
            return []
        vector = self.passage_vector(question)
        model = document_model(with_vectors=vector is not None)
        walked = walk_passages(self.passages, model, question, vector, k=k)
        asked = self._asked_words(question)
        return PassageExplainer(self.snapshot, self.passages, question, asked, walked).found()

    def turn_scores(self, question: str) -> TurnScores:
        """Return how every turn answers, channel by channel; the snapshot must hold turns."""
        if self.turns is None:
            raise ValueError("no turn in this snapshot")
        return self._scored_turns(self.turns, self._read(question))

    def _turns_found(self, question: str, k: int) -> list[Found]:
        if self.turns is None:
            return []
        asked = self._read(question)
        scored = self._scored_turns(self.turns, asked)
        said = self._asked_words(question)
        explainer = TurnExplainer(self.snapshot, self.turns, asked, said, scored)
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

    def _asked_words(self, question: str) -> AskedWords:
        return AskedWords.of(self.words.tokens, self.words.question(question).numbers)

    def _read(self, question: str) -> TurnQuestion:
        return read_question(question, self.names, self.words.numbers)

    def _scored_turns(self, turns: TurnIndex, asked: TurnQuestion) -> TurnScores:
        meaning = self._meaning(turns, asked.voice.rewritten)
        return turn_scores(turns, asked, weights=self.weights, meaning=meaning)

    def _meaning(self, turns: TurnIndex, voiced: str) -> TurnMeaning | None:
        """Encode the question as its speaker would put it; None where the store has no vectors."""
        if self.turn_vectors is None:
            return None
        if not isinstance(self.encoder, TokenEncoder):
            return TurnMeaning(self.turn_vectors, self.encoder.encode([voiced])[0])
        (found,) = self.encoder.encode_tokens([voiced])
        said = asked_tokens(voiced, found, turns, self.words.numbers)
        return TurnMeaning(self.turn_vectors, found.whole, said, self.tokens)


def _turns(snapshot: GraphSnapshot, words: WordIndex, previous: Engine | None) -> TurnIndex:
    return turn_index(snapshot, words.notes, before=previous.turns if previous else None)


def _shares(scores: NDArray[np.float64]) -> NDArray[np.float64]:
    """Return the scores as shares of one: softmax, 0 where the score is -inf."""
    worth: NDArray[np.float64] = np.exp(scores - scores.max(initial=-np.inf))
    worth /= worth.sum()
    return worth


def _best(scores: NDArray[np.float64], k: int, snapshot: GraphSnapshot) -> list[int]:
    """Return the k best notes that have a score, equal ones by id."""
    k = min(k, int(np.isfinite(scores).sum()))
    if not k:
        return []
    edge = np.partition(scores, -k)[-k]
    candidates = np.flatnonzero(scores >= edge).tolist()
    return sorted(candidates, key=lambda i: (-scores[i], snapshot.note_ids[i]))[:k]
