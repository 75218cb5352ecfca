"""One question put to one snapshot, as far as it is read for the current value."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from graphmem.arrays import GraphSnapshot
from graphmem.retrieve.question.current import NOW_WORDS, Asks
from graphmem.retrieve.question.question import Question
from graphmem.retrieve.turns.held import Held
from graphmem.retrieve.words.index import WordIndex
from graphmem.retrieve.words.terms import term_of

COVERED = 0.9
"""The share of a question's words, by idf, that a sentence holds which states what is asked."""
NOW_TERMS = frozenset(map(term_of, NOW_WORDS))
LIGHT_TERMS = frozenset(map(term_of, "mine yours ours have get go take use call".split()))
"""What is said with a thing in a question, and mostly not where its value is told."""

Scores = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Inquiry:
    """A question, the scores of its search, and what it asks for."""

    snapshot: GraphSnapshot
    words: WordIndex
    question: Question
    scores: Scores
    asks: Asks
    terms: Mapping[str, int]
    """`slot_terms`."""
    held: Held
    """The share of these that sentences hold."""

    def when(self, note: int) -> tuple[float, int]:
        """Return what sorts turns by time: of one time in one session the later is the newer."""
        return float(self.snapshot.said_at[note]), note

    def newest_first(self, notes: Collection[int]) -> list[int]:
        """Return some turns, the newest first; of one time in several sessions, the best hit's.

        Nobody knows which of those is the newer.
        """
        snapshot, scores = self.snapshot, self.scores
        given = np.array(list(notes), np.int64)
        said_at, session = snapshot.said_at[given], snapshot.session[given]
        by_time = np.lexsort((given, said_at))[::-1]
        if len(np.unique(said_at)) == len(given):
            return [int(note) for note in given[by_time]]
        best: dict[tuple[float, int], float] = {}
        places = list(zip(said_at.tolist(), session.tolist(), given.tolist(), strict=True))
        for moment, talk, note in places:
            best[moment, talk] = max(best.get((moment, talk), -np.inf), float(scores[note]))
        ordered = sorted(places, key=lambda p: (p[0], best[p[0], p[1]], *p[1:]), reverse=True)
        return [note for _, _, note in ordered]


def slot_terms(question: Question) -> dict[str, int]:
    """Return the words that say what is asked for, with their numbers, -1 for an unknown one."""
    numbered = zip(question.stems, question.term_numbers.tolist(), question.shares, strict=True)
    terms = {t: number for t, number, share in numbered if share >= 1 and t not in NOW_TERMS}
    about = {t: number for t, number in terms.items() if t not in LIGHT_TERMS}
    return about if len(about) > 1 else terms
