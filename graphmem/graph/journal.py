"""Changes over a note: what may change, whether a change fits, and the note with them applied."""

from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any

from graphmem.errors import StoreError
from graphmem.graph.records import json_value
from graphmem.types import Change, ChangeId, Note, NoteId


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


def native(field: str, value: object) -> object:
    """Return a change's value as the note holds it: ISO text as a time, a list as a tuple."""
    if field == "valid_until" and isinstance(value, str):
        return datetime.fromisoformat(value)
    return tuple(value) if field in ("keywords", "tags") and isinstance(value, list) else value


def accepted(change: Change, note: Note) -> Change:
    """Return the change with native values, if it fits the note as it stands now.

    Raises StoreError for a field that never changes, a value that the field cannot hold, or a
    `before` that is not the note's present value.
    """
    is_valid = CHANGEABLE.get(change.field)
    if is_valid is None:
        raise StoreError(
            f"a note's {change.field} never changes; one of these may: {', '.join(CHANGEABLE)}"
        )
    before, after = native(change.field, change.before), native(change.field, change.after)
    if not is_valid(after):
        raise StoreError(f"{json_value(after)!r} cannot be the {change.field} of a note")
    now = getattr(note, change.field)
    if before != now:
        raise StoreError(
            f"change {change.id} expects {change.field} of {note.id} to be "
            f"{json_value(before)!r}, but it is {json_value(now)!r} now"
        )
    return replace(change, before=before, after=after)


def with_changes(note: Note, changes: Iterable[Change]) -> Note:
    """Return the note with its changes applied in journal order."""
    values: dict[str, Any] = {change.field: change.after for change in changes}
    return replace(note, **values) if values else note


def without(
    changes: Sequence[Change], erased: Collection[NoteId]
) -> tuple[tuple[Change, ...], set[ChangeId]]:
    """Take back, of one note's changes, those by which an erased note superseded it.

    A change of `valid_until` goes with the one of `superseded_by` that has the same author, run
    and time. A later change of the field then starts from what was before. Returns the changes
    that stay, and the ids of those that go.
    """
    named = [c for c in changes if c.field == "superseded_by" and c.after in erased]
    acts = {(c.author, c.run_id, c.at) for c in named}
    gone = {c.id for c in named} | {
        c.id for c in changes if c.field == "valid_until" and (c.author, c.run_id, c.at) in acts
    }
    kept: list[Change] = []
    start: dict[str, object] = {}
    for change in changes:
        if change.id in gone:
            start.setdefault(change.field, change.before)
        elif change.field in start:
            kept.append(replace(change, before=start.pop(change.field)))
        else:
            kept.append(change)
    return tuple(kept), gone
