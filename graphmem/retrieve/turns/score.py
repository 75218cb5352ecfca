"""Turns scored for a question: every channel calibrated, few weights, the sum."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from graphmem.retrieve.kept import Kept, of_rows, top_k_kept
from graphmem.retrieve.question.dates import day_prior, month_prior
from graphmem.retrieve.question.question import Question
from graphmem.retrieve.question.when import Order
from graphmem.retrieve.turns.bm25 import (
    Counted,
    kernel_bm25,
    rank_channel,
    session_bm25,
    word_counts,
)
from graphmem.retrieve.turns.channels import Channels
from graphmem.retrieve.turns.index import TurnIndex
from graphmem.retrieve.turns.kernels import Column
from graphmem.retrieve.turns.late_interaction import AskedTokens, TokenIndex, token_likeness
from graphmem.retrieve.turns.neighbours import FAR, NEAR, Turns, best_nearby, with_neighbours
from graphmem.retrieve.turns.reference import Reference
from graphmem.retrieve.turns.replies import asked_alike
from graphmem.retrieve.turns.scaled import Scaled
from graphmem.retrieve.turns.some import SomeTurns
from graphmem.retrieve.turns.speakers import answered_before, speaker_channels, spoken_of
from graphmem.retrieve.turns.vectors import (
    TurnVectors,
    centred,
    likeness,
    sentence_likeness,
    wide_likeness,
)
from graphmem.retrieve.turns.weights import Weights
from graphmem.retrieve.words.index import WordIndex
from graphmem.retrieve.words.similar import Sought, joined_words, sought_words
from graphmem.retrieve.words.terms import term_of

CANDIDATES = 200
"""The best turns by all other channels, whose sentences and tokens are read. Of the evidence that
the whole sum would rank among its first ten, hardly any lies beyond."""

_SELDOM = ("order", "month", "day", "asked_alike", "replies")
"""Channels that say nothing of most questions."""
_ORDER_WEIGHT = 1.5
"""What being the first or the last of all adds where a matter is named."""


@dataclass(frozen=True)
class TurnMeaning:
    """The question's vectors beside the turns', from one encoder."""

    vectors: TurnVectors
    row: NDArray[np.float32]
    """(dim,) unit row of the question in the asked speaker's voice."""
    asked: AskedTokens | None = None
    """The same question's tokens, where the encoder gives them."""
    tokens: TokenIndex | None = None
    """The turns' tokens, where they are kept."""

    @cached_property
    def cosines(self) -> NDArray[np.floating]:
        """(n,) of the question with each note; every vector is read for it, so it is done once."""
        return self.vectors.cosines(self.row)


@dataclass(frozen=True, slots=True)
class ReadOfTurns:
    """What is read of the turns' texts for one question; None: nothing is."""

    told: Column | None = None
    """(t,) 1 for a turn that tells of a day or week asked about."""
    replies: SomeTurns | None = None
    """How much of the question was asked right before each turn."""


NOTHING_READ = ReadOfTurns()


@dataclass(frozen=True, slots=True)
class TurnScores:
    """How the notes of a snapshot answer, and what each channel said."""

    scores: NDArray[np.float64]
    """(n,) higher is better; -inf for a passage and for what is not kept."""
    channels: Channels
    weights: Weights


def words_asked(index: TurnIndex, question: Question, words: WordIndex) -> tuple[Sought, ...]:
    """Find the words of a question among those of the turns.

    Neighbouring words that the turns write as one are one more: `wi`, `fi` and `wifi`.
    """
    shares = dict(zip(question.stems, question.shares.tolist(), strict=True))
    for term in joined_words(question.written.words):
        number = words.numbers.get(term, -1)
        if number >= 0 and index.holds[number]:
            shares.setdefault(term, 1.0)
    written = {term_of(word): word for word in question.written.words}
    return sought_words(words, shares, index.holds, written)


def weights_in_order(
    weights: Weights, question: Question, asked: Sequence[Sought], *, n_turns: int
) -> Weights:
    """Return the weights of the channels for a question that asks for the first or the last.

    Where it names a matter, time decides between turns that fit alike; where it names none ("the
    last thing I told you"), time alone decides among the turns of the speaker asked about.
    """
    if question.when.order is None:
        return weights
    if any(word.is_found for word in asked):
        return {**weights, "order": _ORDER_WEIGHT}
    return {"order": n_turns, "speaker": n_turns**2, "first_of_two": n_turns**2}


def turn_scores(
    index: TurnIndex,
    question: Question,
    asked: Sequence[Sought],
    *,
    weights: Weights,
    meaning: TurnMeaning | None = None,
    kept: Kept = None,
    read: ReadOfTurns = NOTHING_READ,
) -> TurnScores:
    """Score every kept turn: the weighted sum of the calibrated channels.

    Word and vector channels are standardised over the sessions in which a speaker whom the
    question names takes part (all sessions if it names nobody), so that a conversation's scores
    do not depend on how many others lie in the store. What is kept changes no turn's channels,
    so a filter leaves the order of those that pass it.
    """
    channels = turn_channels(
        index, question, asked, weights=weights, meaning=meaning, kept=kept, read=read
    )
    scores = channels.weighted_sum(weights)
    if len(index.notes) < len(index.place):
        of_turns, scores = scores, np.full(len(index.place), -np.inf)
        scores[index.notes] = of_turns
    if kept is not None:
        scores[~kept] = -np.inf
    return TurnScores(scores=scores, channels=channels, weights=weights)


def turn_channels(
    index: TurnIndex,
    question: Question,
    asked: Sequence[Sought],
    *,
    weights: Weights,
    meaning: TurnMeaning | None = None,
    kept: Kept = None,
    read: ReadOfTurns = NOTHING_READ,
) -> Channels:
    """Return the calibrated channels.

    Sentences and tokens are read for the CANDIDATES best of the kept turns by the weights of the
    other channels; the turns beyond have the least value found.
    """
    reference = index.reference(question.voice.speakers)
    counts = word_counts(index, asked)
    exact, loose = kernel_bm25(index, asked, counts)
    saying = reference.saying(loose)
    of_turns: dict[str, Column | Scaled] = {
        "words_wide": saying.calibrated(loose),
        "words_rank": rank_channel(exact, saying.rows),
        **_time_channels(index, question, read.told),
    }
    of_some = {
        **_reply_channels(index, question, asked, counts, read.replies),
        **spoken_of(question, asked, counts, reference),
        **answered_before(question, read.replies),
    }
    of_cells = {
        **speaker_channels(question, reference),
        **_feature_channels(question, reference),
        **{name: reference.nothing for name in _SELDOM if name not in of_turns},
    }
    by_session = saying.calibrated(session_bm25(index, asked, counts), index.session)
    of_sessions = {"words_session": by_session.column}

    def channels() -> Channels:
        nothing = reference.nothing
        return Channels(
            reference.cell, of_cells, of_turns, nothing, index.session, of_sessions, of_some
        )

    if meaning is None:
        return channels()
    alike = likeness(index, meaning.vectors, meaning.row, meaning.cosines)
    of_turns["vector_own"] = reference.calibrated(alike)
    of_turns["vector_wide"] = reference.calibrated(wide_likeness(index, meaning.vectors, alike))
    first = channels().weighted_sum(weights)
    best = np.sort(top_k_kept(first, of_rows(kept, index.notes), k=CANDIDATES))
    for name, values in _near_channels(index, meaning, best).items():
        of_turns[name] = _filled(values, best, len(index.notes))
    if index.windows is not None:
        of_turns = index.windows.by_best_sentence(of_turns)
    return channels()


def _filled(values: Column, turns: Turns, n_turns: int) -> Column:
    """Return (t,) the calibrated values of some turns, the least of them for the others."""
    scaled = Scaled.over(values, values).column
    full = np.full(n_turns, scaled.min(initial=0.0))
    full[turns] = scaled
    return full


def _near_channels(index: TurnIndex, meaning: TurnMeaning, turns: Turns) -> dict[str, Column]:
    near: dict[str, Column] = {}
    vectors = meaning.vectors
    asked = meaning.asked if meaning.asked is not None and len(meaning.asked.rows) else None
    around = with_neighbours(index, turns)
    rows = meaning.row[None]
    if asked is not None:
        rows = np.concatenate((rows, centred(asked.rows, vectors.mean)))
    alike = sentence_likeness(index, vectors, rows, around)
    if alike is not None:
        best = best_nearby(index, turns, around, alike, FAR)
        near["vector_sentence"] = best[0]
        if asked is not None:
            near["late_sentence"] = asked.weights @ best[1:]
    if asked is not None and meaning.tokens is not None:
        alike = token_likeness(index, meaning.tokens, asked, around)
        for name, window in (("late_near", NEAR), ("late_wide", FAR)):
            near[name] = asked.weights @ best_nearby(index, turns, around, alike, window)
    return near


def _time_channels(index: TurnIndex, question: Question, told: Column | None) -> dict[str, Column]:
    """Return what the times asked make likely, each in 0 to 1; nothing where none is.

    Who tells of a day later ("last night") tells of it as well as who speaks on it.
    """
    when, channels = question.when, dict[str, Column]()
    if when.order is not None:
        channels["order"] = _in_order(index, when.order)
    if when.asked:
        day = day_prior(when.asked, index.said_at)
        channels["month"] = month_prior(when.asked, index.said_at)
        channels["day"] = day if told is None else np.maximum(day, told)
    return channels


def _reply_channels(
    index: TurnIndex,
    question: Question,
    asked: Sequence[Sought],
    counts: Sequence[Counted],
    replies: SomeTurns | None,
) -> dict[str, SomeTurns]:
    """Return what turns answer by what was asked before them, each in 0 to 1."""
    channels = {} if replies is None else {"replies": replies}
    alike = asked_alike(index, question.kind, asked, counts)
    return channels if alike is None else channels | {"asked_alike": alike}


def _in_order(index: TurnIndex, order: Order) -> Column:
    """Return (t,) how late each turn was said among all, 0 to 1, or how early; 0 if unknown."""
    place = np.empty(len(index.notes))
    said_at = index.said_at if order == "last" else -index.said_at
    rows = np.arange(len(place)) if order == "last" else -np.arange(len(place))
    place[np.lexsort((rows, np.nan_to_num(said_at, nan=-np.inf)))] = np.arange(1, len(place) + 1)
    return place / max(len(place), 1)


def _feature_channels(question: Question, reference: Reference) -> dict[str, Column]:
    """Return (c,) what turns are, standardised, and where that meets what is asked."""
    kind = question.kind

    def standard(feature: str, *, wanted: bool = True) -> Column:
        return reference.standard(feature) if wanted else reference.nothing

    self_told = standard("first_person", wanted=bool(question.voice.speakers))
    return {
        "asks": standard("asks"),
        "asked_before": reference.of_cells("asked_before"),
        "names_inside": standard("names_inside"),
        "self_told": reference.said_by_named * self_told,
        "time_told": standard("has_time", wanted=kind.when),
        "number_told": standard("has_number", wanted=kind.count),
        "place_told": standard("has_place", wanted=kind.where),
        "person_told": standard("has_person", wanted=kind.who),
        "reason_told": standard("has_reason", wanted=kind.why),
    }
