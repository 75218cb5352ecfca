"""Erasing inside an open transaction, with all that hangs on what goes."""

from collections.abc import Callable, Collection, Sequence
from dataclasses import replace
from datetime import datetime

from graphmem.batches import WriteCounts
from graphmem.errors import MissingRecordError
from graphmem.graph.neo4j import statements
from graphmem.graph.neo4j.journal import take_back_what_hangs_on
from graphmem.graph.neo4j.rows import sent_moment
from graphmem.graph.neo4j.transaction import Transaction
from graphmem.named import entity_of
from graphmem.types import EpisodeId, NoteId


def delete(
    tx: Transaction,
    origins: Sequence[EpisodeId],
    *,
    deleted_at: datetime,
    write_rest: Callable[[], WriteCounts],
) -> WriteCounts:
    """Erase episodes and what came from them, then write what is derived again.

    The scope forgets its states: what any client derived of them holds what goes here.
    """
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
    tx.rows(statements.FORGET_STATES, {})
    counts = write_rest()
    tx.rows(statements.ERASE_EMPTY_SESSIONS, {"sessions": sorted(sessions)})
    return replace(
        counts,
        episodes_deleted=len(gone),
        notes_deleted=counts.notes_deleted + len(derived),
    )


def erase_notes(tx: Transaction, notes: Sequence[NoteId], episodes: Collection[EpisodeId]) -> None:
    """Erase notes, and the links that they or the episodes contribute."""
    if notes:
        tx.touch_sessions_of(notes)
        erase_found(tx, notes)
    erased = {*notes, *episodes}
    contributors = sorted(erased | take_back_what_hangs_on(tx, erased))
    if notes:
        tx.rows(statements.ERASE_NOTES, {"notes": list(notes)})
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
