"""Changes -> journal rows, inside an open transaction."""

from collections.abc import Sequence

from graphmem.errors import MissingRecordError, StoreError
from graphmem.graph.journal import accepted, with_changes
from graphmem.graph.sqlite import statements as sql
from graphmem.graph.sqlite.read import Reader
from graphmem.graph.sqlite.rows import as_json, change_row
from graphmem.graph.sqlite.transaction import Transaction
from graphmem.types import Change


def append_changes(tx: Transaction, changes: Sequence[Change]) -> None:
    """Append changes to the journal. Raises MissingRecordError or StoreError."""
    named = {change.note for change in changes}
    named |= {c.after for c in changes if c.field == "superseded_by" and c.after is not None}
    numbers = tx.note_numbers(named)
    absent = sorted(named - numbers.keys())
    if absent:
        raise MissingRecordError("note", absent)
    notes = Reader(tx.db, tx.scope, tx.scope_no).notes(sorted(numbers))
    for change in changes:
        if tx.db.execute(sql.HAS_CHANGE, (tx.scope_no, change.id)).fetchone():
            raise StoreError(f"change {change.id} is in the journal already")
        fitting = accepted(change, notes[change.note])
        notes[change.note] = with_changes(notes[change.note], [fitting])
        tx.db.execute(sql.ADD_CHANGE, change_row(fitting, tx.scope_no, numbers[change.note]))
    touched = as_json(numbers[change.note] for change in changes)
    tx.touch_sessions(no for (no,) in tx.db.execute(sql.SESSIONS_OF_NOTES, (touched,)).fetchall())
