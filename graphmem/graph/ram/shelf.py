"""One scope's records as dicts, and what a write, a change and a delete mean to them."""

from collections.abc import Collection, Iterable, Sequence, Set
from dataclasses import dataclass, field, replace
from datetime import datetime

from graphmem.arrays import TokenSigns
from graphmem.batches import Batch, Extraction, NoteRecord, Tombstone, WriteCounts
from graphmem.changes import Change, EntityTarget, entities_named, hangs_on, owner_of
from graphmem.errors import MissingRecordError, StoreError
from graphmem.graph.journal import (
    Identities,
    Ledger,
    links_made,
    rebased,
    refuse_dependents,
    values_of,
    with_changes,
    without,
)
from graphmem.graph.snapshot.block import StoredVectors, stored_vectors
from graphmem.graph.validate import (
    buried_message,
    check_references,
    origins_outside,
    refuse_live,
    rewritten_message,
)
from graphmem.named import entity_of
from graphmem.receipts import ImportReport
from graphmem.types import (
    ChangeId,
    EntityId,
    Episode,
    EpisodeId,
    Link,
    Note,
    NoteId,
    ScopeKey,
    Session,
    SessionId,
)

LinkKey = tuple[NoteId, NoteId, str, str]
"""Source, target, kind, origin: who contributes what."""


@dataclass(frozen=True, slots=True)
class StoredNote:
    """A note as it was derived, without its changes."""

    note: Note
    extraction: Extraction
    vectors: StoredVectors | None
    tokens: TokenSigns | None


@dataclass(slots=True)
class Shelf:
    """The records of one scope. Methods change it in place: work on a copy."""

    scope: ScopeKey
    sessions: dict[SessionId, Session] = field(default_factory=dict)
    episodes: dict[EpisodeId, Episode] = field(default_factory=dict)
    notes: dict[NoteId, StoredNote] = field(default_factory=dict)
    contributed: dict[LinkKey, Link] = field(default_factory=dict)
    """The links that batches brought; those that the journal makes are beside them."""
    journal: tuple[Change, ...] = ()
    """In the order in which they were applied."""
    tombstones: dict[EpisodeId, Tombstone] = field(default_factory=dict)
    imports: tuple[ImportReport, ...] = ()

    def copy(self) -> "Shelf":
        """Return a shelf that shares the records, not the dicts."""
        return Shelf(
            self.scope,
            dict(self.sessions),
            dict(self.episodes),
            dict(self.notes),
            dict(self.contributed),
            self.journal,
            dict(self.tombstones),
            self.imports,
        )

    def now(self, id_: NoteId) -> Note:
        """Return a note with its changes applied."""
        return with_changes(self.notes[id_].note, self.history(id_))

    def history(self, id_: str) -> list[Change]:
        """Return the changes of one record in journal order."""
        return [change for change in self.journal if owner_of(change.target) == id_]

    @property
    def links(self) -> dict[LinkKey, Link]:
        """All links, by who contributes what."""
        made = links_made(self.journal)
        return self.contributed | {_link_key(link): link for link in made}

    def identities(self) -> Identities:
        """Return which named things are one."""
        return Identities.of(self.journal)

    def write(self, batch: Batch) -> WriteCounts:
        """Upsert a batch whose form was checked."""
        for id_ in batch.restored:
            self.tombstones.pop(id_, None)
        refuse_live([stone.episode for stone in batch.buried if stone.episode in self.episodes])
        self.tombstones = {stone.episode: stone for stone in batch.buried} | self.tombstones
        self._check(batch)
        sessions = {session.id: session for session in batch.sessions}
        fresh = {id_: session for id_, session in sessions.items() if id_ not in self.sessions}
        self.sessions |= fresh
        episodes = {episode.id: episode for episode in batch.episodes}
        known = episodes.keys() & self.episodes.keys()
        self.episodes |= {id_: self._refreshed(episode) for id_, episode in episodes.items()}
        deleted = self._erase_notes([id_ for id_ in batch.dropped if id_ in self.notes], ())
        counts = self._write_notes({record.note.id: record for record in batch.notes})
        links = {_link_key(link): link for link in batch.links}
        added = len(links.keys() - self.contributed.keys())
        self.contributed |= links
        self._drop_nameless()
        return replace(
            counts,
            sessions_added=len(fresh),
            episodes_added=len(episodes) - len(known),
            episodes_known=len(known),
            notes_deleted=deleted,
            links_added=added,
        )

    def apply(self, changes: Sequence[Change]) -> None:
        """Append changes to the journal. Raises MissingRecordError or StoreError."""
        named = {id_ for change in changes for id_ in hangs_on(change)}
        ledger = Ledger(
            notes={id_: self.now(id_) for id_ in self.notes if id_ in named},
            episodes=self.episodes.keys(),
            entities=self._entities() if _name_entities(changes) else (),
            values=values_of(self.journal),
            same=dict(self.identities().same),
            known={change.id for change in self.journal},
        )
        self.journal += tuple(ledger.accept(change) for change in changes)

    def take_back(self, ids: Sequence[ChangeId]) -> None:
        """Take changes out of the journal. Raises MissingRecordError or StoreError."""
        gone = set(ids)
        absent = sorted(gone - {change.id for change in self.journal})
        if absent:
            raise MissingRecordError("change", absent)
        refuse_dependents(self.journal, gone)
        self.journal = rebased(self.journal, gone)
        self._drop_links(gone, set())

    def delete(
        self, origins: Sequence[EpisodeId], rewritten: Batch, deleted_at: datetime
    ) -> WriteCounts:
        """Erase episodes and what came from them, then write what is derived again."""
        gone = dict.fromkeys(origins)
        absent = [id_ for id_ in gone if id_ not in self.episodes]
        if absent:
            raise MissingRecordError("episode", absent)
        derived = [
            id_ for id_, kept in self.notes.items() if not gone.keys().isdisjoint(kept.note.origins)
        ]
        deleted = self._erase_notes(derived, gone)
        touched = {self.episodes[id_].session_id for id_ in gone}
        for id_ in gone:
            del self.episodes[id_]
            self.tombstones[id_] = Tombstone(episode=id_, scope=self.scope, deleted_at=deleted_at)
        self.imports = tuple(report.without_words() for report in self.imports)
        counts = self.write(rewritten)
        for session in touched - {episode.session_id for episode in self.episodes.values()}:
            self.sessions.pop(session, None)
        return replace(
            counts, episodes_deleted=len(gone), notes_deleted=counts.notes_deleted + deleted
        )

    def _check(self, batch: Batch) -> None:
        buried = [episode.id for episode in batch.episodes if episode.id in self.tombstones]
        if buried:
            raise StoreError(buried_message(buried))
        dropped = set(batch.dropped)
        check_references(
            batch,
            sessions=lambda ids: [id_ for id_ in ids if id_ in self.sessions],
            episodes={
                id_: self.episodes[id_].session_id
                for id_ in origins_outside(batch)
                if id_ in self.episodes
            },
            notes=lambda ids: [id_ for id_ in ids if id_ in self.notes and id_ not in dropped],
        )

    def _refreshed(self, episode: Episode) -> Episode:
        """Return the episode, or the known one with its place and name in the source renewed."""
        known = self.episodes.get(episode.id)
        if known is None:
            return episode
        return replace(
            known,
            position=episode.position,
            source_id=episode.source_id,
            title=episode.title,
            metadata=episode.metadata,
        )

    def _write_notes(self, records: dict[NoteId, NoteRecord]) -> WriteCounts:
        fresh = [record for id_, record in records.items() if id_ not in self.notes]
        for id_, record in records.items():
            known = self.notes.get(id_)
            if known and (known.note.text, known.note.origins) != (
                record.note.text,
                record.note.origins,
            ):
                raise StoreError(rewritten_message(id_))
            vectors, tokens = (known.vectors, known.tokens) if known else (None, None)
            if record.vectors is not None:
                vectors, tokens = stored_vectors(record.vectors), record.tokens
            self.notes[id_] = StoredNote(record.note, record.extraction, vectors, tokens)
        return WriteCounts(
            notes_added=len(fresh),
            notes_rewritten=len(records) - len(fresh),
            mentions_added=sum(len(record.extraction.mentions) for record in fresh),
            facts_added=sum(len(record.extraction.claims) for record in fresh),
        )

    def _erase_notes(self, ids: Iterable[NoteId], episodes: Collection[EpisodeId]) -> int:
        """Erase notes with all that hangs on them; return how many."""
        gone = set(ids)
        for id_ in gone:
            del self.notes[id_]
        erased = {*gone, *episodes}
        self._drop_links(erased | self._take_back_what_hangs_on(erased), gone)
        return len(gone)

    def _drop_links(self, contributors: Collection[str], ends: Set[str]) -> None:
        """Drop the links that one of these contributes, or that has one of them as an end."""
        self.contributed = {
            key: link
            for key, link in self.contributed.items()
            if link.origin not in contributors and ends.isdisjoint((link.source, link.target))
        }

    def _take_back_what_hangs_on(self, erased: Collection[str]) -> set[ChangeId]:
        """Take back what hangs on something erased; return the ids of the changes that go."""
        self.journal, taken_back = without(self.journal, erased)
        return taken_back

    def _drop_nameless(self) -> None:
        """Take back what was said of entities that no note names any more."""
        if not _name_entities(self.journal):
            return
        named = {entity for change in self.journal for entity in entities_named(change)}
        self._take_back_what_hangs_on(named - self._entities())

    def _entities(self) -> set[EntityId]:
        """Return the entities that a note names."""
        found = [stored.extraction for stored in self.notes.values()]
        surfaces = {mention.name for one in found for mention in one.mentions}
        surfaces |= {end for one in found for c in one.claims for end in (c.subject, c.object)}
        return {entity_of(self.scope, surface) for surface in surfaces}


def _link_key(link: Link) -> LinkKey:
    return link.source, link.target, link.kind, link.origin


def _name_entities(changes: Iterable[Change]) -> bool:
    return any(isinstance(change.target, EntityTarget) for change in changes)
