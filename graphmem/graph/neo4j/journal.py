"""Changes -> the journal, and taken back out of it, inside an open transaction."""

from collections.abc import Collection, Iterable, Sequence, Set

from graphmem.changes import (
    Change,
    EntityTarget,
    LinkTarget,
    NoteField,
    entities_named,
    hangs_on,
    notes_named,
    owner_of,
)
from graphmem.errors import MissingRecordError
from graphmem.graph.journal import (
    Identities,
    Ledger,
    links_made,
    rebased,
    refuse_dependents,
    values_of,
    with_changes,
    without_owners,
)
from graphmem.graph.neo4j import queries, statements
from graphmem.graph.neo4j.change_rows import change_row, read_change
from graphmem.graph.neo4j.rows import changeable_properties, parted
from graphmem.graph.neo4j.transaction import Transaction
from graphmem.graph.records import canonical, json_value
from graphmem.types import ChangeId, EntityId, NoteId


def append_changes(tx: Transaction, changes: Sequence[Change]) -> None:
    """Append changes to the journal. Raises MissingRecordError or StoreError."""
    ledger = _ledger(tx, changes)
    made = [ledger.accept(change) for change in changes]
    rows = [change_row(change, tx.next_number()) for change in made]
    tx.rows(statements.ADD_CHANGES, {"rows": rows})
    _settle(tx, made)
    tx.finish()


def take_back(tx: Transaction, ids: Sequence[ChangeId]) -> None:
    """Take changes out of the journal. Raises MissingRecordError or StoreError."""
    gone = set(ids)
    rows = tx.rows(queries.CHANGES, {"ids": sorted(gone)})
    found = [read_change(properties, tx.scope) for _, properties in rows]
    absent = sorted(gone - {change.id for change in found})
    if absent:
        raise MissingRecordError("change", absent)
    journal = tx.journal({owner_of(change.target) for change in found} | _in_need(tx, gone))
    refuse_dependents(journal, gone)
    _replace(tx, journal, rebased(journal, gone), gone)
    tx.rows(statements.ERASE_LINKS, {"origins": sorted(gone)})
    tx.finish()


def take_back_what_hangs_on(tx: Transaction, erased: Set[str]) -> set[ChangeId]:
    """Take back the changes that hang on something erased; return the ids of those that go."""
    was, kept, gone = without_owners(
        erased, in_need=lambda ids: _in_need(tx, ids), journal_of=tx.journal
    )
    if gone:
        _replace(tx, was, kept, gone)
    return gone


def settle_identities(tx: Transaction) -> None:
    """Take back what was said of entities that no note names any more; draw the rest again."""
    journal = tx.identity_changes()
    if not journal:
        return
    named = {entity for change in journal for entity in entities_named(change)}
    if take_back_what_hangs_on(tx, named - _entities(tx, named)):
        journal = tx.identity_changes()
    _unite(tx, journal)


def _ledger(tx: Transaction, changes: Sequence[Change]) -> Ledger:
    """Return what is stored of all that the changes name."""
    notes = {id_ for change in changes for id_ in (*notes_named(change), *change.evidence)}
    others = {owner_of(c.target) for c in changes if not isinstance(c.target, NoteField)}
    derived, journals = tx.derived_notes(sorted(notes)), tx.journals({*notes, *others})
    ids = {id_ for change in changes for id_ in (change.id, *hangs_on(change))}
    ((_, episodes, entities, known),) = tx.rows(statements.PRESENT_NEEDS, {"ids": sorted(ids)})
    return Ledger(
        notes={id_: with_changes(note, journals.get(id_, ())) for id_, note in derived.items()},
        episodes=episodes,
        entities=entities,
        values=values_of(c for owner in others for c in journals.get(owner, ())),
        same=dict(Identities.of(tx.identity_changes()).same),
        known=set(known),
    )


def _entities(tx: Transaction, ids: Iterable[EntityId]) -> set[EntityId]:
    ((_, _, found, _),) = tx.rows(statements.PRESENT_NEEDS, {"ids": sorted(ids)})
    return set(found)


def _in_need(tx: Transaction, ids: Iterable[str]) -> set[str]:
    """Return the records that have a change which hangs on one of the ids."""
    rows = tx.rows(statements.OWNERS_IN_NEED, {"ids": sorted(ids)})
    return {owner for (owner,) in rows}


def _replace(
    tx: Transaction, was: Sequence[Change], now: Sequence[Change], gone: Collection[ChangeId]
) -> None:
    """Write a journal over what it was: without some changes, others with another start."""
    tx.rows(statements.ERASE_CHANGES, {"ids": sorted(gone)})
    before = {change.id: change.before for change in was}
    rows = [
        {"id": change.id, **parted({"before": canonical(json_value(change.before))})}
        for change in now
        if change.before != before[change.id]
    ]
    tx.rows(statements.SET_CHANGES, {"rows": rows})
    _settle(tx, [change for change in was if change.id in gone])


def _settle(tx: Transaction, changes: Sequence[Change]) -> None:
    """Show notes, links and entities as the journal has them now that these have changed."""
    notes = {change.target.note for change in changes if isinstance(change.target, NoteField)}
    if notes:
        settle_notes(tx, notes)
    links = {change.target for change in changes if isinstance(change.target, LinkTarget)}
    if links:
        _settle_links(tx, links, {change.id for change in changes})
    entities = {c.target.entity for c in changes if isinstance(c.target, EntityTarget)}
    if entities:
        tx.rows(statements.SEPARATE, {"entities": sorted(entities)})
        _unite(tx, tx.identity_changes())


def settle_notes(tx: Transaction, notes: Collection[NoteId]) -> None:
    """Show stored notes with their changes, and only these, applied."""
    derived, journals = tx.derived_notes(sorted(notes)), tx.journals(notes)
    rows = [
        {
            "id": id_,
            **parted(changeable_properties(note, with_changes(note, journals.get(id_, ())))),
        }
        for id_, note in derived.items()
    ]
    tx.rows(statements.SETTLE_NOTES, {"rows": rows})
    tx.rows(statements.DISCONNECT, {"notes": list(derived)})
    tx.rows(statements.CONNECT_TO_NEW, {"notes": list(derived)})
    tx.touched.update(note.session_id for note in derived.values())


def _settle_links(tx: Transaction, targets: Collection[LinkTarget], ids: set[ChangeId]) -> None:
    """Write the links of these targets as the journal has them now; `ids` were just changed."""
    journal = tx.journal({target.source for target in targets})
    mine = [change for change in journal if change.target in targets]
    rows = [{"source": t.source, "target": t.target, "kind": t.kind} for t in targets]
    origins = sorted({*ids, *(change.id for change in mine)})
    tx.rows(statements.ERASE_LINKS_OF_CHAIN, {"rows": rows, "origins": origins})
    made = [
        {
            "source": link.source,
            "target": link.target,
            "kind": link.kind,
            "origin": link.origin,
            "weight": link.weight,
        }
        for link in links_made(mine)
    ]
    tx.rows(statements.PUT_LINKS, {"rows": made})


def _unite(tx: Transaction, journal: Sequence[Change]) -> None:
    same = Identities.of(journal).same
    rows = [{"entity": entity, "same_as": other} for entity, other in same.items()]
    tx.rows(statements.UNITE, {"rows": rows})
