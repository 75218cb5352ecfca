"""Which newer turns likely take the best one's place, though they do not say all that is asked."""

from collections.abc import Sequence
from dataclasses import dataclass

from graphmem.retrieve.turns.alike import first_hits
from graphmem.retrieve.turns.asked_slot import AskedSlot, asked_slot, content_terms
from graphmem.retrieve.turns.everyday import is_plain_change, may_be_newer, told_otherwise
from graphmem.retrieve.turns.inquiry import COVERED, Inquiry, Scores
from graphmem.retrieve.turns.noted import RESTATED, Wording, is_noted
from graphmem.retrieve.turns.replaced import (
    LEAST_NOTED,
    LEAST_STATED,
    LEAST_TOLD,
    NOTED,
    STATED,
    TOLD,
    Signs,
    Table,
    chance,
    read_told,
    signs_of,
    tells_of_change,
)

MORE = 8
"""Words of content that a statement which stands by itself has beside those asked."""
HELD_AGAIN = 0.6
"""Of what the best hit, which notes what is asked, holds of the question, by idf, what a newer turn
holds that says it once more."""
NEARLY = 0.7
"""Turns newer than the likeliest to take the place do so too from this share of its likelihood."""


LEAST_MARKED = 0.9
"""How likely one has to be to mark a hit as earlier that notes what is asked. Less is enough for
the order; a wrong mark says of what is true that it was."""


@dataclass(frozen=True, slots=True)
class Newer:
    """A hit, a newer turn of its speaker among the first, and the signs of the two."""

    best: int
    note: int
    signs: Signs
    is_restated: bool
    """The newer one puts what is asked much as the hit does, which notes it."""


def with_newer(inquiry: Inquiry, scores: Scores, notes: list[int]) -> tuple[list[int], int]:
    """Return the statements with the turns that likely take the best one's place, newest first.

    With them the place of the newest that is surely one: those before it mark nothing as earlier.
    `scores` are those after the statements have taken their places.
    """
    snapshot, words, question = inquiry.snapshot, inquiry.words, inquiry.question
    found = first_hits(snapshot, scores)
    told = told_otherwise(snapshot, words, question, scores, found)
    if told:
        return _with_told(inquiry, notes, told)
    pairs = newer_turns(inquiry, found, 0)
    if not pairs:
        return notes, 0
    best = pairs[0].best
    table, least = table_for(inquiry, pairs[0])
    slot = asked_slot(question, words, snapshot.texts[best])
    chances = [
        (chance(table, pair.signs), pair.note)
        for pair in pairs
        if pair.note not in notes and _may_replace(slot, pair, snapshot.texts[pair.note])
    ]
    likeliest, first = max(chances, default=(0.0, -1))
    if likeliest < least:
        return notes, 0
    since = inquiry.when(first)
    added = [
        note
        for likely, note in chances
        if likely >= NEARLY * likeliest and inquiry.when(note) >= since
    ]
    group = inquiry.newest_first([*(notes if best in notes else [best]), *added])
    is_sure = table is not NOTED or likeliest >= LEAST_MARKED
    return group, 0 if is_sure else group.index(best)


def _with_told(inquiry: Inquiry, notes: list[int], told: list[int]) -> tuple[list[int], int]:
    """Return statements, and turns told otherwise than the hit behind them, as `with_newer` does.

    Those are sure that say outright that the value is another one.
    """
    hit, texts = told[-1], inquiry.snapshot.texts
    slot = asked_slot(inquiry.question, inquiry.words, texts[hit])
    group = inquiry.newest_first({*notes, *told})
    known = {*notes, hit}
    sure = (at for at, n in enumerate(group) if n in known or is_plain_change(slot, texts[n]))
    return group, next(sure)


def newer_turns(inquiry: Inquiry, found: Sequence[int], place: int) -> list[Newer]:
    """Return the newer turns among the first hits of the speaker of the one at some place."""
    snapshot, terms = inquiry.snapshot, inquiry.terms
    if place >= len(found):
        return []
    best = found[place]
    own = [note for note in found if snapshot.speaker[note] == snapshot.speaker[best]]
    newer = [note for note in own if inquiry.when(note) > inquiry.when(best)]
    if not newer:
        return []
    weights = {n: float(inquiry.words.idf[n]) for n in terms.values() if n >= 0}
    shares = inquiry.held.by_note([best, *newer])
    told = {note: read_told(snapshot, inquiry.words, note, shares[note]) for note in shares}
    places = {note: (place, at) for at, note in enumerate(found)}
    signs = {note: signs_of(weights, terms, told[best], told[note], places[note]) for note in newer}
    if not is_noted(inquiry.question.text, snapshot.texts[best]):
        return [Newer(best, note, signs[note], is_restated=False) for note in newer]
    wording = Wording.of(inquiry.question.text, {note: snapshot.texts[note] for note in own})
    worded = {note: {**signs[note], **_worded(inquiry, wording, best, note)} for note in newer}
    return [
        Newer(best, note, found, _is_restated(found, wording.in_order(best)))
        for note, found in worded.items()
    ]


def table_for(inquiry: Inquiry, pair: Newer) -> tuple[Table, float]:
    """Return the table that tells how likely a pair's newer turn replaces the hit, and its bar."""
    if pair.signs["best_held"] < COVERED:
        return TOLD, LEAST_TOLD
    if "in_order" in pair.signs:
        return NOTED, LEAST_NOTED
    return (STATED, LEAST_STATED) if _stands_alone(inquiry, pair.best) else (TOLD, LEAST_TOLD)


def _worded(inquiry: Inquiry, wording: Wording, best: int, newer: int) -> Signs:
    """Return the signs of how a newer turn puts what is asked, beside the other first hits."""
    others = [note for note in wording.said if note not in (best, newer)]
    rivals = [note for note in others if inquiry.when(note) > inquiry.when(best)]
    older = [note for note in others if inquiry.when(note) < inquiry.when(newer)]
    return wording.signs(best, newer, rivals, older)


def _is_restated(signs: Signs, noted: float) -> bool:
    """Tell whether a newer turn says most of what its hit notes, and mostly in the same order."""
    is_in_order = signs["in_order"] >= RESTATED * noted
    return is_in_order and signs["held"] >= HELD_AGAIN * signs["best_held"]


def _may_replace(slot: AskedSlot, pair: Newer, text: str) -> bool:
    """Tell whether a newer turn shows that it gives the slot a value, of now and of the sort."""
    said = slot.said_in(text) if pair.is_restated else ""
    if said and slot.people <= content_terms(said):
        return True
    return tells_of_change(pair.signs) and may_be_newer(slot, text)


def _stands_alone(inquiry: Inquiry, note: int) -> bool:
    """Tell whether a turn says little beside what is asked."""
    return len(inquiry.words.notes.row(note)[0]) <= len(inquiry.terms) + MORE
