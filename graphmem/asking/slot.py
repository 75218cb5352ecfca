"""The values of a slot in order of time, with their sources, read for a question; none is stored.

What a person or an application replaced is out of search, and part of the timeline all the same:
the journal says what each statement superseded.
"""

import re
from collections import defaultdict
from collections.abc import Sequence
from datetime import UTC, datetime

from graphmem.changes import NoteField, successor
from graphmem.contracts import GraphStore
from graphmem.overview import Slot, SlotValue
from graphmem.retrieve import Stated
from graphmem.retrieve.columns import read_present
from graphmem.types import Note, NoteId, ScopeKey

_VERB = re.compile(r"(\b(?:[A-Z][\w-]*|he|she|it|who|one) )(live|leave)s\b")
"""After whoever does it this is a verb, and no plural of life or leaf."""
_EVER = datetime.min.replace(tzinfo=UTC)


def asked_plainly(about: str) -> str:
    """Return what is asked with the verbs as whoever does it says them: `Ana live`."""
    return _VERB.sub(r"\1\2", about)


def slot_of(store: GraphStore, scope: ScopeKey, about: str, found: Sequence[Stated]) -> Slot:
    """Return the slot that some statements, oldest first, and what they superseded make."""
    stated = {one.note: one for one in found}
    before = _superseded(store, scope, list(stated))
    notes = read_present(store, "note", scope, [*stated, *before])
    ordered = sorted(notes.values(), key=lambda note: (note.said_at or _EVER, note.id))
    marks = _marks([stated[note.id] for note in ordered if note.id in stated])
    marks |= {note.id: _replaced(note) for note in ordered if note.id in before}
    episodes = store.read("episode", scope, [note.origins[0] for note in ordered])
    sessions = store.read("session", scope, [episode.session_id for episode in episodes])
    values = (
        SlotValue(
            said=_said(note, stated.get(note.id)),
            note=note,
            episode=episode,
            session=session,
            marks=marks[note.id],
        )
        for note, episode, session in zip(ordered, episodes, sessions, strict=True)
    )
    return Slot(about=about, values=tuple(values))


def _superseded(store: GraphStore, scope: ScopeKey, notes: Sequence[NoteId]) -> set[NoteId]:
    """Return the notes that some notes superseded, and those that these did; not those given."""
    older: defaultdict[NoteId, set[NoteId]] = defaultdict(set)
    for change in store.scan("change", scope):
        later = successor(change)
        if later is not None and isinstance(change.target, NoteField):
            older[later].add(change.target.note)
    found: set[NoteId] = set()
    left = list(notes)
    while left:
        fresh = older.pop(left.pop(), set()) - found
        found |= fresh
        left += fresh
    present = read_present(store, "note", scope, sorted(found - set(notes)))
    return {note.id for note in present.values() if note.superseded_by is not None}


def _marks(stated: Sequence[Stated]) -> dict[NoteId, tuple[str, ...]]:
    """Return what each statement is among the others: a run of the same value is one value."""
    starts = [i for i, one in enumerate(stated) if i == 0 or not _is_same(one, stated[i - 1])]
    marks: dict[NoteId, tuple[str, ...]] = {}
    for place, one in enumerate(stated):
        run = max(i for i in starts if i <= place)
        after = [i for i in starts if i > place]
        if place != run:
            marks[one.note] = ("said again",)
            continue
        standing = f"earlier; newer: {stated[after[0]].note}" if after else "current"
        denied = [i for i in starts if i < place and _denies(one, stated[i])]
        against = [f"contradicts {stated[i].note}" for i in denied[-1:]]
        marks[one.note] = (standing, *against)
    return marks


def _denies(one: Stated, before: Stated) -> bool:
    """Tell whether a statement and an earlier one say of the same that it is so, and is not."""
    shared = not one.value.isdisjoint(before.value)
    return one.denies != before.denies and (shared or not (one.value and before.value))


def _is_same(one: Stated, before: Stated) -> bool:
    """Tell whether a statement says what the one before it says, in more or fewer words."""
    if one.denies != before.denies:
        return False
    if not one.value or not before.value:
        return one.value == before.value
    return one.value <= before.value or before.value <= one.value


def _replaced(note: Note) -> tuple[str, ...]:
    was_true = note.valid_until is None or note.valid_until > (note.said_at or _EVER)
    return (f"{'earlier' if was_true else 'corrected'}; newer: {note.superseded_by}",)


def _said(note: Note, stated: Stated | None) -> str:
    if stated is None:
        return note.text
    return " ".join(note.text[start:end] for start, end in stated.parts)
