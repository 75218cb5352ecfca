"""Changes -> the journal, inside an open transaction."""

from collections.abc import Sequence

from graphmem.changes import Change
from graphmem.errors import MissingRecordError, StoreError
from graphmem.graph.journal import accepted, note_field, notes_named, with_changes
from graphmem.graph.neo4j import statements
from graphmem.graph.neo4j.erase import settle_notes
from graphmem.graph.neo4j.rows import change_properties, parted
from graphmem.graph.neo4j.transaction import Transaction
from graphmem.types import NoteId


def append_changes(tx: Transaction, changes: Sequence[Change]) -> None:
    """Append changes to the journal. Raises MissingRecordError or StoreError."""
    named = notes_named(changes)
    derived = tx.derived_notes(sorted(named))
    absent = sorted(named - derived.keys())
    if absent:
        raise MissingRecordError("note", absent)
    ((known,),) = tx.rows(statements.KNOWN_CHANGES, {"ids": [change.id for change in changes]})
    ids = set(known)
    journals = tx.journals(sorted(derived))
    notes = {id_: with_changes(note, journals.get(id_, ())) for id_, note in derived.items()}
    touched: dict[NoteId, Sequence[Change]] = {}
    rows = []
    for change in changes:
        if change.id in ids:
            raise StoreError(f"change {change.id} is in the journal already")
        note = note_field(change).note
        fitting = accepted(change, notes[note])
        ids.add(change.id)
        notes[note] = with_changes(notes[note], [fitting])
        touched[note] = (*touched.get(note, journals.get(note, ())), fitting)
        rows.append(
            {
                "id": fitting.id,
                "note": note,
                **parted(change_properties(fitting, tx.next_number())),
            }
        )
    tx.rows(statements.ADD_CHANGES, {"rows": rows})
    settle_notes(tx, touched)
    tx.finish()
