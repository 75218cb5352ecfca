"""A store as a stream of its records in chunks, in an order in which any store can take them.

Entities and facts are not in it: they are read back from the mentions and claims of the notes.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from graphlib import TopologicalSorter
from typing import Any, Generic, TypeVar

from graphmem.batches import Extraction, NoteRecord, Tombstone
from graphmem.changes import Change, NoteField, owner_of
from graphmem.contracts import GraphStore
from graphmem.graph.validate import refuse_unknown_scopes
from graphmem.reading import StoreView
from graphmem.types import Episode, Link, Note, NoteId, ScopeKey, Session

T = TypeVar("T")

Item = Session | Episode | NoteRecord | Link | Tombstone | Change
"""One record; a note with all that hangs on it, as it was before its changes."""

Chunk = list[tuple[ScopeKey, Item]]
"""What is written, and in a file signed, together."""

CHUNK_ITEMS = 1_000
CHUNK_BYTES = 8_000_000
"""A chunk ends at either; one item may be larger than that."""


def chunks(store: GraphStore, scopes: Sequence[ScopeKey] | None) -> Iterator[Chunk]:
    """Yield all records of the scopes, None: of every scope, in the order that `Item` has.

    All of it is one state of the store, or StoreBusyError comes at the end; see
    `GraphStore.one_state`. Raises ScopeError for a scope that the store does not have.
    """
    chunk: Chunk = []
    weight = 0
    with store.one_state(scopes) as state:
        for scope in _chosen(state, scopes):
            for item in _items(state, scope):
                chunk.append((scope, item))
                weight += _weight(item)
                if len(chunk) == CHUNK_ITEMS or weight >= CHUNK_BYTES:
                    yield chunk
                    chunk, weight = [], 0
    if chunk:
        yield chunk


def _chosen(store: StoreView, scopes: Sequence[ScopeKey] | None) -> list[ScopeKey]:
    there = store.scopes()
    refuse_unknown_scopes(there, sorted(set(scopes or ())))
    return there if scopes is None else sorted(set(scopes))


def _weight(item: Item) -> int:
    if isinstance(item, NoteRecord):
        arrays = (item.vectors, item.tokens)
        return len(item.note.text) + sum(rows.nbytes for rows in arrays if rows is not None)
    return len(item.text) if isinstance(item, Episode) else 0


def _items(store: StoreView, scope: ScopeKey) -> Iterator[Item]:
    changed = {owner_of(change.target) for change in store.scan("change", scope)}
    yield from store.scan("session", scope)
    yield from store.scan("episode", scope)
    yield from _notes(store, scope, changed)
    yield from store.scan("link", scope)
    yield from store.scan("tombstone", scope)
    yield from _in_order([store.changes(scope, id_) for id_ in sorted(changed)])


def _in_order(journals: Iterable[Sequence[Change]]) -> Iterator[Change]:
    """Yield the changes of several records, each behind those that it follows or depends on."""
    after: dict[str, set[str]] = {}
    found: dict[str, Change] = {}
    for journal in journals:
        for before, change in zip((None, *journal), journal, strict=False):
            after[change.id] = {*change.depends_on} | ({before.id} if before else set())
            found[change.id] = change
    yield from map(found.__getitem__, TopologicalSorter(after).static_order())


def _notes(store: StoreView, scope: ScopeKey, changed: set[str]) -> Iterator[NoteRecord]:
    mentions = _Hanging(store.scan("mention", scope))
    claims = _Hanging(store.scan("claim", scope))
    vectors = _Hanging(store.scan("vector", scope))
    tokens = _Hanging(store.scan("token", scope))
    for note in store.scan("note", scope):
        yield NoteRecord(
            note=_before(note, store.changes(scope, note.id)) if note.id in changed else note,
            extraction=Extraction(
                mentions=mentions.of(note.id) or (), claims=claims.of(note.id) or ()
            ),
            vectors=vectors.of(note.id),
            tokens=tokens.of(note.id),
        )


def _before(note: Note, changes: Iterable[Change]) -> Note:
    """Return the note as it was before its changes."""
    first: dict[str, Any] = {}
    for change in changes:
        if isinstance(change.target, NoteField):
            first.setdefault(change.target.field, change.before)
    return replace(note, **first)


class _Hanging(Generic[T]):
    """What hangs on notes, one kind of it, for note ids that are asked for in rising order."""

    def __init__(self, pairs: Iterator[tuple[NoteId, T]]) -> None:
        self._pairs = pairs
        self._next = next(pairs, None)

    def of(self, note: NoteId) -> T | None:
        """Return what hangs on the note, if anything does."""
        while self._next is not None and self._next[0] < note:
            self._next = next(self._pairs, None)
        return self._next[1] if self._next is not None and self._next[0] == note else None
