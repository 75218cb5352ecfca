"""Erasing inside an open transaction, with all that hangs on what goes."""

from collections.abc import Callable, Collection, Sequence
from dataclasses import replace
from datetime import datetime

from graphmem.batches import WriteCounts
from graphmem.changes import Change
from graphmem.errors import MissingRecordError
from graphmem.graph.journal import with_changes, without
from graphmem.graph.neo4j import statements
from graphmem.graph.neo4j.rows import changeable_properties, parted, sent_moment
from graphmem.graph.neo4j.transaction import Transaction
from graphmem.graph.records import canonical, json_value
from graphmem.named import entity_of
from graphmem.types import EpisodeId, NoteId


def delete(
    tx: Transaction,
    origins: Sequence[EpisodeId],
    *,
    deleted_at: datetime,
    write_rest: Callable[[], WriteCounts],
) -> WriteCounts:
    """Erase episodes and what came from them, then write what is derived again."""
    gone = list(dict.fromkeys(origins))
    homes = dict(tx.rows(statements.HOMES, {"episodes": gone}))
    absent = [id_ for id_ in gone if id_ not in homes]
    if absent:
        raise MissingRecordError("episode", absent)
    sessions = set(homes.values())
    tx.touched.update(sessions)
    tx.reordered.update(sessions)
    derived = [id_ for (id_,) in tx.rows(statements.NOTES_OF_EPISODES, {"episodes": gone})]
    erase_notes(tx, derived, gone)
    tx.rows(statements.BURY, {"episodes": gone, "deleted_at": sent_moment(deleted_at)})
    counts = write_rest()
    tx.rows(statements.ERASE_EMPTY_SESSIONS, {"sessions": sorted(sessions)})
    return replace(
        counts,
        episodes_deleted=len(gone),
        notes_deleted=counts.notes_deleted + len(derived),
    )


def erase_notes(tx: Transaction, notes: Sequence[NoteId], episodes: Collection[EpisodeId]) -> None:
    """Erase notes, and the links that they or the episodes contribute."""
    taken_back: set[str] = set()
    if notes:
        tx.touch_sessions_of(notes)
        erase_found(tx, notes)
        tx.rows(statements.ERASE_NOTES, {"notes": list(notes)})
        taken_back = _take_back(tx, notes)
    contributors = [*notes, *episodes, *sorted(taken_back)]
    if contributors:
        tx.rows(statements.ERASE_LINKS, {"origins": contributors})


def erase_found(tx: Transaction, notes: Sequence[NoteId]) -> None:
    """Erase mentions and claims of notes; entities and facts are settled by the next write."""
    if not notes:
        return
    for entity, name in tx.rows(statements.ERASE_MENTIONS, {"notes": list(notes)}):
        tx.uses[entity, name] -= 1
    for fact, subject, object_ in tx.rows(statements.ERASE_CLAIMS, {"notes": list(notes)}):
        tx.facts.add(fact)
        for end in (subject, object_):
            tx.uses[entity_of(tx.scope, end), end] -= 1


def _take_back(tx: Transaction, erased: Sequence[NoteId]) -> set[str]:
    """Re-open what the erased notes had superseded; return the ids of the changes that go."""
    reopened = [id_ for (id_,) in tx.rows(statements.SUPERSEDED, {"ids": list(erased)})]
    if not reopened:
        return set()
    gone: set[str] = set()
    restarted: list[Change] = []
    kept: dict[NoteId, Sequence[Change]] = {}
    for note, changes in tx.journals(reopened).items():
        kept[note], taken_back = without(changes, set(erased))
        gone |= taken_back
        before = {change.id: change.before for change in changes}
        restarted += [change for change in kept[note] if change.before != before[change.id]]
    tx.rows(statements.ERASE_CHANGES, {"ids": sorted(gone)})
    rows = [
        {"id": change.id, **parted({"before": canonical(json_value(change.before))})}
        for change in restarted
    ]
    tx.rows(statements.SET_CHANGES, {"rows": rows})
    settle_notes(tx, kept)
    return gone


def settle_notes(tx: Transaction, journals: dict[NoteId, Sequence[Change]]) -> None:
    """Show stored notes with these changes, and only these, applied."""
    derived = tx.derived_notes(journals)
    rows = [
        {"id": id_, **parted(changeable_properties(note, with_changes(note, journals[id_])))}
        for id_, note in derived.items()
    ]
    tx.rows(statements.SETTLE_NOTES, {"rows": rows})
    tx.rows(statements.DISCONNECT, {"notes": list(derived)})
    tx.rows(statements.CONNECT_TO_NEW, {"notes": list(derived)})
    tx.touched.update(note.session_id for note in derived.values())
