"""The engines of one scope, one a moment asked about, shared by every thread that searches."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from threading import Lock

from graphmem.contracts import Encoder, GraphStore
from graphmem.errors import UnknownBackendError
from graphmem.retrieve.asked import Asked
from graphmem.retrieve.engine import Engine
from graphmem.retrieve.found import Found
from graphmem.types import ScopeKey

Retriever = Callable[[Engine, Asked], list[Found]]
"""From an engine and what is asked to the k notes that answer best."""

RETRIEVERS: Mapping[str, Retriever] = {"walk": Engine.search, "pagerank": Engine.pagerank}
"""What a caller may choose from, by name."""


def retriever_named(name: str) -> Retriever:
    """Return one of RETRIEVERS; UnknownBackendError, with what there is, for another name."""
    if name not in RETRIEVERS:
        raise UnknownBackendError("retriever", name, RETRIEVERS)
    return RETRIEVERS[name]


@dataclass(frozen=True, slots=True)
class _Held:
    version: str
    """The store's stamp when the snapshot was read."""
    engine: Engine


class Engines:
    """Keeps the engine of each moment as long as the store has not changed.

    An engine is never changed, so threads search one at once, and one that is being searched stays
    whole while its successor is made. Only those who find it out of date wait: for the one that
    makes the next.
    """

    def __init__(
        self, store: GraphStore, scope: ScopeKey, encoder: Encoder, *, check: Callable[[], None]
    ) -> None:
        """`check` is called after each reading of the store; it raises where that is of no use."""
        self._store, self._scope, self._encoder, self._check = store, scope, encoder, check
        self._held: dict[datetime | None, _Held] = {}
        self._refreshing = Lock()

    def at(self, as_of: datetime | None) -> Engine:
        """Return the engine of one moment (None: now), brought up to date with the store."""
        held = self._current(as_of)
        if held is None:
            with self._refreshing:
                held = self._current(as_of) or self._refreshed(as_of)
        return held.engine

    def clear(self) -> None:
        """Let go of all engines: what is cached must not outlive what was erased."""
        with self._refreshing:
            self._held = {}

    def _current(self, as_of: datetime | None) -> _Held | None:
        held = self._held.get(as_of)
        return held if held and held.version == self._store.version_token(self._scope) else None

    def _refreshed(self, as_of: datetime | None) -> _Held:
        version = self._store.version_token(self._scope)
        previous = self._pop_stale(as_of)
        snapshot = self._store.snapshot(
            (self._scope,), as_of, previous=previous.snapshot if previous else None
        )
        self._check()
        engine = Engine.of(snapshot, encoder=self._encoder, previous=previous)
        held = self._held[as_of] = _Held(version, engine)
        return held

    def _pop_stale(self, as_of: datetime | None) -> Engine | None:
        """Take out an engine that is out of date, and those of other moments but now.

        Its vectors are left to its snapshot's carry, so that the store can let go of them as it
        makes the next: they are never there twice, unless a thread still searches them.
        """
        stale = self._held.get(as_of)
        self._held = {at: held for at, held in self._held.items() if at is None != as_of}
        return stale.engine.without_vectors() if stale else None
