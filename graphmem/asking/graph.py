"""The graph of one scope, read without a question: names, facts, what is around a record."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime
from difflib import get_close_matches
from typing import Any

from graphmem.arrays import MENTION_KINDS
from graphmem.asking.around import Around, atomic_notes
from graphmem.asking.identities import Identities
from graphmem.contracts import GraphStore
from graphmem.errors import ConfigError, MissingRecordError, did_you_mean
from graphmem.named import entity_of
from graphmem.overview import Neighbourhood, TimelineEntry
from graphmem.retrieve.columns import read_present
from graphmem.text import normalise
from graphmem.types import Entity, EntityId, Fact, ScopeKey

NAMES_SHOWN = 8
"""Names that a refusal lists."""
_NEVER = datetime.max.replace(tzinfo=UTC)


def entities_named(
    store: GraphStore, scope: ScopeKey, same: Identities, part: str | None
) -> list[Entity]:
    """Return the entities with a name that holds `part` (None: all), those told of most first.

    Those that somebody said are one are one, under all their names.
    """
    wanted = "" if part is None else normalise(part)
    together: defaultdict[EntityId, list[Entity]] = defaultdict(list)
    for entity in store.scan("entity", scope):
        together[same.root(entity.id)].append(entity)
    found = [
        entity
        for entity in (_joined(root, group) for root, group in together.items())
        if any(wanted in normalise(name) for name in (entity.name, *entity.aliases))
    ]
    return sorted(found, key=lambda entity: (-len(entity.origins), entity.name, entity.id))


def _joined(root: EntityId, group: Sequence[Entity]) -> Entity:
    """Return the entities of a group as the one that they are."""
    first = next((entity for entity in group if entity.id == root), group[0])
    if len(group) == 1:
        return first
    names = {name for entity in group for name in (entity.name, *entity.aliases)}
    kinds = {kind for entity in group for kind in entity.kinds}
    return replace(
        first,
        aliases=tuple(sorted(names - {first.name})),
        kinds=tuple(kind for kind in MENTION_KINDS if kind in kinds),
        origins=tuple(sorted({origin for entity in group for origin in entity.origins})),
    )


def facts_of(
    store: GraphStore,
    scope: ScopeKey,
    same: Identities,
    *,
    subject: str | None,
    relation: str | None,
    object_: str | None,
) -> list[Fact]:
    """Return the facts of a subject, relation and object (None: any), by when they began."""
    of, with_ = (
        None if name is None else same.one_with(entity_of(scope, name))
        for name in (subject, object_)
    )
    stated = None if relation is None else normalise(relation)
    found = [
        fact
        for fact in store.scan("fact", scope)
        if (of is None or fact.subject_id in of)
        and (with_ is None or fact.object_id in with_)
        and (stated is None or normalise(fact.relation) == stated)
    ]
    return sorted(
        found, key=lambda f: (f.valid_from or _NEVER, f.subject, f.relation, f.object, f.id)
    )


def timeline_of(
    store: GraphStore, scope: ScopeKey, same: Identities, name: str
) -> list[TimelineEntry]:
    """Return the notes that tell of an entity, given by name or id, by when they were said.

    Raises ConfigError, with the names that are near, if there is none of that name.
    """
    ids = same.one_with(entity_called(store, scope, same, name).id)
    entities = read_present(store, "entity", scope, ids)
    notes = atomic_notes(store, scope, sorted({o for e in entities.values() for o in e.origins}))
    notes.sort(key=lambda note: (note.said_at or _NEVER, note.session_id, note.id))
    facts = [
        fact
        for fact in store.scan("fact", scope)
        if not {fact.subject_id, fact.object_id}.isdisjoint(ids)
    ]
    return [
        TimelineEntry(
            said_at=note.said_at,
            note=note,
            facts=tuple(fact for fact in facts if note.id in fact.notes),
        )
        for note in notes
    ]


def entity_called(store: GraphStore, scope: ScopeKey, same: Identities, name: str) -> Entity:
    """Return the entity of a name or id. Raises ConfigError, with near names, if there is none."""
    named = entity_of(scope, name)
    for id_ in (name, named, same.root(named)):
        try:
            return store.read("entity", scope, [id_])[0]
        except MissingRecordError:
            continue
    entities = sorted(store.scan("entity", scope), key=lambda one: (-len(one.origins), one.name))
    known = [entity.name for entity in entities]
    if not known:
        raise ConfigError(f"nothing is named {name!r}: this memory names nothing yet")
    close = get_close_matches(name, known, n=1)
    near = did_you_mean(name, [*close, *(one for one in known if one not in close)][:NAMES_SHOWN])
    raise ConfigError(f"nothing is named {name!r}; {near}")


def neighbourhood_of(
    store: GraphStore, scope: ScopeKey, same: Identities, record: Any, *, depth: int, limit: int
) -> Neighbourhood:
    """Return what is up to `depth` steps around a record, at most `limit` records.

    Raises ConfigError for a record that stands nowhere in the graph.
    """
    around = Around(store, scope, same, limit=limit)
    around.begin(record)
    for distance in range(1, depth + 1):
        around.step(distance)
    return around.found(same.root(record.id))
