"""The current value: of the turns that state what is asked, the newest stands first.

Nothing is hidden and nothing is decided when a turn arrives: which slot is meant is known only from
the question. A turn states it if one of its sentences holds nearly all words of the question; then
the older ones give way to the newer, on the places that they have together. What a person or an
application said of a note's truth (`superseded_by`) is another matter, and comes first.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field, replace

import numpy as np
from numpy.typing import NDArray

from graphmem.arrays import GraphSnapshot
from graphmem.retrieve.found import Found
from graphmem.retrieve.question.current import NOW_WORDS, Asks
from graphmem.retrieve.question.question import Question
from graphmem.retrieve.turns.alike import (
    contraries,
    first_hits,
    of_asked_kind,
    says_the_same,
)
from graphmem.retrieve.turns.asked_slot import asked_slot
from graphmem.retrieve.turns.everyday import (
    MOST_READ,
    may_be_newer,
    may_state,
    told_otherwise,
)
from graphmem.retrieve.turns.held import Held
from graphmem.retrieve.turns.replaced import (
    LEAST_STATED,
    LEAST_TOLD,
    STATED,
    TOLD,
    chance,
    features,
    read_told,
    tells_of_change,
)
from graphmem.retrieve.words.index import WordIndex
from graphmem.retrieve.words.terms import term_of
from graphmem.text import lower
from graphmem.vectors import distinct

COVERED = 0.9
"""The share of a question's words, by idf, that a sentence holds which states what is asked."""
WHOLLY = 0.999
"""The same where it is asked in the past tense: what happened is no value, unless said so fully."""
FEWEST = {Asks.PAST: 2, Asks.PLAINLY: 2, Asks.EXPRESSLY: 1}
"""Words that a question has to be about: by one, any talk of a thing states it, so that has to be
asked for expressly, or be somebody's."""
MORE = 8
"""Words of content that a statement which stands by itself has beside those asked."""
NEARLY = 0.7
"""Turns newer than the likeliest to take the place do so too from this share of its likelihood."""
NOW_TERMS = frozenset(map(term_of, NOW_WORDS))
LIGHT_TERMS = frozenset(map(term_of, "mine yours ours have get go take use call".split()))
"""What is said with a thing in a question, and mostly not where its value is told."""
_JOINTS = frozenset({"and", "but", "so"})
_OWNED = re.compile(r"(?<![\w-])(?:my|our|[\w-]{1,40}'s)\s+([\w'-]+)")
_KNOWN = re.compile(r"\b(?:my|our|the)\s+([\w'-]+)")
_IS_NOW = re.compile(r"(?:do|does|am|is|are)(?:n't)?$")

Scores = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Statements:
    """The turns that state what a question asks, newest first; those that gainsay each other."""

    words: WordIndex
    notes: tuple[int, ...] = ()
    asked: frozenset[int] = frozenset()
    """The question's terms."""
    denials: Mapping[int, int] = field(default_factory=dict)
    """Turns, each with one that says the contrary."""

    def preferred(self, scores: Scores) -> Scores:
        """Return the scores with the newest of the statements on the best of their places."""
        if len(self.notes) < 2:
            return scores
        places = list(self.notes)
        changed = scores.copy()
        changed[places] = np.sort(scores[places])[::-1]
        return changed

    def marked(self, found: Found, note: int, snapshot: GraphSnapshot) -> Found:
        """Return what was found, with what stands against it: a newer value, the same again, the
        contrary."""
        marks: tuple[str, ...] = ()
        if note in self.notes[1:]:
            newest = self.notes[0]
            is_same = says_the_same(self.words, snapshot.texts, (note, newest), self.asked)
            marks = ("said again" if is_same else f"earlier; newer: {snapshot.note_ids[newest]}",)
        if note in self.denials:
            marks = (*marks, f"contradicts {snapshot.note_ids[self.denials[note]]}")
        return replace(found, marks=marks) if marks else found


def statements(
    snapshot: GraphSnapshot, words: WordIndex, question: Question, scores: Scores
) -> Statements:
    """Return the dated turns that state what the question asks for, by one speaker.

    That is who is asked about, or who said the best of them. A turn that ends as a question states
    nothing.
    """
    asks, terms = question.asks_current, slot_terms(question)
    if asks is Asks.NOT or not terms:
        return Statements(words)
    held = Held.of(words, terms)
    if asks is Asks.WHETHER:
        idf = {term: float(words.idf[number]) for term, number in terms.items() if number >= 0}
        denials = contraries(snapshot, idf, held, scores)
        is_now = _IS_NOW.match(question.written.words[0])
        told = told_otherwise(snapshot, words, question, scores) if is_now else []
        return Statements(words, tuple(told), frozenset(terms.values()), denials)
    notes = _stating(snapshot, words, question, terms, held, scores)
    is_bare = len(set(question.written.words) - _JOINTS) < 2  # "And Nils?" asks for no value
    if asks is not Asks.PAST and not is_bare:
        preferred = Statements(words, tuple(notes)).preferred(scores)
        notes = _with_newer(snapshot, words, question, held, preferred, notes)
    return Statements(words, tuple(notes), frozenset(terms.values()))


def _stating(
    snapshot: GraphSnapshot,
    words: WordIndex,
    question: Question,
    terms: Mapping[str, int],
    held: Held,
    scores: Scores,
) -> list[int]:
    """Return the turns of one speaker that say all that is asked in one sentence, newest first."""
    asks = question.asks_current
    is_owned = len(terms) == 1 and _is_owned(question.text, next(iter(terms)))
    if len(terms) < FEWEST[asks] and not is_owned:
        return []
    stating = held.at_least(WHOLLY if asks is Asks.PAST else COVERED)
    if is_owned and asks is Asks.PLAINLY:
        stating = _owning(snapshot, words, stating, next(iter(terms)))
    notes = distinct(words.notes_of(stating))
    notes = notes[dated_statements(snapshot, notes, scores)]
    if len(notes) < 2:
        return []
    notes = notes[of_asked_kind(question, [snapshot.texts[note] for note in notes.tolist()])]
    best = notes[np.argmax(scores[notes])]
    notes = notes[snapshot.speaker[notes] == snapshot.speaker[best]]
    newest: list[int] = notes[np.lexsort((notes, snapshot.said_at[notes]))[::-1]].tolist()
    slot = asked_slot(question, words, snapshot.texts[best])
    if not may_state(slot, snapshot.texts[best]):
        return newest
    read = [note for note in newest[:MOST_READ] if may_state(slot, snapshot.texts[note])]
    return [*read, *newest[MOST_READ:]]


def _with_newer(
    snapshot: GraphSnapshot,
    words: WordIndex,
    question: Question,
    held: Held,
    scores: Scores,
    notes: list[int],
) -> list[int]:
    """Return the statements with the turns that likely take the best one's place, newest first."""
    told = told_otherwise(snapshot, words, question, scores)
    if told:
        return sorted({*notes, *told}, key=lambda note: _when(snapshot, note), reverse=True)
    pairs = newer_turns(snapshot, words, question, scores, 0, held=held)
    if not pairs:
        return notes
    best = pairs[0][0]
    slot = asked_slot(question, words, snapshot.texts[best])
    is_stated = pairs[0][2][0] >= COVERED and _stands_alone(words, best, slot_terms(question))
    table, least = (STATED, LEAST_STATED) if is_stated else (TOLD, LEAST_TOLD)
    chances = [
        (chance(table, found), newer)
        for _, newer, found in pairs
        if newer not in notes
        and tells_of_change(found)
        and may_be_newer(slot, snapshot.texts[newer])
    ]
    likeliest, first = max(chances, default=(0.0, -1))
    if likeliest < least:
        return notes
    since = _when(snapshot, first)
    added = [
        newer
        for likely, newer in chances
        if likely >= NEARLY * likeliest and _when(snapshot, newer) >= since
    ]
    before = notes if best in notes else [best]
    return sorted([*before, *added], key=lambda note: _when(snapshot, note), reverse=True)


def newer_turns(
    snapshot: GraphSnapshot,
    words: WordIndex,
    question: Question,
    scores: Scores,
    best: int,
    *,
    held: Held | None = None,
) -> list[tuple[int, int, tuple[float, ...]]]:
    """Return the hit at some place, each newer turn of its speaker among the first, and `features`.

    `held` is of `slot_terms`; None: it is made.
    """
    terms = slot_terms(question)
    found = first_hits(snapshot, scores)
    if best >= len(found):
        return []
    held = Held.of(words, terms) if held is None else held
    anchor = found[best]
    since, speaker = _when(snapshot, anchor), snapshot.speaker[anchor]
    own = [note for note in found if snapshot.speaker[note] == speaker]
    newer = [note for note in own if _when(snapshot, note) > since]
    if not newer:
        return []
    weights = {number: float(words.idf[number]) for number in terms.values() if number >= 0}
    shares = held.by_note([anchor, *newer])
    told = {note: read_told(snapshot, words, note, share) for note, share in shares.items()}
    places = {note: (best, place) for place, note in enumerate(found)}
    return [
        (anchor, note, features(weights, terms, told[anchor], told[note], places[note]))
        for note in newer
    ]


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
    terms = {t: number for t, number, share in numbered if share >= 1 and t not in NOW_TERMS}
    about = {t: number for t, number in terms.items() if t not in LIGHT_TERMS}
    return about if len(about) > 1 else terms


def _when(snapshot: GraphSnapshot, note: int) -> tuple[float, int]:
    """Return what sorts turns by time: of one time in one session the later one is the newer."""
    return float(snapshot.said_at[note]), note


def _is_owned(question: str, term: str) -> bool:
    """Tell whether a question asks for what is somebody's and is one word: who is my landlord."""
    owned = _OWNED.findall(lower(question))
    return any(term_of(word) == term for word in owned)


def _owning(
    snapshot: GraphSnapshot, words: WordIndex, sentences: NDArray[np.intp], term: str
) -> NDArray[np.intp]:
    """Return those of some sentences that speak of it as somebody's, or as the one known."""
    kept = []
    notes = words.notes_of(sentences)
    for sentence, note in zip(sentences.tolist(), notes.tolist(), strict=True):
        start, end = snapshot.sentence_spans[sentence].tolist()
        text = lower(snapshot.texts[note][start:end])
        kept.append(any(term_of(word) == term for word in _KNOWN.findall(text)))
    return sentences[np.array(kept, np.bool_)]


def _stands_alone(words: WordIndex, note: int, terms: Mapping[str, int]) -> bool:
    """Tell whether a turn says little beside some terms."""
    return len(words.notes.row(note)[0]) <= len(terms) + MORE


def _asks(text: str) -> bool:
    if text[-1:].isalnum() or text.endswith("."):
        return False
    return text.rstrip(" \t\n\"'”’)]}*_").endswith(("?", "？", "؟"))
