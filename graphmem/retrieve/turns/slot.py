"""A slot's values: every turn that states what is asked, oldest first, by whom it is asked about.

The rule of `current`, read over the whole store instead of for the order of a search: nothing is
stored for it, so a turn that is deleted or comes late changes the slot as it changes a search.
"""

from collections.abc import Collection
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from graphmem.arrays import GraphSnapshot
from graphmem.modality import DENIALS
from graphmem.retrieve.question.question import Question
from graphmem.retrieve.question.terms import asked_terms
from graphmem.retrieve.question.written import Written
from graphmem.retrieve.turns.current import dated_statements
from graphmem.retrieve.turns.held import Held
from graphmem.retrieve.turns.inquiry import COVERED, NOW_TERMS, Scores, slot_terms
from graphmem.retrieve.words.index import WordIndex
from graphmem.text import words as words_of
from graphmem.types import NoteId, Span
from graphmem.vectors import distinct

_SELF = frozenset("i i'm i've i'd i'll my me mine myself we we're we've our us".split())
_AGAIN = frozenset({"still", "again", "anymore", "longer"}) | NOW_TERMS


@dataclass(frozen=True, slots=True)
class Stated:
    """One turn that states a slot's value."""

    note: NoteId
    parts: tuple[Span, ...]
    """Its sentences that do."""
    value: frozenset[str]
    """The terms of these beside those of the slot."""
    denies: bool


def stated(
    snapshot: GraphSnapshot, words: WordIndex, question: Question, scores: Scores
) -> list[Stated]:
    """Return what states the value of a slot, oldest first; equal times by id.

    Of a speaker who is asked about it is what they say of themselves, and what others say with
    their name; of nobody in particular, what the speaker of the best statement says.
    """
    terms = slot_terms(question)
    held = Held.of(words, terms).at_least(COVERED)
    notes = distinct(words.notes_of(held))
    notes = notes[dated_statements(snapshot, notes, scores)]
    if not len(notes):
        return []
    whose, names = _whose(snapshot, question, notes, scores)
    ids, found = snapshot.note_ids, []
    for note in sorted(notes.tolist(), key=lambda note: (snapshot.said_at[note], ids[note])):
        begin, end = snapshot.sentence_indptr[note : note + 2].tolist()
        stating = held[(held >= begin) & (held < end)]
        spans = [(int(a), int(b)) for a, b in snapshot.sentence_spans[stating]]
        is_own = int(snapshot.speaker[note]) == whose
        parts = tuple(s for s in spans if _is_of(snapshot.texts[note][slice(*s)], is_own, names))
        if parts:
            found.append(_statement(snapshot.texts[note], ids[note], parts, terms.keys()))
    return found


def _whose(
    snapshot: GraphSnapshot, question: Question, notes: NDArray[np.intp], scores: Scores
) -> tuple[int, tuple[frozenset[str], frozenset[str]]]:
    """Return the speaker of the slot, the words of that name, and those of the others' names."""
    asked = question.voice.speakers if question.voice.meant != "unsaid" else ()
    whose = asked[0] if asked else int(snapshot.speaker[notes[np.argmax(scores[notes])]])
    named = [frozenset(words_of(speaker)) for speaker in snapshot.speakers]
    own = named[whose] if whose >= 0 else frozenset()
    others = frozenset[str]().union(*(n for i, n in enumerate(named) if i != whose)) - own
    return whose, (own, others)


def _is_of(sentence: str, is_own: bool, names: tuple[frozenset[str], frozenset[str]]) -> bool:
    """Tell whether a sentence is about the speaker of the slot."""
    said = set(words_of(sentence))
    own, others = names
    if is_own:
        return bool(said & _SELF) or said.isdisjoint(others)
    return not said.isdisjoint(own) and said.isdisjoint(_SELF)


def _statement(text: str, note: NoteId, parts: tuple[Span, ...], asked: Collection[str]) -> Stated:
    said = " ".join(text[start:end] for start, end in parts)
    value = asked_terms(Written.of(said)).keys() - set(asked) - _AGAIN
    return Stated(
        note=note,
        parts=parts,
        value=frozenset(value),
        denies=not DENIALS.isdisjoint(words_of(said)),
    )
