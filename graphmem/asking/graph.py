"""The graph of one scope, read without a question: names, facts, what is around a record."""

from datetime import UTC, datetime
from typing import Any

from graphmem.asking.around import Around, atomic_notes
from graphmem.contracts import GraphStore
from graphmem.errors import ConfigError, MissingRecordError, did_you_mean
from graphmem.named import entity_of
from graphmem.overview import Neighbourhood, TimelineEntry
from graphmem.text import normalise
from graphmem.types import Entity, Fact, ScopeKey

NAMES_SHOWN = 8
"""Names that a refusal lists."""
_NEVER = datetime.max.replace(tzinfo=UTC)


def entities_named(store: GraphStore, scope: ScopeKey, part: str | None) -> list[Entity]:
    """Return the entities with a name that holds `part` (None: all), those told of most first."""
    wanted = "" if part is None else normalise(part)
    found = [
        entity
        for entity in store.scan("entity", scope)
        if any(wanted in normalise(name) for name in (entity.name, *entity.aliases))
    ]
    return sorted(found, key=lambda entity: (-len(entity.origins), entity.name, entity.id))


def facts_of(
    store: GraphStore,
    scope: ScopeKey,
    *,
    subject: str | None,
    relation: str | None,
    object_: str | None,
) -> list[Fact]:
    """Return the facts of a subject, relation and object (None: any), by when they began."""
    wanted = [
        (part, normalise(given))
        for part, given in (("subject", subject), ("relation", relation), ("object", object_))
        if given is not None
    ]
    found = [
        fact
        for fact in store.scan("fact", scope)
        if all(normalise(getattr(fact, part)) == given for part, given in wanted)
    ]
    return sorted(
        found, key=lambda f: (f.valid_from or _NEVER, f.subject, f.relation, f.object, f.id)
    )


def timeline_of(store: GraphStore, scope: ScopeKey, name: str) -> list[TimelineEntry]:
    """Return the notes that tell of an entity, given by name or id, by when they were said.

    Raises ConfigError, with the names that are near, if there is none of that name.
    """
    entity = entity_called(store, scope, name)
    notes = atomic_notes(store, scope, entity.origins)
    notes.sort(key=lambda note: (note.said_at or _NEVER, note.session_id, note.id))
    facts = [
        fact for fact in store.scan("fact", scope) if entity.id in (fact.subject_id, fact.object_id)
    ]
    return [
        TimelineEntry(
            said_at=note.said_at,
            note=note,
            facts=tuple(fact for fact in facts if note.id in fact.notes),
        )
        for note in notes
    ]


def entity_called(store: GraphStore, scope: ScopeKey, name: str) -> Entity:
    """Return the entity of a name or id. Raises ConfigError, with near names, if there is none."""
    for id_ in (name, entity_of(scope, name)):
        try:
            return store.read("entity", scope, [id_])[0]
        except MissingRecordError:
            continue
    known = [entity.name for entity in entities_named(store, scope, None)]
    if not known:
        raise ConfigError(f"nothing is named {name!r}: this memory names nothing yet")
    near = did_you_mean(name, known[:NAMES_SHOWN])
    raise ConfigError(f"nothing is named {name!r}; {near}")


def neighbourhood_of(
    store: GraphStore, scope: ScopeKey, record: Any, *, depth: int, limit: int
) -> Neighbourhood:
    """Return what is up to `depth` steps around a record, at most `limit` records.

    Raises ConfigError for a record that stands nowhere in the graph.
    """
    around = Around(store, scope, limit=limit)
    around.begin(record)
    for distance in range(1, depth + 1):
        around.step(distance)
    return around.found(record.id)
