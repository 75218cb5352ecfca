"""Turns scored for a question: every channel calibrated, few weights, the sum."""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from graphmem.retrieve.priors import (
    AskedDate,
    QuestionKind,
    asked_dates,
    content_words,
    day_prior,
    month_prior,
    question_kind,
)
from graphmem.retrieve.turns import (
    NARROW,
    WIDE,
    Column,
    TurnIndex,
    kernel_bm25,
    rank_channel,
    session_bm25,
)
from graphmem.retrieve.voice import SpeakerNames, Voice, question_voice
from graphmem.text import STOPWORDS, stem

Weights = Mapping[str, float]
"""Channel to weight; a channel that is not named weighs nothing."""

UNTRAINED_WORDS: Weights = {
    "words_wide": 1.0, "speaker": 1.0, "first_of_two": 0.5, "present": 1.0, "month": 1.0, "day": 1.0,
}  # fmt: skip
"""No encoder, nothing fitted."""
_FRAME_WORDS = frozenset(
    "many much kind kinds type types during before after according ago".split()
)


@dataclass(frozen=True, slots=True)
class TurnQuestion:
    """A question as the channels of turns read it."""

    voice: Voice
    terms: tuple[int, ...]
    """Its distinct terms that the snapshot knows, without speakers' names, ascending."""
    dates: tuple[AskedDate, ...]
    kind: QuestionKind


@dataclass(frozen=True, slots=True)
class TurnScores:
    """How the notes of a snapshot answer, and what each channel said."""

    scores: NDArray[np.float64]
    """(n,) higher is better; -inf for a passage."""
    channels: dict[str, Column]
    """(t,) calibrated value a turn, by channel, in the order of `TurnIndex.notes`."""
    weights: Weights


def read_question(question: str, names: SpeakerNames, term_numbers: Mapping[str, int]) -> TurnQuestion:
    """Return who, when, what kind, and the terms of a question."""
    voice = question_voice(question, names)
    content = (
        word
        for word in content_words(question, voice.names)
        if word not in STOPWORDS and word not in _FRAME_WORDS
    )
    known = {term_numbers[s] for s in map(stem, content) if s in term_numbers}
    return TurnQuestion(
        voice=voice,
        terms=tuple(sorted(known)),
        dates=asked_dates(question),
        kind=question_kind(question),
    )


def turn_scores(index: TurnIndex, question: TurnQuestion, *, weights: Weights) -> TurnScores:
    """Score every turn: the weighted sum of the calibrated channels.

    Word and vector channels are standardised over the sessions in which a speaker whom the
    question names takes part (all sessions if it names nobody), so that a conversation's scores
    do not depend on how many others lie in the store.
    """
    channels = turn_channels(index, question)
    total = np.zeros(len(index.notes))
    for name, weight in weights.items():
        if name in channels:
            total += weight * channels[name]
    scores = np.full(len(index.place), -np.inf)
    scores[index.notes] = total
    return TurnScores(scores=scores, channels=channels, weights=weights)


def turn_channels(index: TurnIndex, question: TurnQuestion) -> dict[str, Column]:
    """Return (t,) the calibrated value of every channel that needs no vectors, by name."""
    room = room_of(index, question.voice.speakers)
    wide = calibrated(kernel_bm25(index, question.terms, WIDE), room)
    channels = {
        "words_wide": wide,
        "words_narrow": calibrated(kernel_bm25(index, question.terms, NARROW), room),
        "words_session": calibrated(session_bm25(index, question.terms), room),
        "rank_wide": rank_channel(np.where(room, wide, -np.inf)),
    }
    return channels | prior_channels(index, question, room) | feature_channels(index, question, room)


def room_of(index: TurnIndex, speakers: tuple[int, ...]) -> NDArray[np.bool_]:
    """Return (t,) whether a turn lies in a session where one of the speakers spoke; all if none."""
    present = np.zeros(len(index.first), np.bool_)
    present[index.session[np.isin(index.speaker, speakers)]] = True
    return present[index.session] if present.any() else np.ones(len(index.notes), np.bool_)


def calibrated(values: Column, room: NDArray[np.bool_]) -> Column:
    """Return the values shifted and scaled so that those in the room have mean 0, deviation 1."""
    inside = values[room]
    if not len(inside):
        return np.zeros(len(values))
    mean = inside.mean()
    deviation = float(np.sqrt(np.square(inside - mean).mean()))
    return (values - mean) / deviation if deviation > 1e-12 else np.zeros(len(values))


def prior_channels(index: TurnIndex, question: TurnQuestion, room: NDArray[np.bool_]) -> dict[str, Column]:
    """Return what the speaker named and the dates asked make likely, each in 0 to 1."""
    named = question.voice.speakers
    spoke = (index.speaker == named[0]).astype(np.float64) if named else np.zeros(len(room))
    return {
        "speaker": spoke if len(named) == 1 else np.zeros(len(room)),
        "first_of_two": spoke if len(named) > 1 else np.zeros(len(room)),
        "present": room.astype(np.float64),
        "month": month_prior(question.dates, index.said_at),
        "day": day_prior(question.dates, index.said_at),
    }


def feature_channels(index: TurnIndex, question: TurnQuestion, room: NDArray[np.bool_]) -> dict[str, Column]:
    """Return what turns are, standardised, and where that meets what is asked."""
    turn = {name: calibrated(values, room) for name, values in index.features.items()}
    spoke = np.isin(index.speaker, question.voice.speakers).astype(np.float64)
    kind = question.kind
    return {
        "asks": turn["asks"],
        "asked_before": turn["asked_before"],
        "opens": turn["opens"],
        "names_inside": turn["names_inside"],
        "self_told": spoke * turn["first_person"],
        "when_told": kind.when * turn["tells_time"],
        "number_told": kind.count * turn["tells_number"],
    }
