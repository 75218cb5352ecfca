"""What is named, told of most first; and one name: where it is told of, what stands near it."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from graphmem.arrays import MENTION_KINDS, GraphSnapshot
from graphmem.asking.around import atomic_notes
from graphmem.asking.identities import Identities
from graphmem.errors import MissingRecordError
from graphmem.explore.facts import Facts, facts_in
from graphmem.explore.near import Near, near_of
from graphmem.explore.paging import page_of
from graphmem.explore.said import Said, said
from graphmem.memory import Memory
from graphmem.named import entity_of
from graphmem.retrieve.columns import read_present
from graphmem.types import Entity, EntityId, Note

FEW = 400
"""A name that so many notes tell of is read whole, with what is not true any more."""
NOTES = 25
"""Notes on a page of a name."""
READ_FOR_FACTS = 150
"""Notes, the newest, of which the facts are shown."""
_SPEAKER = MENTION_KINDS.index("speaker")


@dataclass(frozen=True, slots=True)
class NameLine:
    """One name in the list."""

    id: str
    name: str
    notes: int


@dataclass(frozen=True, slots=True)
class NameList:
    """A page of names."""

    lines: tuple[NameLine, ...]
    after: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Named:
    """A page of one name."""

    id: str
    name: str
    others: tuple[str, ...]
    """Other names of it."""
    told: int
    """Notes that tell of it."""
    spoken: int
    """Turns that it speaks, true now."""
    is_whole: bool
    """What is not true any more is among the notes and facts."""
    facts: Facts
    near: Near
    notes: tuple[Said, ...]
    after: str | None


def names_of(
    memory: Memory, *, part: str = "", after: str | None = None, limit: int = 60
) -> NameList:
    """Return the names that most notes tell of, those that hold `part`, and where it goes on."""
    snapshot = memory.snapshot()
    counts = _told(snapshot).astype(np.float64)
    wanted = part.strip().casefold()
    if wanted:
        kept = [
            i for i, name in enumerate(snapshot.graph.entity_names) if wanted in name.casefold()
        ]
    else:
        kept = np.flatnonzero(counts).tolist()
    ids = [snapshot.graph.entity_ids[i] for i in kept]
    shown, next_ = page_of(counts[kept], ids, after, limit)
    lines = (
        NameLine(ids[i], snapshot.graph.entity_names[kept[i]], int(counts[kept[i]])) for i in shown
    )
    return NameList(tuple(lines), next_)


def named(memory: Memory, id_: str, *, after: str | None = None) -> Named:
    """Return a page of a name, given by its entity's id. Raises MissingRecordError."""
    snapshot = memory.snapshot()
    same = Identities.of(snapshot)
    root = same.root(EntityId(id_))
    ids = set(same.one_with(root))
    numbers = [i for i, entity in enumerate(snapshot.graph.entity_ids) if entity in ids]
    rows, spoken = _rows(snapshot, numbers)
    whole = _whole(memory, ids) if len(rows) <= FEW else None
    if whole is None:
        notes, next_ = _newest(memory, snapshot, rows, after, NOTES)
        facts_of, _ = _newest(memory, snapshot, rows, None, READ_FOR_FACTS)
    else:
        notes, next_ = _page(whole, after)
        facts_of = whole[:READ_FOR_FACTS]
    name, others = _names(memory, snapshot, numbers, ids)
    return Named(
        id=root,
        name=name,
        others=others,
        told=len(rows) if whole is None else len(whole),
        spoken=spoken,
        is_whole=whole is not None,
        facts=facts_in(memory, ids, facts_of),
        near=near_of(snapshot, numbers, rows),
        notes=tuple(said(memory.store, memory.scope.key, notes)),
        after=next_,
    )


def entity_meant(memory: Memory, name: str) -> EntityId:
    """Return the id of the entity that a name means, merged ones as one; no note need name it."""
    same = Identities.of(memory.snapshot())
    return same.root(entity_of(memory.scope.key, name))


def _told(snapshot: GraphSnapshot) -> NDArray[np.intp]:
    """Return (e,) how many mentions each entity has otherwise than by who spoke."""
    named_ = snapshot.graph.mention_entity[snapshot.graph.mention_kind != _SPEAKER]
    return np.bincount(named_, minlength=len(snapshot.graph.entity_ids))


def _rows(snapshot: GraphSnapshot, numbers: Sequence[int]) -> tuple[NDArray[np.int32], int]:
    """Return the notes that tell of one of some entities, and how many turns they speak."""
    of = np.isin(snapshot.graph.mention_entity, numbers)
    spoken = np.unique(snapshot.graph.mention_note[of & (snapshot.graph.mention_kind == _SPEAKER)])
    told = snapshot.graph.mention_note[of & (snapshot.graph.mention_kind != _SPEAKER)]
    ends = np.isin(snapshot.graph.claim_subject, numbers) | np.isin(
        snapshot.graph.claim_object, numbers
    )
    return np.unique(np.concatenate([told, snapshot.graph.claim_note[ends]])), len(spoken)


def _whole(memory: Memory, ids: Iterable[EntityId]) -> list[Note] | None:
    """Return all notes that name an entity, newest first; None: they are too many to read."""
    store, scope = memory.store, memory.scope.key
    entities = read_present(store, "entity", scope, sorted(ids)).values()
    origins = sorted({origin for entity in entities for origin in entity.origins})
    if not origins:
        raise MissingRecordError("name", sorted(ids))
    if len(origins) > FEW:
        return None
    notes = atomic_notes(store, scope, origins)
    return sorted(notes, key=lambda note: (_seconds(note), note.id), reverse=True)


def _seconds(note: Note) -> float:
    return note.said_at.timestamp() if note.said_at else -np.inf


def _page(notes: Sequence[Note], after: str | None) -> tuple[list[Note], str | None]:
    values = np.array([_seconds(note) for note in notes])
    shown, next_ = page_of(values, [note.id for note in notes], after, NOTES)
    return [notes[i] for i in shown], next_


def _newest(
    memory: Memory,
    snapshot: GraphSnapshot,
    rows: NDArray[np.int32],
    after: str | None,
    limit: int,
) -> tuple[list[Note], str | None]:
    """Return the newest of some notes, and where the list goes on."""
    ids = [snapshot.note_ids[row] for row in rows.tolist()]
    shown, next_ = page_of(snapshot.said_at[rows], ids, after, limit)
    found = read_present(memory.store, "note", memory.scope.key, [ids[i] for i in shown])
    return list(found.values()), next_


def _names(
    memory: Memory, snapshot: GraphSnapshot, numbers: Sequence[int], ids: set[EntityId]
) -> tuple[str, tuple[str, ...]]:
    """Return the name of some entities that are one, and their others."""
    found = {snapshot.graph.entity_names[i] for i in numbers}
    found |= {name for name, i in snapshot.graph.entity_aliases if i in numbers}
    if numbers:
        name = snapshot.graph.entity_names[numbers[0]]
        return name, tuple(sorted(found - {name}))
    entities: list[Entity] = list(
        read_present(memory.store, "entity", memory.scope.key, sorted(ids)).values()
    )
    return entities[0].name, entities[0].aliases
