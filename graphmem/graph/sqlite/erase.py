"""Erasing rows inside an open transaction, with all that hangs on them."""

from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import replace
from datetime import datetime

from graphmem.batches import WriteCounts
from graphmem.errors import MissingRecordError
from graphmem.graph.sqlite import statements as sql
from graphmem.graph.sqlite.imports import erase_words
from graphmem.graph.sqlite.journal import take_back_what_hangs_on
from graphmem.graph.sqlite.rows import as_json
from graphmem.graph.sqlite.transaction import Transaction
from graphmem.types import EpisodeId


def delete(
    tx: Transaction,
    origins: Sequence[EpisodeId],
    *,
    deleted_at: datetime,
    write_rest: Callable[[], WriteCounts],
) -> WriteCounts:
    """Erase episodes and what came from them, then write what is derived again."""
    places = tx.places(origins)
    absent = [id_ for id_ in origins if id_ not in places]
    if absent:
        raise MissingRecordError("episode", absent)
    numbers = as_json(no for no, _, _ in places.values())
    sessions = {session_no for _, session_no, _ in places.values()}
    derived = tx.db.execute(sql.NOTES_OF_EPISODES, (numbers,)).fetchall()
    deleted = erase_notes(tx, [no for no, _ in derived], places)
    tx.db.execute(sql.ERASE_EPISODES, (numbers,))
    stone = deleted_at.isoformat()
    tx.db.executemany(sql.ADD_TOMBSTONE, [(tx.scope_no, id_, stone) for id_ in places])
    erase_words(tx.db, tx.scope)
    counts = write_rest()
    tx.db.execute(sql.ERASE_EMPTY_SESSIONS, (as_json(sessions),))
    return replace(
        counts, episodes_deleted=len(places), notes_deleted=counts.notes_deleted + deleted
    )


def erase_notes(tx: Transaction, numbers: Sequence[int], episodes: Collection[str]) -> int:
    """Erase notes, and the links that they or the episodes contribute; return how many notes."""
    gone = as_json(numbers)
    ids = [id_ for (id_,) in tx.db.execute(sql.NOTE_IDS, (gone,))]
    unused = names_of_notes(tx, numbers)
    tx.touch_sessions(no for (no,) in tx.db.execute(sql.SESSIONS_OF_NOTES, (gone,)))
    taken_back = take_back_what_hangs_on(tx, {*ids, *episodes})
    tx.db.execute(sql.ERASE_LINKS, (gone, gone))
    contributors = as_json([*ids, *episodes, *taken_back])
    tx.db.execute(sql.ERASE_LINKS_BY_ORIGIN, (tx.scope_no, contributors))
    for statement in (
        sql.ERASE_MENTIONS,
        sql.ERASE_CLAIMS,
        sql.ERASE_VECTORS,
        sql.ERASE_TOKENS,
        sql.ERASE_ORIGINS,
        sql.ERASE_NOTES,
    ):
        tx.db.execute(statement, (gone,))
    drop_unused_names(tx, unused)
    return len(ids)


def names_of_notes(tx: Transaction, numbers: Iterable[int]) -> list[int]:
    """Return the numbers of the names that the notes use."""
    gone = as_json(numbers)
    return [no for (no,) in tx.db.execute(sql.NAMES_OF_NOTES, (gone, gone, gone))]


def drop_unused_names(tx: Transaction, numbers: Iterable[int]) -> None:
    """Erase those of the names that nothing uses any more."""
    tx.db.execute(sql.ERASE_UNUSED_NAMES, (as_json(numbers),))
