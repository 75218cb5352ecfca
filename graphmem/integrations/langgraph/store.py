"""GraphmemStore: LangGraph's long-term memory of an agent, kept in a graphmem store."""

import asyncio
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from langgraph.store.base import (
    BaseStore,
    GetOp,
    ListNamespacesOp,
    Op,
    PutOp,
    Result,
    SearchItem,
    SearchOp,
    TTLConfig,
)

from graphmem.answers import Hit
from graphmem.integrations.langgraph.items import COLLECTION, INDEXED, Items, Stored
from graphmem.integrations.langgraph.kept import Kept
from graphmem.integrations.langgraph.matching import checked_filter, is_under, listed, meets
from graphmem.integrations.langgraph.namespaces import Namespace, Namespaces
from graphmem.memory import Memory
from graphmem.types import Scope

WIDER = 4
"""How many times more hits are asked for where a filter left too few of them."""

Found = tuple[Namespace, Stored, float | None]


class GraphmemStore(BaseStore):
    """A LangGraph store whose items are notes of a graphmem store, in scopes beside a memory's own.

    Each namespace is a scope: of its labels, the one at `user_at` (counted from 0) is the user, all
    others are the agent. `fields` are the paths of a value that are searched, unless a put names
    others. The memory lends its store, encoder and extractor; its own scope is not touched, and
    whoever opened it closes it. One object serves many threads.
    """

    supports_ttl = True
    __slots__ = ("_fields", "_kept", "_memory", "_namespaces", "ttl_config")

    def __init__(
        self,
        memory: Memory,
        *,
        user_at: int = 0,
        fields: Sequence[str] = ("$",),
        ttl: TTLConfig | None = None,
    ) -> None:
        self._memory = memory
        self._namespaces = Namespaces(user_at)
        self._fields = tuple(fields)
        self._kept: Kept[Stored] = Kept(memory.store)
        self.ttl_config = ttl

    def batch(self, ops: Iterable[Op]) -> list[Result]:
        """Do operations; the results are in their order.

        Reads see the state before the batch. Of several puts of a key the last counts; those of a
        namespace are one transaction. Raises ValueError for what is no operation, or a filter
        that there is not, before anything is done.
        """
        asked = list(ops)
        for op in asked:
            if isinstance(op, SearchOp):
                checked_filter(op.filter)
            elif not isinstance(op, GetOp | ListNamespacesOp | PutOp):
                raise ValueError(f"{type(op).__name__} is no operation of a store")  # noqa: TRY004
        results = [None if isinstance(op, PutOp) else self._read(op) for op in asked]
        self._write([op for op in asked if isinstance(op, PutOp)])
        return results

    async def abatch(self, ops: Iterable[Op]) -> list[Result]:
        """Do what `batch` does, in a thread."""
        return await asyncio.to_thread(self.batch, list(ops))

    def sweep_ttl(self) -> int:
        """Erase what has expired, for good; return how many items."""
        return sum(
            items.delete(items.expired())
            for namespace in self._spaces()
            for items in [self._items(namespace)]
        )

    def _read(self, op: GetOp | SearchOp | ListNamespacesOp) -> Result:
        if isinstance(op, ListNamespacesOp):
            return listed({one for one in self._spaces() if any(self._items(one).all())}, op)
        if isinstance(op, GetOp):
            items = self._items(op.namespace)
            stored = items.get(op.key)
            if stored and op.refresh_ttl:
                items.used([stored])
            return stored.item(op.namespace) if stored else None
        return self._searched(op)

    def _searched(self, op: SearchOp) -> list[SearchItem]:
        found = (self._ranked(op) if op.query else self._newest(op))[op.offset :][: op.limit]
        if op.refresh_ttl:
            for namespace, stored, _ in found:
                self._items(namespace).used([stored])
        return [
            SearchItem(
                namespace=namespace,
                key=stored.key,
                value=stored.copy(),
                created_at=stored.created_at,
                updated_at=stored.updated_at,
                score=score,
            )
            for namespace, stored, score in found
        ]

    def _newest(self, op: SearchOp) -> list[Found]:
        """Return the items that pass the filter, what was put last first."""
        wanted = op.filter or {}
        found = [
            (namespace, stored, None)
            for namespace in self._spaces(op.namespace_prefix)
            for stored in self._items(namespace).all()
            if meets(stored.value, wanted)
        ]
        found.sort(key=lambda one: (one[0], one[1].key))
        found.sort(key=lambda one: one[1].updated_at, reverse=True)
        return list(found)

    def _ranked(self, op: SearchOp) -> list[Found]:
        """Return what answers the query and passes the filter, the best first."""
        scopes = [self._namespaces.scope_of(one) for one in self._spaces(op.namespace_prefix)]
        wanted, k = op.offset + op.limit, max(op.offset + op.limit, 1)
        while scopes:
            hits = self._memory.search(
                op.query or "", k=k, scopes=scopes, where=INDEXED, any_time=True, current=False
            )
            found = [one for hit in hits for one in self._of_hit(hit, op.filter or {})]
            if len(found) >= wanted or len(hits) < k:
                return found
            k *= WIDER
        return []

    def _of_hit(self, hit: Hit, conditions: dict[str, Any]) -> Iterator[Found]:
        """Yield the item of a hit, and those of equal text, which a search shows as one."""
        scope = Scope.parse(hit.note.scope)
        namespace, now = self._namespaces.namespace_of(scope), self._memory.now()
        others = self._items(namespace).of(hit.repeats) if hit.repeats else []
        for stored in (Stored(hit.note, hit.episodes[0]), *others):
            if stored.lives(now) and meets(stored.value, conditions):
                yield namespace, stored, hit.score

    def _write(self, puts: Sequence[PutOp]) -> None:
        spaces: defaultdict[Namespace, dict[str, PutOp]] = defaultdict(dict)
        for op in puts:
            spaces[tuple(op.namespace)][op.key] = op
        for namespace, ops in spaces.items():
            items = self._items(namespace)
            written = [op for op in ops.values() if op.value is not None]

            def work(items: Items = items, written: Sequence[PutOp] = written) -> None:
                for op in written:
                    items.put(op)

            if written:
                self._memory.store.atomically(work)
            items.delete([key for key, op in ops.items() if op.value is None])

    def _items(self, namespace: Namespace) -> Items:
        scope = self._namespaces.scope_of(tuple(namespace))
        return Items(self._memory.of(scope), self._fields, self._kept)

    def _spaces(self, prefix: Sequence[str] = ()) -> list[Namespace]:
        """Return the namespaces that begin with a prefix and have ever held an item."""
        scopes = map(Scope.parse, self._memory.store.scopes())
        named = ((self._namespaces.namespace_of(scope), scope) for scope in scopes)
        return [
            namespace
            for namespace, scope in named
            if is_under(namespace, tuple(prefix)) and self._is_ours(namespace, scope)
        ]

    def _is_ours(self, namespace: Namespace, scope: Scope) -> bool:
        """Tell whether a scope is a namespace, and not a memory of other things alone."""
        if len(namespace) <= self._namespaces.user_at:
            return False
        sessions = self._memory.store.scan("session", scope.key)
        return any(session.collection == COLLECTION for session in sessions)
