"""Changes -> the journal, inside an open transaction."""

from collections.abc import Sequence

from graphmem.errors import MissingRecordError, StoreError
from graphmem.graph.journal import accepted, with_changes
from graphmem.graph.neo4j import statements
from graphmem.graph.neo4j.erase import settle_notes
from graphmem.graph.neo4j.rows import change_properties, parted
from graphmem.graph.neo4j.transaction import Transaction
from graphmem.types import Change, NoteId


def append_changes(tx: Transaction, changes: Sequence[Change]) -> None:
    """Append changes to the journal. Raises MissingRecordError or StoreError."""
    named: set[str] = {change.note for change in changes}
    named |= {c.after for c in changes if c.field == "superseded_by" and isinstance(c.after, str)}
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
        fitting = accepted(change, notes[change.note])
        ids.add(change.id)
        notes[change.note] = with_changes(notes[change.note], [fitting])
        history = touched.get(change.note, journals.get(change.note, ()))
        touched[change.note] = (*history, fitting)
        rows.append(
            {
                "id": fitting.id,
                "note": fitting.note,
                **parted(change_properties(fitting, tx.next_number())),
            }
        )
    tx.rows(statements.ADD_CHANGES, {"rows": rows})
    settle_notes(tx, touched)
    tx.finish()
