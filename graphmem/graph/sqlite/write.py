"""A batch -> rows, inside an open transaction."""

import sqlite3
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import replace
from itertools import count

from graphmem.batches import Batch, NoteRecord, Tombstone, WriteCounts
from graphmem.errors import StoreError
from graphmem.graph.records import canonical
from graphmem.graph.snapshot.block import stored_vectors
from graphmem.graph.sqlite import statements as sql
from graphmem.graph.sqlite.erase import drop_unused_names, erase_notes, names_of_notes
from graphmem.graph.sqlite.journal import drop_nameless
from graphmem.graph.sqlite.rows import (
    as_json,
    claim_row,
    episode_row,
    mention_row,
    note_row,
    vector_blobs,
)
from graphmem.graph.sqlite.texts import text_column
from graphmem.graph.sqlite.transaction import Origin, Transaction
from graphmem.graph.validate import (
    buried_message,
    check_references,
    origins_outside,
    refuse_live,
    rewritten_message,
)
from graphmem.named import entity_of
from graphmem.types import Episode, EpisodeId, Note, NoteId, Session

Origins = Mapping[EpisodeId, Origin]


def write(tx: Transaction, batch: Batch) -> WriteCounts:
    """Upsert a batch whose form was checked."""
    tx.db.execute(sql.LIFT_TOMBSTONES, (tx.scope_no, as_json(batch.restored)))
    _bury(tx, batch.buried)
    _check(tx, batch)
    sessions_added = _write_sessions(tx, batch.sessions)
    episodes = {episode.id: episode for episode in batch.episodes}
    known = _write_episodes(tx, episodes)
    dropped = erase_notes(tx, list(tx.note_numbers(batch.dropped).values()), ())
    counts = _write_notes(tx, {record.note.id: record for record in batch.notes})
    drop_nameless(tx)
    return replace(
        counts,
        sessions_added=sessions_added,
        episodes_added=len(episodes) - known,
        episodes_known=known,
        notes_deleted=dropped,
        links_added=_write_links(tx, batch),
    )


def _bury(tx: Transaction, stones: Sequence[Tombstone]) -> None:
    refuse_live(tx.places(stone.episode for stone in stones))
    rows = [(tx.scope_no, stone.episode, stone.deleted_at.isoformat()) for stone in stones]
    tx.db.executemany(sql.ADD_TOMBSTONE, rows)


def _check(tx: Transaction, batch: Batch) -> None:
    buried = tx.db.execute(
        sql.BURIED, (tx.scope_no, as_json(episode.id for episode in batch.episodes))
    ).fetchall()
    if buried:
        raise StoreError(buried_message([id_ for (id_,) in buried]))
    dropped = set(batch.dropped)
    check_references(
        batch,
        sessions=tx.session_numbers,
        episodes={id_: home for id_, (_, _, home) in tx.places(origins_outside(batch)).items()},
        notes=lambda ids: tx.note_numbers(ids).keys() - dropped,
    )


def _write_sessions(tx: Transaction, sessions: Sequence[Session]) -> int:
    given = {session.id: session for session in sessions}
    known = tx.session_numbers(given)
    fresh = [session for id_, session in given.items() if id_ not in known]
    tx.db.executemany(
        sql.ADD_SESSION,
        [
            (no, tx.scope_no, session.id, session.collection, session.name, tx.version)
            for no, session in enumerate(fresh, tx.next_number("session"))
        ],
    )
    return len(fresh)


def _write_episodes(tx: Transaction, episodes: Mapping[EpisodeId, Episode]) -> int:
    """Add the new episodes, renew what the source says of the known ones; return how many."""
    known = tx.places(episodes)
    fresh = [episode for id_, episode in episodes.items() if id_ not in known]
    sessions = tx.session_numbers({episode.session_id for episode in fresh})
    tx.db.executemany(
        sql.ADD_EPISODE,
        [
            episode_row(episode, no, tx.scope_no, sessions[episode.session_id])
            for no, episode in enumerate(fresh, tx.next_number("episode"))
        ],
    )
    tx.db.executemany(
        sql.REFRESH_EPISODE,
        [
            (e.position, e.source_id, e.title, canonical(dict(e.metadata)), known[id_][0])
            for id_, e in episodes.items()
            if id_ in known
        ],
    )
    tx.touch_sessions([*sessions.values(), *(session for _, session, _ in known.values())])
    return len(known)


def _write_notes(tx: Transaction, records: Mapping[NoteId, NoteRecord]) -> WriteCounts:
    known = tx.note_numbers(records)
    origins = tx.origins({origin for record in records.values() for origin in record.note.origins})
    _check_unchanged(tx, [records[NoteId(id_)] for id_ in known])
    unused = names_of_notes(tx, known.values())
    for statement in (sql.ERASE_MENTIONS, sql.ERASE_CLAIMS):
        tx.db.execute(statement, (as_json(known.values()),))
    new = [id_ for id_ in records if id_ not in known]
    fresh = dict(zip(new, count(tx.next_number("note")), strict=False))
    numbered = [(known.get(id_) or fresh[id_], record) for id_, record in records.items()]
    _write_note_rows(tx, numbered, origins, set(fresh.values()))
    _write_found(tx, numbered)
    drop_unused_names(tx, unused)
    added = [records[id_].extraction for id_ in fresh]
    return WriteCounts(
        notes_added=len(fresh),
        notes_rewritten=len(known),
        mentions_added=sum(len(found.mentions) for found in added),
        facts_added=sum(len(found.claims) for found in added),
    )


def _check_unchanged(tx: Transaction, records: Sequence[NoteRecord]) -> None:
    """Refuse another text or other origins under the id of a stored note."""
    for record in records:
        note = record.note
        text, origins = tx.text_and_origins(note.id)
        if (text, origins) != (note.text, note.origins):
            raise StoreError(rewritten_message(note.id))


def _write_note_rows(
    tx: Transaction,
    numbered: Sequence[tuple[int, NoteRecord]],
    known: Origins,
    fresh: Collection[int],
) -> None:
    rows, origins, vectors, tokens, sessions = [], [], [], [], set()
    makers = {made: tx.maker(*made) for made in dict.fromkeys(_made(r.note) for _, r in numbered)}
    for no, record in numbered:
        note = record.note
        own = [known[origin] for origin in note.origins]
        first = own[0]
        sessions.add(first.session_no)
        place = (tx.scope_no, first.session_no, first.no, makers[_made(note)])
        text = text_column(note, [(origin.speaker, origin.text) for origin in own])
        rows.append(note_row(note, no, place, tx.version, text))
        if no in fresh:
            origins += [(no, at, tx.scope_no, origin.no) for at, origin in enumerate(own)]
        if record.vectors is not None:
            blobs = vector_blobs(stored_vectors(record.vectors))
            vectors.append((no, tx.scope_no, *blobs))
            if record.tokens is not None:
                tokens.append((no, tx.scope_no, record.tokens.tobytes()))
    tx.db.executemany(sql.PUT_NOTE, rows)
    tx.db.executemany(sql.ADD_ORIGIN, origins)
    tx.db.execute(sql.ERASE_TOKENS, (as_json(row[0] for row in vectors if row[0] not in fresh),))
    tx.db.executemany(sql.PUT_VECTOR, vectors)
    tx.db.executemany(sql.ADD_TOKENS, tokens)
    tx.touch_sessions(sessions)


def _made(note: Note) -> tuple[str, str]:
    """Return what made a note, and in which run."""
    return note.created_by, note.run_id


def _write_found(tx: Transaction, numbered: Sequence[tuple[int, NoteRecord]]) -> None:
    """Add the mentions and claims of notes that have none in the store."""
    names = _name_numbers(tx, [record for _, record in numbered])
    mentions, claims = [], []
    for no, record in numbered:
        for place, mention in enumerate(record.extraction.mentions):
            key = (no, place, tx.scope_no)
            mentions.append(mention_row(mention, key, names[mention.name]))
        for place, claim in enumerate(record.extraction.claims):
            ends = (names[claim.subject], names[claim.object])
            claims.append(claim_row(claim, (no, place, tx.scope_no), tx.scope, ends))
    tx.db.executemany(sql.ADD_MENTION, mentions)
    tx.db.executemany(sql.ADD_CLAIM, claims)


def _name_numbers(tx: Transaction, records: Iterable[NoteRecord]) -> dict[str, int]:
    """Return the number of every surface that the records use, new ones added."""
    surfaces: dict[str, None] = {}
    for record in records:
        surfaces.update(dict.fromkeys(mention.name for mention in record.extraction.mentions))
        for claim in record.extraction.claims:
            surfaces.update({claim.subject: None, claim.object: None})
    numbers: dict[str, int] = {}
    fresh: list[tuple[int, int, str, str]] = []
    next_no = tx.next_number("name")
    for surface in surfaces:
        row = tx.db.execute(sql.NAME_NUMBER, (tx.scope_no, surface)).fetchone()
        numbers[surface] = row[0] if row else next_no + len(fresh)
        if not row:
            entity = entity_of(tx.scope, surface)
            fresh.append((numbers[surface], tx.scope_no, surface, entity))
    tx.db.executemany(sql.ADD_NAME, fresh)
    return numbers


def _write_links(tx: Transaction, batch: Batch) -> int:
    links = {(link.source, link.target, link.kind, link.origin): link for link in batch.links}
    numbers = tx.note_numbers({end for key in links for end in key[:2]})
    rows = [
        (
            numbers[link.source],
            numbers[link.target],
            link.kind,
            link.origin,
            tx.scope_no,
            link.weight,
        )
        for link in links.values()
    ]
    known = sum(_has_link(tx.db, row[:4]) for row in rows)
    tx.db.executemany(sql.PUT_LINK, rows)
    return len(rows) - known


def _has_link(db: sqlite3.Connection, key: Sequence[str | int | float]) -> bool:
    return db.execute(sql.HAS_LINK, key).fetchone() is not None
