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
from graphmem.retrieve.question.current import Asks
from graphmem.retrieve.question.question import Question
from graphmem.retrieve.turns.alike import contraries, first_hits, of_asked_kind, says_the_same
from graphmem.retrieve.turns.asked_slot import asked_slot
from graphmem.retrieve.turns.everyday import MOST_READ, may_state, told_otherwise
from graphmem.retrieve.turns.held import Held
from graphmem.retrieve.turns.inquiry import COVERED, Inquiry, Scores, slot_terms
from graphmem.retrieve.turns.newer import with_newer
from graphmem.retrieve.turns.noted import is_noted, likeness, pairs_of
from graphmem.retrieve.turns.spare import SPARE
from graphmem.retrieve.words.index import WordIndex
from graphmem.retrieve.words.terms import term_of
from graphmem.text import lower
from graphmem.vectors import distinct

WHOLLY = 0.999
"""The same where it is asked in the past tense: what happened is no value, unless said so fully."""
FEWEST = {Asks.PAST: 2, Asks.PLAINLY: 2, Asks.EXPRESSLY: 1}
"""Words that a question has to be about: by one, any talk of a thing states it, so that has to be
asked for expressly, or be somebody's."""
_JOINTS = frozenset({"and", "but", "so"})
_OWNED = re.compile(r"(?<![\w-])(?:my|our|[\w-]{1,40}'s)\s+([\w'-]+)")
_KNOWN = re.compile(r"\b(?:my|our|the)\s+([\w'-]+)")
_IS_NOW = re.compile(r"(?:do|does|am|is|are)(?:n't)?$")


@dataclass(frozen=True, slots=True)
class Statements:
    """The turns that state what a question asks, newest first; those that gainsay each other."""

    words: WordIndex
    notes: tuple[int, ...] = ()
    sure: int = 0
    """The place of the newest that surely states it: what is newer stands before it and marks
    nothing as earlier."""
    asked: frozenset[int] = frozenset()
    """The question's terms."""
    denials: Mapping[int, int] = field(default_factory=dict)
    """Turns, each with one that says the contrary."""

    def preferred(self, scores: Scores) -> Scores:
        """Return the scores with the newest of the statements on the best of their places."""
        if len(self.notes) < 2:
            return scores
        places = list(self.notes)
        changed = SPARE.column(len(scores))
        changed[:] = scores
        changed[places] = np.sort(scores[places])[::-1]
        return changed

    def marked(self, found: Found, note: int, snapshot: GraphSnapshot) -> Found:
        """Return what was found, with what stands against it: a newer value, the same again, the
        contrary."""
        marks: tuple[str, ...] = ()
        if note in self.notes[self.sure + 1 :]:
            newest = self.notes[self.sure]
            if says_the_same(self.words, snapshot.texts, (note, newest), self.asked):
                marks = ("said again",)
            elif _is_newer(snapshot, newest, note):
                marks = (f"earlier; newer: {snapshot.note_ids[newest]}",)
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
    asks, terms = _how_asked(snapshot, question, scores), slot_terms(question)
    if asks <= Asks.NOT or not terms:
        return Statements(words)
    asked, held = frozenset(terms.values()), Held.of(words, terms)
    if asks is Asks.WHETHER:
        idf = {term: float(words.idf[number]) for term, number in terms.items() if number >= 0}
        found = first_hits(snapshot, scores)
        denials = contraries(snapshot, idf, held, found)
        is_now = _IS_NOW.match(question.written.words[0])
        told = told_otherwise(snapshot, words, question, scores, found) if is_now else []
        return Statements(words, tuple(told), asked=asked, denials=denials)
    inquiry = Inquiry(snapshot, words, question, scores, asks, terms, held)
    notes, sure = _stating(inquiry), 0
    is_bare = len(set(lower(question.text).split()) - _JOINTS) < 2  # "And Nils?", "e-mail"
    if asks is not Asks.PAST and not is_bare:
        preferred = Statements(words, tuple(notes)).preferred(scores)
        notes, sure = with_newer(inquiry, preferred, notes)
    return Statements(words, tuple(notes), sure, asked)


def _how_asked(snapshot: GraphSnapshot, question: Question, scores: Scores) -> Asks:
    """Return how a question asks for a value.

    Whatever its tense, it does for one that its best hit notes in its own words: "who won the cup
    last year" asks for the newest of what was noted under these words.
    """
    asks = question.asks_current
    if asks not in (Asks.NOT, Asks.PAST):
        return asks
    best = first_hits(snapshot, scores)[:1]
    return Asks.PLAINLY if best and is_noted(question.text, snapshot.texts[best[0]]) else asks


def _stating(inquiry: Inquiry) -> list[int]:
    """Return the turns of one speaker that say all that is asked in one sentence, newest first."""
    snapshot, words, question = inquiry.snapshot, inquiry.words, inquiry.question
    asks, terms, scores = inquiry.asks, inquiry.terms, inquiry.scores
    is_owned = len(terms) == 1 and _is_owned(question.text, next(iter(terms)))
    if len(terms) < FEWEST[asks] and not is_owned:
        return []
    stating = inquiry.held.at_least(WHOLLY if asks is Asks.PAST else COVERED)
    if is_owned and asks is Asks.PLAINLY:
        stating = _owning(snapshot, words, stating, next(iter(terms)))
    notes = distinct(words.notes_of(stating))
    notes = notes[dated_statements(snapshot, notes, scores)]
    if len(notes) < 2:
        return []
    notes = notes[of_asked_kind(question, [snapshot.texts[note] for note in notes.tolist()])]
    best = int(notes[np.argmax(scores[notes])])
    notes = notes[snapshot.speaker[notes] == snapshot.speaker[best]]
    newest = inquiry.newest_first(notes.tolist())
    slot = asked_slot(question, words, snapshot.texts[best])
    if may_state(slot, snapshot.texts[best]):
        read = [note for note in newest[:MOST_READ] if may_state(slot, snapshot.texts[note])]
        newest = [*read, *newest[MOST_READ:]]
    return _of_one_matter(inquiry, best, newest)


def _of_one_matter(inquiry: Inquiry, best: int, newest: list[int]) -> list[int]:
    """Return the statements without the newest of them that are of another matter.

    Where the best notes what is asked, that is one newer than all that note it, and liker to an
    older statement, which does not either, than to the best.
    """
    texts, question = inquiry.snapshot.texts, inquiry.question.text
    if not is_noted(question, texts[best]):
        return newest
    noting = [is_noted(question, texts[note]) for note in newest[:MOST_READ]]
    said = [pairs_of(texts[note]) for note in newest[:MOST_READ]]
    others: list[int] = []
    for place in range(noting.index(True) if True in noting else 0):
        liking = likeness(pairs_of(texts[best]), said[place])
        older = range(place + 1, len(said))
        if any(not noting[at] and likeness(said[at], said[place]) > liking for at in older):
            others.append(newest[place])
    return [note for note in newest if note not in others]


def dated_statements(
    snapshot: GraphSnapshot, notes: NDArray[np.intp], scores: Scores
) -> NDArray[np.bool_]:
    """Return which of some notes may state something: scored, dated, and no question at the end."""
    can = np.isfinite(scores[notes]) & np.isfinite(snapshot.said_at[notes])
    asks = [_asks(snapshot.texts[note]) for note in notes[can].tolist()]
    can[can] = ~np.array(asks, np.bool_)
    return can


def _is_newer(snapshot: GraphSnapshot, one: int, other: int) -> bool:
    """Tell whether a turn of a group is known to be newer than another one behind it."""
    is_one_talk = snapshot.session[one] == snapshot.session[other]
    return bool(is_one_talk or snapshot.said_at[one] > snapshot.said_at[other])


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


def _asks(text: str) -> bool:
    last = text[-1:]
    if last == "." or last.isalnum():
        return False
    return text.rstrip(" \t\n\"'”’)]}*_").endswith(("?", "？", "؟"))
