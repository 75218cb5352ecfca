"""Changes over a note: what may change, whether a change fits, and the note with them applied."""

from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any

from graphmem.changes import Change, EntityTarget, LinkTarget, NoteField
from graphmem.errors import StoreError
from graphmem.graph.records import json_value
from graphmem.types import ChangeId, Note, NoteId


def _is_text(value: object) -> bool:
    return isinstance(value, str)


def _is_texts(value: object) -> bool:
    return isinstance(value, tuple) and all(map(_is_text, value))


def _is_id(value: object) -> bool:
    return value is None or (isinstance(value, str) and value != "")


def _is_moment(value: object) -> bool:
    return value is None or (isinstance(value, datetime) and value.utcoffset() is not None)


def _is_strength(value: object) -> bool:
    return isinstance(value, int | float) and 0 < value <= 1


def _is_days(value: object) -> bool:
    return value is None or (isinstance(value, int | float) and value > 0)


CHANGEABLE: dict[str, Callable[[object], bool]] = {
    "context": _is_text,
    "keywords": _is_texts,
    "tags": _is_texts,
    "valid_until": _is_moment,
    "superseded_by": _is_id,
    "strength": _is_strength,
    "half_life_days": _is_days,
}
"""The fields of a note that a change may name, and what each may be."""


_LISTED = ", ".join(CHANGEABLE)
_NAMED = {LinkTarget: "a link", EntityTarget: "an entity's identity"}


def native(field: str, value: object) -> object:
    """Return a change's value as the note holds it: ISO text as a time, a list as a tuple."""
    if field == "valid_until" and isinstance(value, str):
        return datetime.fromisoformat(value)
    return tuple(value) if field in ("keywords", "tags") and isinstance(value, list) else value


def note_field(change: Change) -> NoteField:
    """Return the field of a note that a change is of: no journal holds any other target so far.

    Raises StoreError for a change of a link or an entity.
    """
    if not isinstance(change.target, NoteField):
        raise StoreError(
            f"change {change.id} is of {_NAMED[type(change.target)]}: no store applies such a "
            "change yet, only those of a note's field"
        )
    return change.target


def successor(change: Change) -> NoteId | None:
    """Return the note that supersedes another by a change, if it says so. Raises StoreError."""
    is_named = note_field(change).field == "superseded_by" and isinstance(change.after, str)
    return NoteId(change.after) if is_named else None


def notes_named(changes: Iterable[Change]) -> set[NoteId]:
    """Return the notes that must be there: those changed, and their successors."""
    named: set[NoteId] = set()
    for change in changes:
        later = successor(change)
        named |= {note_field(change).note, *([] if later is None else [later])}
    return named


def accepted(change: Change, note: Note) -> Change:
    """Return the change with native values, if it fits the note as it stands now.

    Raises StoreError for a target that is no note's field, a field that never changes, a value
    that the field cannot hold, or a `before` that is not the note's present value.
    """
    field = note_field(change).field
    is_valid = CHANGEABLE.get(field)
    if is_valid is None:
        raise StoreError(f"a note's {field} never changes; one of these may: {_LISTED}")
    before, after = native(field, change.before), native(field, change.after)
    if not is_valid(after):
        raise StoreError(f"{json_value(after)!r} cannot be the {field} of a note")
    now = getattr(note, field)
    if before != now:
        raise StoreError(
            f"change {change.id} expects {field} of {note.id} to be "
            f"{json_value(before)!r}, but it is {json_value(now)!r} now"
        )
    return replace(change, before=before, after=after)


def with_changes(note: Note, changes: Iterable[Change]) -> Note:
    """Return the note with its changes applied in journal order."""
    values: dict[str, Any] = {note_field(change).field: change.after for change in changes}
    return replace(note, **values) if values else note


def without(
    changes: Sequence[Change], erased: Collection[NoteId]
) -> tuple[tuple[Change, ...], set[ChangeId]]:
    """Take back, of one note's changes, those by which an erased note superseded it.

    A change of `valid_until` goes with the one of `superseded_by` that has the same author, run
    and time. A later change of the field then starts from what was before. Returns the changes
    that stay, and the ids of those that go.
    """
    named = [change for change in changes if successor(change) in erased]
    acts = {(c.author, c.run_id, c.at) for c in named}
    ends = [change for change in changes if note_field(change).field == "valid_until"]
    gone = {c.id for c in named} | {c.id for c in ends if (c.author, c.run_id, c.at) in acts}
    kept: list[Change] = []
    start: dict[str, object] = {}
    for change in changes:
        field = note_field(change).field
        if change.id in gone:
            start.setdefault(field, change.before)
        elif field in start:
            kept.append(replace(change, before=start.pop(field)))
        else:
            kept.append(change)
    return tuple(kept), gone
