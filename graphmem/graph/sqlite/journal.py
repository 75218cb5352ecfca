"""Changes -> journal rows, and rows taken back, inside an open transaction."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence, Set

from graphmem.changes import (
    Change,
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
    without_owners,
)
from graphmem.graph.records import canonical, json_value
from graphmem.graph.sqlite import statements as sql
from graphmem.graph.sqlite.read import Reader
from graphmem.graph.sqlite.rows import as_json, change_row
from graphmem.graph.sqlite.transaction import Transaction
from graphmem.types import ChangeId, EntityId, NoteId


def append_changes(tx: Transaction, changes: Sequence[Change]) -> None:
    """Append changes to the journal. Raises MissingRecordError or StoreError."""
    ledger = _ledger(tx, changes)
    numbers = tx.note_numbers(ledger.notes)
    for change in changes:
        made = ledger.accept(change)
        is_field = isinstance(made.target, NoteField)
        note_no = numbers[owner_of(made.target)] if is_field else None
        row = change_row(made, tx.scope_no, note_no)
        (seq,) = tx.db.execute(sql.ADD_CHANGE, row).fetchone()
        needs = [(tx.scope_no, id_, seq) for id_ in sorted(hangs_on(made))]
        tx.db.executemany(sql.ADD_NEED, needs)
    _settle(tx, ledger.accepted)


def take_back(tx: Transaction, ids: Sequence[ChangeId]) -> None:
    """Take changes out of the journal. Raises MissingRecordError or StoreError."""
    reader, gone = Reader(tx.db, tx.scope, tx.scope_no), set(ids)
    found = reader.records("change", ids)
    absent = sorted(gone - found.keys())
    if absent:
        raise MissingRecordError("change", absent)
    owners = {owner_of(change.target) for change in found.values()} | _owners_in_need(tx, gone)
    journal = reader.journals(owners)
    refuse_dependents(journal, gone)
    _replace(tx, journal, rebased(journal, gone), gone)
    tx.db.execute(sql.ERASE_LINKS_BY_ORIGIN, (tx.scope_no, as_json(gone)))


def take_back_what_hangs_on(tx: Transaction, erased: Set[str]) -> set[ChangeId]:
    """Take back the changes that hang on something erased; return the ids of those that go."""
    was, kept, gone = without_owners(
        erased,
        in_need=lambda ids: _owners_in_need(tx, ids),
        journal_of=Reader(tx.db, tx.scope, tx.scope_no).journals,
    )
    if gone:
        _replace(tx, was, kept, gone)
    return gone


def drop_nameless(tx: Transaction) -> None:
    """Take back what was said of entities that no note names any more."""
    journal = Reader(tx.db, tx.scope, tx.scope_no).identity_changes()
    named = {entity for change in journal for entity in entities_named(change)}
    if named:
        take_back_what_hangs_on(tx, named - _entities(tx, named))


def _ledger(tx: Transaction, changes: Sequence[Change]) -> Ledger:
    """Return what is stored of all that the changes name."""
    reader = Reader(tx.db, tx.scope, tx.scope_no)
    notes = {id_ for change in changes for id_ in (*notes_named(change), *change.evidence)}
    others = {owner_of(c.target) for c in changes if not isinstance(c.target, NoteField)}
    ids = as_json({id_ for change in changes for id_ in (change.id, *change.depends_on)})
    return Ledger(
        notes={NoteId(id_): note for id_, note in reader.notes(sorted(notes)).items()},
        episodes=tx.places(id_ for change in changes for id_ in change.evidence),
        entities=_entities(tx, {id_ for change in changes for id_ in entities_named(change)}),
        values=values_of(reader.journals(others)),
        same=dict(Identities.of(reader.identity_changes()).same),
        known={id_ for (id_,) in tx.db.execute(sql.KNOWN_CHANGES, (tx.scope_no, ids))},
    )


def _entities(tx: Transaction, ids: Iterable[EntityId]) -> set[EntityId]:
    rows = tx.db.execute(sql.NAMED_ENTITIES, (tx.scope_no, as_json(ids)))
    return {id_ for (id_,) in rows}


def _owners_in_need(tx: Transaction, ids: Iterable[str]) -> set[str]:
    """Return the records that have a change which hangs on one of the ids."""
    return {id_ for (id_,) in tx.db.execute(sql.OWNERS_IN_NEED, (tx.scope_no, as_json(ids)))}


def _replace(
    tx: Transaction, was: Sequence[Change], now: Sequence[Change], gone: Collection[ChangeId]
) -> None:
    """Write a journal over what it was: without some changes, others with another start."""
    erased = (tx.scope_no, as_json(gone))
    tx.db.execute(sql.ERASE_NEEDS, erased)
    tx.db.execute(sql.ERASE_CHANGES, erased)
    before = {change.id: change.before for change in was}
    rebased_rows = [
        (canonical(json_value(change.before)), tx.scope_no, change.id)
        for change in now
        if change.before != before[change.id]
    ]
    tx.db.executemany(sql.REWRITE_BEFORE, rebased_rows)
    _settle(tx, [change for change in was if change.id in gone])


def _settle(tx: Transaction, changes: Sequence[Change]) -> None:
    """Show what was changed, or taken back: touch the sessions of notes, write the links."""
    fields = [c.target.note for c in changes if isinstance(c.target, NoteField)]
    numbers = as_json(tx.note_numbers(fields).values())
    tx.touch_sessions(no for (no,) in tx.db.execute(sql.SESSIONS_OF_NOTES, (numbers,)).fetchall())
    links: defaultdict[LinkTarget, set[ChangeId]] = defaultdict(set)
    for change in changes:
        if isinstance(change.target, LinkTarget):
            links[change.target].add(change.id)
    if links:
        _settle_links(tx, links)


def _settle_links(tx: Transaction, targets: dict[LinkTarget, set[ChangeId]]) -> None:
    """Write the links of these targets as the journal has them now; their ids just changed."""
    reader = Reader(tx.db, tx.scope, tx.scope_no)
    journal = reader.journals({target.source for target in targets})
    mine = [change for change in journal if change.target in targets]
    for change in mine:
        if isinstance(change.target, LinkTarget):
            targets[change.target].add(change.id)
    numbers = tx.note_numbers({id_ for t in targets for id_ in (t.source, t.target)})
    for target, contributors in targets.items():
        if numbers.keys() >= {target.source, target.target}:
            ends = numbers[target.source], numbers[target.target]
            tx.db.execute(sql.ERASE_LINKS_OF_CHAIN, (*ends, target.kind, as_json(contributors)))
    tx.db.executemany(
        sql.PUT_LINK,
        [
            (numbers[li.source], numbers[li.target], li.kind, li.origin, tx.scope_no, li.weight)
            for li in links_made(mine)
        ],
    )
