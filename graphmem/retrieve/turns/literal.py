"""A question of stop words alone ("Her", "To be or not to be"): what holds them as written.

The words are in no index of terms, so the texts' own words are gone through: once, for such a
question only.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from graphmem.arrays import GraphSnapshot
from graphmem.retrieve.found import WORDS_QUOTED, quoted
from graphmem.retrieve.question.question import Question
from graphmem.retrieve.words.index import WordIndex
from graphmem.text import STOPWORDS, surfaces
from graphmem.text import words as words_of

AS_WRITTEN = 0.5
"""What a word adds that a text writes as the question does, capitals and all, beside the word."""
IN_ORDER = 1.0
"""What the question as a whole adds, word after word."""
MOST_READ = 200
"""Texts in which the whole is looked for: those that hold most of the words."""


@dataclass(frozen=True, slots=True)
class Literal:
    """How far each note says what a question of stop words says."""

    shares: NDArray[np.float64]
    """(n,) 0 for a note that says none of the words."""
    question: Question

    def why(self, text: str) -> tuple[str, ...]:
        """Return the reason of a hit: the question's words as its text writes them."""
        asked = set(self.question.written.words)
        said = dict.fromkeys(form for form in surfaces(text) if asked.intersection(words_of(form)))
        return (f"says {quoted(list(said)[:WORDS_QUOTED])}",)


def literal(snapshot: GraphSnapshot, words: WordIndex, question: Question) -> Literal | None:
    """Return what notes say literally; None for a question that says more than stop words.

    Nor is `What did I say?` looked for so: it asks of a speaker, as another does of a time.
    """
    is_plain = bool(question.written.words) and set(question.written.words) <= STOPWORDS
    is_known = bool((question.term_numbers >= 0).any())
    asks_more = question.voice.meant != "unsaid" or question.voice.speakers
    if not is_plain or is_known or asks_more or question.when.within or question.when.order:
        return None
    tokens = words.tokens
    known, asked = tokens.vocabulary.surface_numbers, dict.fromkeys(question.written.surfaces)
    numbers = list(dict.fromkeys(n for n in question.word_numbers.tolist() if n >= 0))
    rows = tokens.sentences.rows()
    values, ends = rows.values, rows.indptr[tokens.sentence_indptr]
    shares = np.zeros(len(snapshot.note_ids))
    of_word = tokens.vocabulary.word_of[values]
    for number in numbers:
        shares += _held(of_word == number, ends)
    for form in (known[form] for form in asked if form in known):
        shares += AS_WRITTEN * _held(values == form, ends)
    phrase = f" {' '.join(question.written.words)} "
    if len(question.written.words) > 1:
        for note in np.argsort(-shares, kind="stable")[:MOST_READ].tolist():
            if shares[note] > 0 and phrase in f" {' '.join(words_of(snapshot.texts[note]))} ":
                shares[note] += IN_ORDER
    return Literal(shares, question)


def _held(is_it: NDArray[np.bool_], ends: NDArray[np.int64]) -> NDArray[np.bool_]:
    """Return (n,) whether any word of each note is marked."""
    total = np.concatenate(([0], np.cumsum(is_it)))
    held: NDArray[np.bool_] = np.diff(total[ends]) > 0
    return held
