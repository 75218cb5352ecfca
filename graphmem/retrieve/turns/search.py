"""Search over turns: the channels' weighted sum ranks them, a calibration makes it their scores."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from graphmem.arrays import GraphSnapshot
from graphmem.contracts import Encoder
from graphmem.retrieve.calibration import DEPTH, LEAST, Calibration
from graphmem.retrieve.found import Found
from graphmem.retrieve.kept import Kept
from graphmem.retrieve.question.question import Question
from graphmem.retrieve.repeats import Repeats, ranked_lazily
from graphmem.retrieve.shown import Showing
from graphmem.retrieve.turns.anchors import anchored
from graphmem.retrieve.turns.asked_words import asked_words
from graphmem.retrieve.turns.current import statements
from graphmem.retrieve.turns.evidence import turn_evidence
from graphmem.retrieve.turns.explain import TurnExplainer
from graphmem.retrieve.turns.index import TurnIndex
from graphmem.retrieve.turns.judged import JudgedTurns
from graphmem.retrieve.turns.late_interaction import TokenIndex, asked_tokens
from graphmem.retrieve.turns.literal import literal
from graphmem.retrieve.turns.parts import TurnParts
from graphmem.retrieve.turns.replies import replies
from graphmem.retrieve.turns.score import (
    ReadOfTurns,
    TurnMeaning,
    TurnScores,
    turn_scores,
    weights_in_order,
    words_asked,
)
from graphmem.retrieve.turns.told import Offsets, ToldDates
from graphmem.retrieve.turns.vectors import TurnVectors
from graphmem.retrieve.turns.weights import Weights, is_read_by, turn_weights
from graphmem.retrieve.turns.when_said import WhenSaid
from graphmem.retrieve.words.index import WordIndex
from graphmem.retrieve.words.related import with_related
from graphmem.retrieve.words.similar import Sought, shares_of
from graphmem.text import STOPWORDS
from graphmem.vectors import at_least_kth

WEAK = 0.1
"""How likely the best turn holds evidence, below which a question is asked by related words too."""


@dataclass(frozen=True, slots=True)
class TurnSearch:
    """What is derived once of a snapshot's turns, and the search over them."""

    snapshot: GraphSnapshot
    words: WordIndex
    """Of all the snapshot's notes."""
    parts: TurnParts
    weights: Weights
    """Of the channels."""
    encoder: str
    """Its name."""
    told: ToldDates
    """The dates in the turns' texts."""
    calibration: Calibration
    repeats: Repeats

    @classmethod
    def of(
        cls,
        snapshot: GraphSnapshot,
        words: WordIndex,
        encoder: Encoder,
        parts: TurnParts,
        offsets: Offsets | None = None,
    ) -> "TurnSearch":
        """Return the search over a snapshot's turns, `parts` derived of it, clocks `offsets`."""
        vectors, tokens = parts.vectors, parts.tokens
        weights = turn_weights(
            encoder.name, with_vectors=vectors is not None, with_tokens=tokens is not None
        )
        calibration = Calibration.shipped(
            "graphmem.retrieve.turns", None if vectors is None else encoder.name
        )
        return cls(
            snapshot=snapshot,
            words=words,
            parts=parts,
            weights=weights,
            encoder=encoder.name,
            told=ToldDates(snapshot, words, offsets),
            calibration=calibration,
            repeats=Repeats(snapshot, words),
        )

    @property
    def index(self) -> TurnIndex:
        """The words of the turns, and what turns are."""
        return self.parts.index

    @property
    def vectors(self) -> TurnVectors | None:
        """None: the encoder keeps no vectors."""
        return self.parts.vectors

    @property
    def tokens(self) -> TokenIndex | None:
        """None: not every turn has the signs of its tokens, or the encoder does not tell them."""
        return self.parts.tokens

    def search(self, question: Question, k: int, kept: Kept = None) -> list[Found]:
        """Return the k best of the kept turns, best first, equal ones by id.

        What was said several times is one hit. The score is how likely it holds evidence. A turn
        that is not kept is no hit; its words count for its neighbours as they always do.
        """
        question = self._anchored(question)
        judged, chances = self.answered(question, max(k, DEPTH), kept)
        times = WhenSaid(self.snapshot, question, self.told)
        showing = self._showing(question, judged.asked)
        shown, ids = judged.groups[:k], self.snapshot.episode_ids
        first = tuple(group[0] for group in shown)
        explainer = TurnExplainer(showing, self.index, question, judged.scored, times, first)
        found = []
        for (note, *again), chance in zip(shown, chances.tolist(), strict=False):
            one = explainer.found(note, chance)
            if again:
                one = replace(one, repeats=tuple(ids[other] for other in again))
            if judged.literal is not None:
                one = replace(one, why=judged.literal.why(self.snapshot.texts[note]))
            found.append(judged.stated.marked(one, note, self.snapshot))
        return found

    def answered(
        self, question: Question, k: int, kept: Kept = None
    ) -> tuple[JudgedTurns, NDArray[np.float64]]:
        """Return the k best of the kept turns, and how likely each holds evidence.

        A sentence that the turns hardly answer in its own words, where no vectors say what it
        means, is asked again by related ones; what these find is never likelier than WEAK. Where
        nothing answers at all, it stays so.
        """
        judged = self.judge(question, k, kept)
        chances = judged.chances(self.calibration)
        is_weak = self.vectors is None and LEAST <= chances.max(initial=0.0) < WEAK
        if is_weak and not STOPWORDS.isdisjoint(question.written.words):
            judged = self.judge(question, k, kept, by_related=True)
            chances = judged.chances(self.calibration)
            chances *= min(1.0, WEAK / chances.max(initial=WEAK))
        return judged, chances

    def judge(
        self, question: Question, k: int, kept: Kept = None, *, by_related: bool = False
    ) -> "JudgedTurns":
        """Return the k best of the kept turns, repeats together, and what speaks for each.

        `by_related`: they are also searched for words that mean nearly the same.
        """
        question = self._anchored(question)
        asked, meaning = words_asked(self.index, question, self.words), self._meaning(question)
        if by_related:
            asked = with_related(self.words, asked, self.index.holds, names=question.named)
        scored = self._scores(question, asked, meaning, kept)
        stated = statements(self.snapshot, self.words, question, scored.scores)
        scored = replace(scored, scores=stated.preferred(scored.scores))
        said = literal(self.snapshot, self.words, question)
        if said is not None and said.shares.any():
            is_said = np.isfinite(scored.scores) & (said.shares > 0)
            scored = replace(scored, scores=np.where(is_said, said.shares, -np.inf))
        n_turns = len(self.index.notes)
        ranked = ranked_lazily(lambda n: self._best(scored.scores, n), 2 * k, n_turns)
        groups = self.repeats.groups(ranked, k, kept)
        shown = self.index.place[[group[0] for group in groups]]
        evidence, spoken_for = turn_evidence(self.index, question, asked, scored, shown, meaning)
        if said is not None:
            spoken_for = said.shares[[group[0] for group in groups]] > 0
        return JudgedTurns(groups, evidence, spoken_for, scored, asked, stated, said)

    def scores(self, question: Question, kept: Kept = None) -> TurnScores:
        """Return how every kept turn answers, channel by channel; a time asked for is kept to."""
        question = self._anchored(question)
        asked, meaning = words_asked(self.index, question, self.words), self._meaning(question)
        return self._scores(question, asked, meaning, kept)

    def _anchored(self, question: Question) -> Question:
        return anchored(question, self.index, self.words, self.told)

    def _scores(
        self,
        question: Question,
        asked: Sequence[Sought],
        meaning: TurnMeaning | None,
        kept: Kept,
    ) -> TurnScores:
        weights = self.weights
        if self.vectors is not None and meaning is None:  # the encoder does not read the question
            weights = turn_weights("", with_vectors=False, with_tokens=False)
        weights = weights_in_order(weights, question, asked, n_turns=len(self.index.notes))
        if question.when.is_condition:
            kept = self._at_asked_time(question, asked, kept)
        return turn_scores(
            self.index,
            question,
            asked,
            weights=weights,
            meaning=meaning,
            kept=kept,
            read=self._read(question),
        )

    def prior(self, question: Question, kept: Kept = None) -> NDArray[np.float64]:
        """Return (n,) each kept turn's share of 1 before any walk, 0 for all other notes."""
        return _shares(self.scores(question, kept).scores)

    def _showing(self, question: Question, asked: Sequence[Sought]) -> Showing:
        words = asked_words(self.words, question, asked)
        return Showing(self.snapshot, words, question.meaning.voiced, runs=self.index.runs)

    def _read(self, question: Question) -> ReadOfTurns:
        replied = replies(self.snapshot, self.words, self.index, question)
        days = [period for period in question.when.asked if not period.is_long]
        if not days:
            return ReadOfTurns(None, replied)
        told = np.zeros(len(self.snapshot.note_ids))
        for period in days:
            told[self.told.told_in(period)] = 1
        told[list(question.when.event)] = 0  # they tell when the event was, not what was then
        return ReadOfTurns(told[self.index.notes], replied)

    def _at_asked_time(self, question: Question, asked: Sequence[Sought], kept: Kept) -> Kept:
        """Return which of the kept notes meet the condition of time."""
        among = np.zeros(len(self.snapshot.note_ids), np.bool_)
        among[self.index.notes] = self.index.reference(question.voice.speakers).turns
        kept = np.ones(len(among), np.bool_) if kept is None else kept
        fitting = np.zeros(len(among), np.bool_)
        for term in shares_of(word for word in asked if word.share == 1):
            fitting[self.words.notes.postings(term)[0]] = True
        return kept & self.told.meeting(question.when, among & kept, fitting)

    def _meaning(self, question: Question) -> TurnMeaning | None:
        """Put the question's vectors beside the turns'; None where the store has none."""
        voiced, found = question.meaning.voiced, question.meaning.tokens
        if self.vectors is None or voiced is None or not is_read_by(self.encoder, question.text):
            return None
        if found is None:
            return TurnMeaning(self.vectors, voiced)
        asked = asked_tokens(question.voice.rewritten, found, self.index, self.words.numbers)
        return TurnMeaning(self.vectors, voiced, asked, self.tokens)

    def _best(self, scores: NDArray[np.float64], k: int) -> list[int]:
        """Return the k best notes, which have a score; equal ones the newest first, then by id."""
        among = at_least_kth(scores, k=k)
        among = among[np.isfinite(scores[among])]
        said_at = self.snapshot.said_at[among]
        places = np.stack((-scores[among], np.where(np.isnan(said_at), np.inf, -said_at)))
        order = np.lexsort(places[::-1])
        if len(order) > k:
            is_last = (places == places[:, order[k - 1], None]).all(axis=0)
            order = order[: k + np.count_nonzero(is_last[order[k:]])]
        best, places, ids = among[order].tolist(), places[:, order], self.snapshot.note_ids
        named = [
            (*place, ids[note], note) for *place, note in zip(*places.tolist(), best, strict=True)
        ]
        return [note for *_, note in sorted(named)[:k]]


def _shares(scores: NDArray[np.float64]) -> NDArray[np.float64]:
    """Return the scores as shares of one: softmax, 0 where the score is -inf."""
    best = scores.max(initial=-np.inf)
    if best == -np.inf:
        return np.zeros(len(scores))
    shares: NDArray[np.float64] = np.exp(scores - best)
    shares /= shares.sum()
    return shares
