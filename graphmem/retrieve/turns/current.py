"""The current value: of the turns that state what is asked, the newest stands first.

Nothing is hidden and nothing is decided when a turn arrives: which slot is meant is known only from
the question. A turn states it if one of its sentences holds nearly all words of the question; then
the older ones give way to the newer, on the places that they have together. What a person or an
application said of a note's truth (`superseded_by`) is another matter, and comes first.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace

import numpy as np
from numpy.typing import NDArray

from graphmem.arrays import GraphSnapshot
from graphmem.retrieve.found import Found
from graphmem.retrieve.question.current import NOW_WORDS, Asks
from graphmem.retrieve.question.question import Question
from graphmem.retrieve.words.counts import inverse_frequency
from graphmem.retrieve.words.index import WordIndex
from graphmem.retrieve.words.terms import term_of
from graphmem.vectors import distinct

COVERED = 0.9
"""The share of a question's words, by idf, that a sentence holds which states what is asked."""
FEWEST = {Asks.PLAINLY: 2, Asks.EXPRESSLY: 1}
"""Words that a question has to be about: by one, any talk of a thing states it, so that has to be
asked for expressly."""
NOW_TERMS = frozenset(map(term_of, NOW_WORDS))

Scores = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Statements:
    """The turns that state what a question asks, newest first, and what they say of it."""

    notes: tuple[int, ...] = ()
    values: Mapping[int, frozenset[int]] = field(default_factory=dict)
    """The terms beside the question's of each."""

    def preferred(self, scores: Scores) -> Scores:
        """Return the scores with the newest of the statements on the best of their places."""
        if len(self.notes) < 2:
            return scores
        places = list(self.notes)
        changed = scores.copy()
        changed[places] = np.sort(scores[places])[::-1]
        return changed

    def marked(self, found: Found, note: int, snapshot: GraphSnapshot) -> Found:
        """Return what was found, with what stands against it: a newer value, or the same again."""
        if len(self.notes) < 2 or note not in self.notes or note == self.notes[0]:
            return found
        newest = self.notes[0]
        is_same = self.values[note] == self.values[newest]
        mark = "said again" if is_same else f"earlier; newer: {snapshot.note_ids[newest]}"
        return replace(found, marks=(mark,))


def statements(
    snapshot: GraphSnapshot, words: WordIndex, question: Question, scores: Scores
) -> Statements:
    """Return the dated turns that state what the question asks for, by one speaker.

    That is who is asked about, or who said the best of them. A turn that ends as a question states
    nothing.
    """
    terms = slot_terms(question)
    if question.asks_current is Asks.NOT or len(terms) < FEWEST[question.asks_current]:
        return Statements()
    held = sentences_stating(words, terms)
    notes = distinct(words.sentence_note[held])
    notes = notes[dated_statements(snapshot, notes, scores)]
    if len(notes) < 2:
        return Statements()
    best = notes[np.argmax(scores[notes])]
    notes = notes[snapshot.speaker[notes] == snapshot.speaker[best]]
    ids = snapshot.note_ids
    ordered = sorted(notes.tolist(), key=lambda note: (-snapshot.said_at[note], ids[note]))
    asked = {number for number in terms.values() if number >= 0}
    values = {note: _said(words, note) - asked for note in ordered}
    return Statements(tuple(ordered), values)


def dated_statements(
    snapshot: GraphSnapshot, notes: NDArray[np.intp], scores: Scores
) -> NDArray[np.bool_]:
    """Return which of some notes may state something: scored, dated, and no question at the end."""
    can = np.isfinite(scores[notes]) & np.isfinite(snapshot.said_at[notes])
    asks = [_asks(snapshot.texts[note]) for note in notes.tolist()]
    return can & ~np.array(asks, np.bool_)


def slot_terms(question: Question) -> dict[str, int]:
    """Return the words that say what is asked for, with their numbers, -1 for an unknown one."""
    numbered = zip(question.stems, question.term_numbers.tolist(), question.shares, strict=True)
    return {t: number for t, number, share in numbered if share >= 1 and t not in NOW_TERMS}


def sentences_stating(words: WordIndex, terms: Mapping[str, int]) -> NDArray[np.intp]:
    """Return the sentences that hold enough of the terms; only their postings are read."""
    unknown = float(inverse_frequency(np.zeros(1, np.int64), len(words.notes.lengths))[0])
    total, held = 0.0, np.zeros(len(words.sentence_note))
    for number in terms.values():
        weight = float(words.idf[number]) if number >= 0 else unknown
        total += weight
        if number >= 0:
            held[words.sentences.postings(number)[0]] += weight
    return np.flatnonzero(held >= COVERED * total) if total else np.empty(0, np.intp)


def _said(words: WordIndex, note: int) -> frozenset[int]:
    row = words.notes.by_row.take(np.array([note]))
    return frozenset(row.indices.tolist())


def _asks(text: str) -> bool:
    return text.rstrip(" \t\n\"'”’)]}*_").endswith(("?", "？", "؟"))
