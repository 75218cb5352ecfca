"""A batch -> nodes and relationships, inside an open transaction."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from graphmem.batches import Batch, NoteRecord, Tombstone, WriteCounts
from graphmem.changes import Change
from graphmem.errors import StoreError
from graphmem.graph.journal import with_changes
from graphmem.graph.neo4j import statements
from graphmem.graph.neo4j.erase import erase_found, erase_notes
from graphmem.graph.neo4j.found import write_found
from graphmem.graph.neo4j.journal import settle_identities
from graphmem.graph.neo4j.rows import (
    Properties,
    episode_properties,
    note_properties,
    parted,
    place_properties,
    sent_moment,
    session_properties,
    vector_properties,
)
from graphmem.graph.neo4j.transaction import Transaction
from graphmem.graph.snapshot.block import stored_vectors
from graphmem.graph.validate import (
    buried_message,
    check_references,
    origins_outside,
    refuse_live,
    rewritten_message,
)
from graphmem.types import Episode, EpisodeId, Link, Note, NoteId, Session


@dataclass(frozen=True, slots=True)
class Present:
    """What of a batch is in the store already."""

    sessions: Collection[str]
    episodes: Mapping[EpisodeId, str]
    """Its session's id, of each episode that the batch brings or refers to."""
    notes: Mapping[NoteId, tuple[str, tuple[str, ...]]]
    """Text and origins of each note that the batch brings, refers to or drops."""


def write(tx: Transaction, batch: Batch) -> WriteCounts:
    """Upsert a batch whose form was checked, and settle what the transaction has touched."""
    if batch.restored:
        tx.rows(statements.LIFT_TOMBSTONES, {"episodes": list(batch.restored)})
    _bury(tx, batch.buried)
    present = _present(tx, batch)
    sessions = {s.id: s for s in batch.sessions if s.id not in present.sessions}
    _write_sessions(tx, sessions.values())
    episodes = {episode.id: episode for episode in batch.episodes}
    known = episodes.keys() & present.episodes.keys()
    _write_episodes(tx, episodes, known)
    dropped = [id_ for id_ in dict.fromkeys(batch.dropped) if id_ in present.notes]
    erase_notes(tx, dropped, ())
    kept = {id_: note for id_, note in present.notes.items() if id_ not in set(dropped)}
    counts = _write_notes(tx, {record.note.id: record for record in batch.notes}, kept)
    links_added = _write_links(tx, batch.links)
    settle_identities(tx)
    tx.finish()
    return replace(
        counts,
        sessions_added=len(sessions),
        episodes_added=len(episodes) - len(known),
        episodes_known=len(known),
        notes_deleted=len(dropped),
        links_added=links_added,
    )


def _bury(tx: Transaction, stones: Sequence[Tombstone]) -> None:
    if not stones:
        return
    ((alive,),) = tx.rows(statements.LIVE, {"episodes": [stone.episode for stone in stones]})
    refuse_live(alive)
    rows = [{"id": s.episode, "deleted_at": sent_moment(s.deleted_at)} for s in stones]
    tx.rows(statements.ADD_TOMBSTONES, {"rows": rows})


def _present(tx: Transaction, batch: Batch) -> Present:
    arriving = [episode.id for episode in batch.episodes]
    homes = {session.id for session in batch.sessions} | {e.session_id for e in batch.episodes}
    homes |= {record.note.session_id for record in batch.notes}
    notes: dict[str, None] = dict.fromkeys(batch.dropped)
    notes.update(dict.fromkeys(record.note.id for record in batch.notes))
    notes.update(dict.fromkeys(end for link in batch.links for end in (link.source, link.target)))
    ((buried, sessions, episodes, found),) = tx.rows(
        statements.PRESENT,
        {
            "arriving": arriving,
            "sessions": sorted(homes),
            "episodes": sorted({*arriving, *origins_outside(batch)}),
            "notes": list(notes),
        },
    )
    if buried:
        raise StoreError(buried_message(buried))
    tx.at.update((id_, at) for id_, at, *_ in (*sessions, *episodes, *found))
    present = Present(
        sessions={id_ for id_, _ in sessions},
        episodes={id_: session for id_, _, session in episodes},
        notes={id_: (text, tuple(origins)) for id_, _, text, origins in found},
    )
    check_references(
        batch,
        sessions=lambda ids: [id_ for id_ in ids if id_ in present.sessions],
        episodes=present.episodes,
        notes=lambda ids: {*ids} & present.notes.keys() - {*batch.dropped},
    )
    return present


def _write_sessions(tx: Transaction, sessions: Iterable[Session]) -> None:
    rows = [
        {"id": session.id, **parted(session_properties(session, tx.next_number()))}
        for session in sessions
    ]
    tx.add(statements.ADD_SESSIONS, rows)


def _write_episodes(
    tx: Transaction, episodes: Mapping[EpisodeId, Episode], known: Collection[EpisodeId]
) -> None:
    """Add the new episodes, renew what the source says of the known ones."""
    fresh = [
        {"id": id_, "session": tx.at[episode.session_id], **parted(episode_properties(episode))}
        for id_, episode in episodes.items()
        if id_ not in known
    ]
    renewed = [
        {"at": tx.at[id_], **parted(place_properties(episodes[id_]))} for id_ in sorted(known)
    ]
    tx.add(statements.ADD_EPISODES, fresh)
    if renewed:
        tx.rows(statements.SET_EPISODES, {"rows": renewed})
    homes = {episode.session_id for episode in episodes.values()}
    tx.touched.update(homes)
    tx.reordered.update(homes)


def _write_notes(
    tx: Transaction,
    records: Mapping[NoteId, NoteRecord],
    present: Mapping[NoteId, tuple[str, tuple[str, ...]]],
) -> WriteCounts:
    known = [id_ for id_ in records if id_ in present]
    for id_ in known:
        note = records[id_].note
        if present[id_] != (note.text, note.origins):
            raise StoreError(rewritten_message(id_))
    fresh = [record for id_, record in records.items() if id_ not in present]
    erase_found(tx, known)
    journals = tx.journals(known) if known else {}
    tx.add(statements.ADD_NOTES, [_fresh_row(tx, record) for record in fresh])
    if known:
        rows = [
            {"at": tx.at[id_], **_properties(tx, records[id_], journals.get(id_, ()))}
            for id_ in known
        ]
        tx.rows(statements.SET_NOTES, {"rows": rows})
    _index_vectors(tx, records.values())
    write_found(tx, list(records.values()))
    _connect(tx, [record.note for record in fresh], known)
    tx.touched.update(record.note.session_id for record in records.values())
    return WriteCounts(
        notes_added=len(fresh),
        notes_rewritten=len(known),
        mentions_added=sum(len(record.extraction.mentions) for record in fresh),
        facts_added=sum(len(record.extraction.claims) for record in fresh),
    )


def _fresh_row(tx: Transaction, record: NoteRecord) -> Properties:
    return {
        "id": record.note.id,
        "no": tx.next_number(),
        "session": tx.at[record.note.session_id],
        "origins": [tx.at[origin] for origin in record.note.origins],
        **_properties(tx, record, ()),
    }


def _properties(tx: Transaction, record: NoteRecord, journal: Sequence[Change]) -> Properties:
    properties = note_properties(record.note, with_changes(record.note, journal))
    if record.vectors is None:
        return parted(properties)
    vectors = vector_properties(stored_vectors(record.vectors), record.tokens)
    return parted(properties | vectors)


def _index_vectors(tx: Transaction, records: Iterable[NoteRecord]) -> None:
    """Write the vectors of notes, which have their other properties, once more for the index."""
    rows = [
        {"at": tx.at[record.note.id], "vector": record.vectors[0].tolist()}
        for record in records
        if record.vectors is not None
    ]
    if rows and tx.is_indexed:
        tx.rows(statements.SET_VECTORS, {"rows": rows})


def _connect(tx: Transaction, fresh: Sequence[Note], known: Sequence[NoteId]) -> None:
    """Draw SUPERSEDES as the notes say it, whichever of the two was written first."""
    if known:
        tx.rows(statements.DISCONNECT, {"notes": list(known)})
    superseded = [*known, *(note.id for note in fresh if note.superseded_by is not None)]
    if superseded:
        tx.rows(statements.CONNECT_TO_NEW, {"notes": superseded})
    if fresh:
        tx.rows(statements.CONNECT_TO_OLD, {"notes": [note.id for note in fresh]})


def _write_links(tx: Transaction, links: Sequence[Link]) -> int:
    """Write links; return how many of them are new."""
    distinct = {(link.source, link.target, link.kind, link.origin): link for link in links}
    if not distinct:
        return 0
    rows = [
        {
            "source": link.source,
            "target": link.target,
            "kind": link.kind,
            "origin": link.origin,
            "weight": link.weight,
        }
        for link in distinct.values()
    ]
    ((known,),) = tx.rows(statements.KNOWN_LINKS, {"rows": rows})
    tx.rows(statements.PUT_LINKS, {"rows": rows})
    return len(rows) - int(known)
