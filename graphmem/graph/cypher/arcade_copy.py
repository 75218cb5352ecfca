"""One scope of any store written into an empty ArcadeDB: types, nodes, relationships, indexes."""

from collections.abc import Callable, Iterable, Iterator
from datetime import datetime
from operator import attrgetter
from typing import Any, TypeVar

from graphmem.graph.projection import (
    NODE_LABELS,
    RELATIONSHIP_TYPES,
    Relationship,
    nodes,
    relationships,
)
from graphmem.reading import StoreView
from graphmem.types import ScopeKey

T = TypeVar("T")

BATCH = 5_000
"""Records in one call of the library."""
COMMIT_EVERY = 10_000
"""Relationships in one transaction. Two threads at it cost half as much again."""


def copy_scope(database: Any, store: StoreView, scope: ScopeKey) -> None:
    """Write a scope's nodes and relationships into the database; tombstones have no edges."""
    single = sorted({label for labels in NODE_LABELS for label in labels})
    for label in single:
        database.command("sql", f"CREATE VERTEX TYPE `{label}`")
    for labels in NODE_LABELS:
        if len(labels) > 1:
            parents = ", ".join(f"`{label}`" for label in labels)
            database.command("sql", f"CREATE VERTEX TYPE `{'~'.join(labels)}` EXTENDS {parents}")
    for type_ in RELATIONSHIP_TYPES:
        database.command("sql", f"CREATE EDGE TYPE `{type_}`")
    _load(database, store, scope)
    for label in single:
        database.command("sql", f"CREATE PROPERTY `{label}`.id STRING")
        database.command("sql", f"CREATE INDEX ON `{label}` (id) UNIQUE")


def _load(database: Any, store: StoreView, scope: ScopeKey) -> None:
    places: dict[str, str] = {}
    with database.graph_batch(
        bidirectional=True, parallel_flush=False, commit_every=COMMIT_EVERY
    ) as batch:
        for labels, chunk in chunks(nodes(store, scope), attrgetter("labels"), size=BATCH):
            made = batch.create_vertices("~".join(labels), [node.properties for node in chunk])
            if labels != ("Tombstone",):
                places.update(zip((node.id for node in chunk), made, strict=True))
        for (type_, _), edges in chunks(relationships(store, scope), _kind, size=BATCH):
            known = [edge for edge in edges if edge.source in places and edge.target in places]
            batch.new_edges(
                [places[edge.source] for edge in known],
                type_,
                [places[edge.target] for edge in known],
                [edge.properties for edge in known],
            )


def _kind(edge: Relationship) -> tuple[str, bool]:
    """Return a relationship's type, and whether it has a time: one makes its chunk slow."""
    return edge.type, any(isinstance(value, datetime) for value in edge.properties.values())


def chunks(
    items: Iterable[T], kind: Callable[[T], Any], *, size: int
) -> Iterator[tuple[Any, list[T]]]:
    """Yield items of one kind together, at most `size`: every chunk is a call into the library."""
    waiting: dict[Any, list[T]] = {}
    for item in items:
        key = kind(item)
        chunk = waiting.setdefault(key, [])
        chunk.append(item)
        if len(chunk) == size:
            yield key, waiting.pop(key)
    yield from waiting.items()
