"""Every kind of record of one shelf, by the id that it is read by."""

from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping
from itertools import dropwhile, islice
from typing import Any

from graphmem.changes import Change, owner_of
from graphmem.contracts import RecordKind
from graphmem.graph.journal import with_changes
from graphmem.graph.ram.shelf import Shelf, StoredNote
from graphmem.graph.snapshot.block import whole
from graphmem.graph.uses import (
    EntityUse,
    FactUse,
    entity_from,
    fact_from,
)
from graphmem.named import entity_of, fact_of
from graphmem.types import ChangeId, Entity, EntityId, Fact, FactId, Link, NoteId


class _ByNote(Mapping[Any, Any]):
    """What each note of a shelf has of a kind, made for the notes that are asked for alone."""

    def __init__(self, shelf: Shelf, made: Callable[[NoteId, StoredNote], Any]) -> None:
        self._notes, self._made = shelf.notes, made

    def __getitem__(self, id_: NoteId) -> Any:
        return self._made(id_, self._notes[id_])

    def __contains__(self, id_: object) -> bool:
        return id_ in self._notes

    def __iter__(self) -> Iterator[NoteId]:
        return iter(self._notes)

    def __len__(self) -> int:
        return len(self._notes)


def records_of(shelf: Shelf, kind: RecordKind) -> Mapping[Any, Any]:
    """Return all records of a kind by id; those that hang on a note, by its id."""
    return _BY_KIND[kind](shelf)


def _notes(shelf: Shelf) -> Mapping[Any, Any]:
    changes: defaultdict[str, list[Change]] = defaultdict(list)
    for change in shelf.journal:
        changes[owner_of(change.target)].append(change)
    return _ByNote(shelf, lambda id_, kept: with_changes(kept.note, changes.get(id_, ())))


def _mentions(shelf: Shelf) -> Mapping[Any, Any]:
    return _ByNote(shelf, lambda _, kept: kept.extraction.mentions)


def _claims(shelf: Shelf) -> Mapping[Any, Any]:
    return _ByNote(shelf, lambda _, kept: kept.extraction.claims)


def _vectors(shelf: Shelf) -> Mapping[Any, Any]:
    return {id_: whole(v.vectors) for id_, v in shelf.notes.items() if v.vectors is not None}


def _tokens(shelf: Shelf) -> Mapping[Any, Any]:
    return {id_: stored.tokens for id_, stored in shelf.notes.items() if stored.tokens is not None}


def _links(shelf: Shelf) -> Mapping[Any, Any]:
    touching: dict[NoteId, list[Link]] = {id_: [] for id_ in shelf.notes}
    for _, link in sorted(shelf.links.items()):
        touching[link.source].append(link)
        if link.target != link.source:
            touching[link.target].append(link)
    return {id_: tuple(links) for id_, links in touching.items()}


def _changes(shelf: Shelf) -> Mapping[ChangeId, Change]:
    return {change.id: change for change in shelf.journal}


def _entities(shelf: Shelf) -> Mapping[EntityId, Entity]:
    uses: defaultdict[EntityId, list[EntityUse]] = defaultdict(list)
    for stored in shelf.notes.values():
        origins = stored.note.origins
        for m in stored.extraction.mentions:
            uses[entity_of(shelf.scope, m.name)].append(EntityUse(m.name, m.kind, origins))
        for claim in stored.extraction.claims:
            for end in (claim.subject, claim.object):
                uses[entity_of(shelf.scope, end)].append(EntityUse(end, None, origins))
    same = shelf.identities().same
    return {id_: entity_from(id_, shelf.scope, found, same.get(id_)) for id_, found in uses.items()}


def _facts(shelf: Shelf) -> Mapping[FactId, Fact]:
    uses: defaultdict[FactId, list[FactUse]] = defaultdict(list)
    for stored in shelf.notes.values():
        note = stored.note
        for claim in stored.extraction.claims:
            use = FactUse(claim, note.id, note.origins, note.created_by)
            uses[fact_of(shelf.scope, claim)].append(use)
    return {id_: fact_from(id_, shelf.scope, found) for id_, found in uses.items()}


_BY_KIND: dict[RecordKind, Callable[[Shelf], Mapping[Any, Any]]] = {
    "session": lambda shelf: shelf.sessions,
    "episode": lambda shelf: shelf.episodes,
    "note": _notes,
    "entity": _entities,
    "fact": _facts,
    "mention": _mentions,
    "claim": _claims,
    "link": _links,
    "vector": _vectors,
    "token": _tokens,
    "change": _changes,
    "tombstone": lambda shelf: shelf.tombstones,
}


def journal_back(
    shelf: Shelf, *, before: str | None, run: str | None, but: str | None, limit: int
) -> list[Change]:
    """Return the changes before one, the last first, as `JournalReader.journal` says."""
    changes = iter(reversed(shelf.journal))
    if before is not None:
        changes = islice(dropwhile(lambda change: change.id != before, changes), 1, None)
    found = (c for c in changes if c.run_id != but and (run is None or c.run_id == run))
    return list(islice(found, limit))
