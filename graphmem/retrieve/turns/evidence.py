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
from graphmem.retrieve.turns.bm25 import idf_of
from graphmem.retrieve.turns.index import TurnIndex
from graphmem.retrieve.turns.kernels import Column, n_places
from graphmem.retrieve.turns.neighbours import AROUND, Levels, Turns, highest_around
from graphmem.retrieve.turns.postings import turns_of
from graphmem.retrieve.turns.score import TurnMeaning, TurnScores
from graphmem.retrieve.turns.vectors import TurnVectors
from graphmem.retrieve.words.similar import Sought, shares_of
from graphmem.vectors import distinct

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
    named = index.reference(question.voice.speakers).is_by_named
    said_by_named = named[shown]
    is_asked = bool(question.voice.speakers) and question.voice.meant != "unsaid"
    covered = _covered(index, asked, shown)
    rival = covered.rival(index, scored, named) if is_asked else 0.0
    columns = {
        "own": covered.own,
        "near": covered.near,
        "known": np.full(len(shown), covered.known),
        "gap": scores - scores[:1],
        "said_by_named": said_by_named.astype(np.float64),
        "said_by_other": (is_asked & ~said_by_named).astype(np.float64),
        "rival": np.full(len(shown), rival),
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
    cosines = meaning.cosines
    is_all = len(cosines) == len(index.notes)
    alike: Column = (cosines if is_all else cosines[index.notes]).astype(np.float64, copy=False)
    columns["cosine"] = alike[shown]
    columns["sentence_cosine"] = _best_sentence(
        index, meaning.vectors, meaning.row, shown, or_else=columns["cosine"]
    )
    best = _best_of(scored, index, named, alike) if is_asked else (0.0, 0.0)
    columns["rival_cosine"] = np.full(len(shown), best[0] - best[1])
    return columns, spoken_for | (columns["sentence_cosine"] >= LEAST_COSINE)


@dataclass(frozen=True, slots=True)
class _Said:
    """Which turns say a word of a question or what is like it, by how much of it that is."""

    terms: list[NDArray[np.int32]]
    """The turns that say each of the terms, the likest last."""
    levels: list[int]
    """Of each: its place among `worth`."""
    worth: Column
    """What is said, by idf: nothing first, then what each likeness is of the word, ascending."""
    whole: float
    """The same of the word itself."""

    @classmethod
    def of(cls, index: TurnIndex, word: Sought) -> "_Said":
        """Look a word up."""
        shares = sorted(shares_of([word]).items(), key=lambda one: one[1])
        values = sorted({0.0, *(share for _, share in shares)})
        terms = [turns_of(index, term) for term, _ in shares]
        n_said = len(terms[0]) if len(terms) == 1 else _n_distinct(index, terms)
        idf = idf_of(n_said, len(index.notes) + MORE_TURNS)
        levels = [values.index(share) for _, share in shares]
        return cls(terms, levels, idf * np.array(values), idf * word.share)

    def by_place(self, index: TurnIndex) -> Levels:
        """Return by place at which level each turn says it."""
        levels = np.zeros(n_places(index.spaced), np.uint8)
        for turns, level in zip(self.terms, self.levels, strict=True):
            levels[index.spaced[turns]] = level
        return levels

    @property
    def most(self) -> float:
        """What of it any turn says, at most."""
        said = [lv for turns, lv in zip(self.terms, self.levels, strict=True) if len(turns)]
        return float(self.worth[max(said, default=0)])


def _n_distinct(index: TurnIndex, terms: Sequence[NDArray[np.int32]]) -> int:
    """Return how many turns say one of some terms."""
    return len(distinct(np.concatenate(terms))) if terms else 0


@dataclass(frozen=True, slots=True)
class _Covered:
    """The share of a question, by idf, that is said; a word that is only like one counts less."""

    own: Column
    """(h,) by each turn that is shown."""
    near: Column
    """(h,) by it and those around it."""
    known: float
    """By any turn."""
    words: list[_Said]
    total: float
    """The idf of the whole question."""

    def rival(self, index: TurnIndex, scored: TurnScores, named: NDArray[np.bool_]) -> float:
        """Return by how much what is said around another speaker's turn is above what is said
        around those of who is asked about, where most is."""
        most = None
        if index.loops is not None:
            words = [(word.terms, word.levels, word.worth) for word in self.words]
            most = index.loops.most_around(words, named, index.notes, scored.scores)
        if most is None:
            return self._rival_by_place(index, scored, named)
        return most[0] / self.total - most[1] / self.total

    def _rival_by_place(
        self, index: TurnIndex, scored: TurnScores, named: NDArray[np.bool_]
    ) -> float:
        whole = np.zeros(n_places(index.spaced))
        for word in self.words:
            whole += word.worth[highest_around(word.by_place(index))]
        best = _best_of(scored, index, named, whole[index.spaced] / self.total)
        return best[0] - best[1]


def _covered(index: TurnIndex, asked: Sequence[Sought], shown: Turns) -> _Covered:
    own, near = np.zeros((2, len(shown)))
    total = known = 0.0
    words = [_Said.of(index, word) for word in asked]
    for word in words:
        here, around = _levels(index, word, shown)
        own += word.worth[here]
        near += word.worth[around]
        known += word.most
        total += word.whole
    total = total or 1.0
    return _Covered(own / total, near / total, known / total, words, total)


def _levels(index: TurnIndex, word: _Said, shown: Turns) -> tuple[Levels, Levels]:
    """Return (h,) at which level some turns say a word, and at which it is said around them."""
    if index.loops is not None:
        return index.loops.levels(word.terms, word.levels, shown)
    levels, places = word.by_place(index), index.spaced[shown]
    return levels[places], levels[places[:, None] + AROUND].max(axis=1)


def _best_of(
    scored: TurnScores, index: TurnIndex, named: NDArray[np.bool_], values: Column
) -> tuple[float, float]:
    """Return the best value (t,) of the turns of others and of those of who is asked about.

    A value below 0 is none. `named` is (t,) whether one asked about says it.
    """
    kept = np.isfinite(scored.scores[index.notes])
    others, own = (float((values * (kept & side)).max(initial=0)) for side in (~named, named))
    return others, own


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
