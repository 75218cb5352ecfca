"""Changes -> journal rows, inside an open transaction."""

from collections.abc import Sequence

from graphmem.changes import Change
from graphmem.errors import MissingRecordError, StoreError
from graphmem.graph.journal import accepted, note_field, notes_named, with_changes
from graphmem.graph.sqlite import statements as sql
from graphmem.graph.sqlite.read import Reader
from graphmem.graph.sqlite.rows import as_json, change_row
from graphmem.graph.sqlite.transaction import Transaction


def append_changes(tx: Transaction, changes: Sequence[Change]) -> None:
    """Append changes to the journal. Raises MissingRecordError or StoreError."""
    named = notes_named(changes)
    numbers = tx.note_numbers(named)
    absent = sorted(named - numbers.keys())
    if absent:
        raise MissingRecordError("note", absent)
    notes = Reader(tx.db, tx.scope, tx.scope_no).notes(sorted(numbers))
    for change in changes:
        if tx.db.execute(sql.HAS_CHANGE, (tx.scope_no, change.id)).fetchone():
            raise StoreError(f"change {change.id} is in the journal already")
        note = note_field(change).note
        fitting = accepted(change, notes[note])
        notes[note] = with_changes(notes[note], [fitting])
        tx.db.execute(sql.ADD_CHANGE, change_row(fitting, tx.scope_no, numbers[note]))
    touched = as_json(numbers[note_field(change).note] for change in changes)
    tx.touch_sessions(no for (no,) in tx.db.execute(sql.SESSIONS_OF_NOTES, (touched,)).fetchall())
