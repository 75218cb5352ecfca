"""What speaks for a turn, in units that mean the same in every conversation and every store.

A channel is standardised over the turns of one question: it says which turn is likelier. What a
probability needs is how much of the question is said at all, there and by whom.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from graphmem.retrieve.calibration import Evidence
from graphmem.retrieve.question.question import Question
from graphmem.retrieve.turns.index import TurnIndex, turns_of
from graphmem.retrieve.turns.kernels import Column, n_places
from graphmem.retrieve.turns.neighbours import AROUND, Levels, Turns, highest_around
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
    said_by_named = np.isin(index.speaker[shown], question.voice.speakers)
    is_asked = bool(question.voice.speakers) and question.voice.meant != "unsaid"
    covered = _covered(index, asked, shown, everywhere=is_asked)
    named = index.reference(question.voice.speakers).is_by_named
    columns = {
        "own": covered.own,
        "near": covered.near,
        "known": np.full(len(shown), covered.known),
        "gap": scores - scores[:1],
        "said_by_named": said_by_named.astype(np.float64),
        "said_by_other": (is_asked & ~said_by_named).astype(np.float64),
        "rival": np.full(len(shown), _rival(scored, index, named, covered.everywhere)),
        "terms": np.full(len(shown), min(len(question.stems), MOST_TERMS), np.float64),
        "day": scored.channels.among("day", shown),
        "month": scored.channels.among("month", shown),
    }
    is_dated = question.when.is_condition or question.when.order is not None
    in_time = (columns["day"] > 0) | (columns["month"] > 0) | is_dated
    is_named = said_by_named & (question.voice.meant != "unsaid")
    spoken_for = (covered.near > 0) | in_time | is_named
    if meaning is None:
        return columns, spoken_for
    alike = meaning.cosines[index.notes].astype(np.float64)
    columns["cosine"] = alike[shown]
    columns["sentence_cosine"] = _best_sentence(
        index, meaning.vectors, meaning.row, shown, or_else=columns["cosine"]
    )
    rivals = alike if is_asked else None
    columns["rival_cosine"] = np.full(len(shown), _rival(scored, index, named, rivals))
    return columns, spoken_for | (columns["sentence_cosine"] >= LEAST_COSINE)


@dataclass(frozen=True, slots=True)
class _Covered:
    """The share of a question, by idf, that is said; a word that is only like one counts less."""

    own: Column
    """(h,) by each turn that is shown."""
    near: Column
    """(h,) by it and those around it."""
    known: float
    """By any turn."""
    everywhere: Column | None
    """(t,) `near` of all turns, where a rival is looked for among them."""


def _covered(
    index: TurnIndex, asked: Sequence[Sought], shown: Turns, *, everywhere: bool
) -> _Covered:
    n, places = len(index.notes), index.spaced[shown]
    own, near = np.zeros((2, len(shown)))
    whole, spare = np.zeros((2, n_places(index.spaced) if everywhere else 0))
    total = known = 0.0
    for word in asked:
        levels, values, n_said = _said(index, word)
        idf = float(inverse_frequency(np.array([n_said]), n + MORE_TURNS)[0])
        added = idf * values
        own += added[levels[places]]
        near += added[levels[places[:, None] + AROUND].max(axis=1)]
        if everywhere:
            around = highest_around(levels)
            if len(values) <= 2:  # as most: a product is twice as fast as a look-up
                np.multiply(around, added[-1], out=spare)
            else:
                added.take(around, out=spare, mode="clip")
            whole += spare
        known += float(added[levels.max(initial=0)])
        total += idf * word.share
    total = total or 1.0
    rivals = whole[index.spaced] / total if everywhere else None
    return _Covered(own / total, near / total, known / total, rivals)


def _said(index: TurnIndex, word: Sought) -> tuple[Levels, Column, int]:
    """Return by place how much each turn says of a word or what is like it, and how many do.

    Levels are places in the second, the shares that there are, ascending from 0.
    """
    shares = shares_of([word])
    values = sorted({0.0, *shares.values()})
    levels = np.zeros(n_places(index.spaced), np.uint8)
    n_said = 0
    for term, share in sorted(shares.items(), key=lambda one: one[1]):
        turns = turns_of(index, term)
        levels[index.spaced[turns]] = values.index(share)
        n_said = len(turns)
    if len(shares) != 1:
        n_said = int(np.count_nonzero(levels))
    return levels, np.array(values), n_said


def _rival(
    scored: TurnScores, index: TurnIndex, named: NDArray[np.bool_], values: Column | None
) -> float:
    """Return by how much the best value (t,) of another speaker is above the best of those named.

    A value below 0 is none; None: nobody is named. `named` is (t,) whether one of them says it.
    """
    if values is None:
        return 0.0
    kept = np.isfinite(scored.scores[index.notes])
    best = [float((values * (kept & side)).max(initial=0)) for side in (~named, named)]
    return best[0] - best[1]


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
