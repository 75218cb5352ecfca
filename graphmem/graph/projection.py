"""One scope of any store as labelled nodes and typed relationships, as a Neo4j store has them.

What a server cannot need, its own numbers and the vectors, is left out; a property without a value
is absent.
"""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, fields
from itertools import chain, pairwise
from typing import Any

from graphmem.batches import Claim, Mention
from graphmem.changes import Change, EntityTarget, LinkTarget, NoteField, entities_named, owner_of
from graphmem.graph.records import JSON_VALUES, canonical, json_value
from graphmem.named import entity_of, fact_of
from graphmem.reading import StoreView
from graphmem.types import Episode, Fact, Note, ScopeKey

Properties = dict[str, Any]

NODE_LABELS: tuple[tuple[str, ...], ...] = (
    ("Session",),
    ("Episode",),
    ("Note",),
    ("Note", "Segment"),
    ("Entity",),
    ("Fact",),
    ("Change",),
    ("Tombstone",),
)
"""Every set of labels that a node may have."""

RELATIONSHIP_TYPES = (
    "NEXT", "PART_OF", "DERIVED_FROM", "MENTIONS", "SUBJECT", "OBJECT", "LINK", "CHANGES",
    "SUPERSEDES", "SAME_AS", "EVIDENCE", "DEPENDS_ON",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Node:
    """A record; `id` is unique among the nodes of its labels."""

    labels: tuple[str, ...]
    id: str
    properties: Properties


@dataclass(frozen=True, slots=True)
class Relationship:
    """From one node to another, by their ids; tombstones have none."""

    type: str
    source: str
    target: str
    properties: Properties


def nodes(store: StoreView, scope: ScopeKey) -> Iterator[Node]:
    """Yield every node of a scope, label by label, by id."""
    for session in store.scan("session", scope):
        named = {"collection": session.collection, "name": session.name}
        yield _node(("Session",), scope, session.id, named)
    for episode in store.scan("episode", scope):
        yield _node(("Episode",), scope, episode.id, _properties(episode))
    for note in store.scan("note", scope):
        labels = ("Note", "Segment") if note.kind == "segment" else ("Note",)
        yield _node(labels, scope, note.id, {**_properties(note), **_said_later(note)})
    for entity in store.scan("entity", scope):
        called = {"name": entity.name, "aliases": list(entity.aliases)}
        yield _node(("Entity",), scope, entity.id, called)
    for fact in store.scan("fact", scope):
        yield _node(("Fact",), scope, fact.id, _fact_properties(fact))
    for place, change in _journal(store, scope):
        yield _node(("Change",), scope, change.id, _change_properties(change, place))
    for stone in store.scan("tombstone", scope):
        yield _node(("Tombstone",), scope, stone.episode, {"deleted_at": stone.deleted_at})


def relationships(store: StoreView, scope: ScopeKey) -> Iterator[Relationship]:
    """Yield every relationship of a scope, kind by kind."""
    yield from _of_episodes(store, scope)
    yield from _of_notes(store, scope)
    for note, mentions in store.scan("mention", scope):
        for place, mention in enumerate(mentions):
            found = {**_properties(mention), "place": place}
            yield _relationship("MENTIONS", note, entity_of(scope, mention.name), found)
    for note, claims in store.scan("claim", scope):
        for place, claim in enumerate(claims):
            found = {**_properties(claim), "place": place}
            yield _relationship("DERIVED_FROM", fact_of(scope, claim), note, found)
    for fact in store.scan("fact", scope):
        yield _relationship("SUBJECT", fact.id, fact.subject_id)
        yield _relationship("OBJECT", fact.id, fact.object_id)
    for link in store.scan("link", scope):
        weighed = {"kind": link.kind, "origin": link.origin, "weight": link.weight, "scope": scope}
        yield _relationship("LINK", link.source, link.target, weighed)
    for entity in store.scan("entity", scope):
        if entity.same_as is not None:
            yield _relationship("SAME_AS", entity.id, entity.same_as)
    for _, change in _journal(store, scope):
        for id_ in _changed_by(change):
            yield _relationship("CHANGES", change.id, id_)
        for id_ in change.evidence:
            yield _relationship("EVIDENCE", change.id, id_)
        for id_ in change.depends_on:
            yield _relationship("DEPENDS_ON", change.id, id_)


def _node(labels: tuple[str, ...], scope: ScopeKey, id_: str, properties: Properties) -> Node:
    return Node(labels, id_, _present({"scope": scope, "id": id_, **properties}))


def _relationship(
    type_: str, source: str, target: str, properties: Properties | None = None
) -> Relationship:
    return Relationship(type_, source, target, _present(properties or {}))


def _properties(record: Episode | Note | Mention | Claim) -> Properties:
    """Return a record's fields as a graph's values: no tuples, no maps, times as they are."""
    return {field.name: _value(field.name, getattr(record, field.name)) for field in fields(record)}


def _value(name: str, value: object) -> object:
    if name in JSON_VALUES:
        return canonical(json_value(value))
    if name == "sentences" and isinstance(value, tuple):
        return list(chain.from_iterable(value))
    return list(value) if isinstance(value, tuple) else value


def _said_later(note: Note) -> Properties:
    """Return what changes may say of a note, None where none does."""
    names = ("pinned", "archived", "probes", "shown", "evolved_by")
    return {name: _value(name, getattr(note, name)) or None for name in names}


def _present(properties: Properties) -> Properties:
    return {name: value for name, value in properties.items() if value is not None}


def _fact_properties(fact: Fact) -> Properties:
    return {
        "subject": fact.subject,
        "relation": fact.relation,
        "object": fact.object,
        "negated": fact.negated,
        "valid_from": fact.valid_from,
        "valid_until": fact.valid_until,
        "created_by": fact.created_by,
    }


def _changed_by(change: Change) -> list[str]:
    """Return the ids of the nodes that a change is of, sorted: an alias need not be one."""
    match change.target:
        case NoteField(note=note):
            return [note]
        case LinkTarget(source=source, target=target):
            return sorted({source, target})
        case EntityTarget():
            return sorted(entities_named(change))


def target_properties(change: Change) -> Properties:
    """Return what a change is of as properties of its node."""
    match change.target:
        case NoteField(note=note, field=name):
            return {"note": note, "field": name}
        case LinkTarget(source=source, target=target, kind=kind):
            return {"note": source, "to": target, "kind": kind}
        case EntityTarget(entity=entity, name=called):
            return {"entity": entity, "name": called}


def _change_properties(change: Change, place: int) -> Properties:
    return {
        **target_properties(change),
        "before": _value("before", change.before),
        "after": _value("after", change.after),
        "reason": change.reason,
        "author": change.author,
        "run_id": change.run_id,
        "at": change.at,
        "seq": place,
        "evidence": list(change.evidence) or None,
        "depends_on": list(change.depends_on) or None,
    }


def _journal(store: StoreView, scope: ScopeKey) -> Iterator[tuple[int, Change]]:
    """Yield the changes record by record, each with its place among its record's."""
    for id_ in sorted({owner_of(change.target) for change in store.scan("change", scope)}):
        yield from enumerate(store.changes(scope, id_))


def _of_episodes(store: StoreView, scope: ScopeKey) -> Iterator[Relationship]:
    sessions: defaultdict[str, list[tuple[tuple[str, int, str], str]]] = defaultdict(list)
    for episode in store.scan("episode", scope):
        sessions[episode.session_id].append((episode.order, episode.id))
        yield _relationship("PART_OF", episode.id, episode.session_id)
    for run in sessions.values():
        run.sort()
        for (_, before), (_, after) in pairwise(run):
            yield _relationship("NEXT", before, after)


def _of_notes(store: StoreView, scope: ScopeKey) -> Iterator[Relationship]:
    for note in store.scan("note", scope):
        yield _relationship("PART_OF", note.id, note.session_id)
        for place, origin in enumerate(note.origins):
            yield _relationship("DERIVED_FROM", note.id, origin, {"place": place})
        if note.superseded_by is not None:
            yield _relationship("SUPERSEDES", note.superseded_by, note.id)
