"""What speaks for a turn, in units that mean the same in every conversation and every store.

A channel is standardised over the turns of one question: it says which turn is likelier. What a
probability needs is how much of the question is said at all, there and by whom.
"""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from graphmem.retrieve.calibration import Evidence
from graphmem.retrieve.question.question import Question
from graphmem.retrieve.turns.index import TurnIndex, turns_of
from graphmem.retrieve.turns.kernels import Column
from graphmem.retrieve.turns.neighbours import Turns, best_around
from graphmem.retrieve.turns.score import TurnMeaning, TurnScores
from graphmem.retrieve.turns.vectors import TurnVectors
from graphmem.retrieve.words.counts import inverse_frequency
from graphmem.retrieve.words.similar import Sought, shares_of

MOST_TERMS = 10
"""Terms of a question beyond which more say nothing."""
MORE_TURNS = 100
"""Turns without a word of the question that each store is judged as if it had besides: what all of
three notes say is not common yet, and what none of them says not rare."""
LEAST_COSINE = 0.25
"""Of a question with a sentence of a turn where no word, speaker or date speaks for it."""


def turn_evidence(
    index: TurnIndex,
    question: Question,
    asked: Sequence[Sought],
    scored: TurnScores,
    shown: Turns,
    meaning: TurnMeaning | None,
) -> tuple[Evidence, NDArray[np.bool_]]:
    """Return what speaks for each of the turns `shown` (h,), best first, and whether anything does.

    What depends on how many turns there are, as a share of a softmax does, is left out: it tells a
    hit that stands alone, not one that answers.
    """
    scores = scored.scores[index.notes[shown]]
    own, near, known = _covered(index, asked)
    said_by_named = np.isin(index.speaker[shown], question.voice.speakers)
    is_asked = bool(question.voice.speakers) and question.voice.meant != "unsaid"
    around = np.flatnonzero(near != 0) if is_asked else shown[:0]
    columns = {
        "own": own[shown],
        "near": near[shown],
        "known": np.full(len(shown), known),
        "gap": scores - scores[:1],
        "said_by_named": said_by_named.astype(np.float64),
        "said_by_other": (is_asked & ~said_by_named).astype(np.float64),
        "rival": np.full(len(shown), _rival(index, question, scored, around, near[around])),
        "terms": np.full(len(shown), min(len(question.stems), MOST_TERMS), np.float64),
        "day": scored.channels.among("day", shown),
        "month": scored.channels.among("month", shown),
    }
    is_dated = question.when.is_condition or question.when.order is not None
    in_time = (columns["day"] > 0) | (columns["month"] > 0) | is_dated
    is_named = said_by_named & (question.voice.meant != "unsaid")
    spoken_for = (near[shown] > 0) | in_time | is_named
    if meaning is None:
        return columns, spoken_for
    alike = meaning.cosines[index.notes].astype(np.float64)
    columns["cosine"] = alike[shown]
    columns["sentence_cosine"] = _best_sentence(
        index, meaning.vectors, meaning.row, shown, or_else=columns["cosine"]
    )
    every = np.arange(len(alike)) if is_asked else shown[:0]
    columns["rival_cosine"] = np.full(
        len(shown), _rival(index, question, scored, every, alike[every])
    )
    return columns, spoken_for | (columns["sentence_cosine"] >= LEAST_COSINE)


def _covered(index: TurnIndex, asked: Sequence[Sought]) -> tuple[Column, Column, float]:
    """Return the share of the question, by idf, that each turn says, that it and the turns around
    it say, both (t,), and the share that any turn says. A word that is only like one counts less.
    """
    n = len(index.notes)
    own, near = np.zeros(n), np.zeros(n)
    total = known = 0.0
    for word in asked:
        rows, shares = _said(index, word)
        idf = float(inverse_frequency(np.array([len(rows)]), n + MORE_TURNS)[0])
        own[rows] += idf * shares
        around, best = best_around(index, rows, shares)
        near[around] += idf * best
        known += idf * float(shares.max(initial=0))
        total += idf * word.share
    return own / (total or 1.0), near / (total or 1.0), known / (total or 1.0)


def _said(index: TurnIndex, word: Sought) -> tuple[Turns, Column]:
    """Return the turns that say a word or what is like it, and how much of it each says."""
    shares = shares_of([word])
    if len(shares) == 1:
        ((term, share),) = shares.items()
        turns = turns_of(index, term)
        return turns, np.full(len(turns), share)
    said = np.zeros(len(index.notes))
    for term, share in shares.items():
        turns = turns_of(index, term)
        said[turns] = np.maximum(said[turns], share)
    rows = np.flatnonzero(said != 0)
    return rows, said[rows]


def _rival(
    index: TurnIndex, question: Question, scored: TurnScores, turns: Turns, values: Column
) -> float:
    """Return by how much the best value of another speaker is above the best of those named.

    `values` are those of some turns, 0 of all others.
    """
    named = np.isin(index.speaker[turns], question.voice.speakers)
    kept = np.isfinite(scored.scores[index.notes[turns]])
    best = [values[kept & side].max(initial=0) for side in (~named, named)]
    return float(best[0] - best[1])


def _best_sentence(
    index: TurnIndex,
    vectors: TurnVectors,
    row: NDArray[np.float32],
    turns: Turns,
    *,
    or_else: Column,
) -> Column:
    """Return (h,) the best cosine of a question's row with a sentence of each of some turns.

    `or_else` stands in where the store keeps no sentences.
    """
    if vectors.sentences is None:
        return or_else
    spans = (vectors.sentence_indptr[note : note + 2].tolist() for note in index.notes[turns])
    read = (vectors.sentences[begin:end].astype(np.float32) for begin, end in spans)
    return np.array([float((rows @ row).max(initial=-1)) for rows in read])
