"""The engines of a memory, one a moment asked about, shared by every thread that searches."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from threading import Lock
from typing import Protocol

from graphmem.contracts import Clock, Encoder, GraphStore, Ranker, utc_now
from graphmem.errors import UnknownBackendError
from graphmem.retrieve.asked import Asked
from graphmem.retrieve.columns import NoteColumns
from graphmem.retrieve.engine import Engine, EngineParts
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


class Bases(Protocol):
    """Engines that outlive the process."""

    def load(self, scopes: Sequence[ScopeKey]) -> EngineParts | None:
        """Return the parts of an engine of now, or of a state before; None: there is none.

        Raises nothing for one that cannot be read.
        """

    def is_of(self, parts: EngineParts, version: str) -> bool:
        """Tell whether parts are of a state of the store."""

    def keep(self, parts: EngineParts) -> None:
        """Write them down where that is worth it."""


Moment = tuple[tuple[ScopeKey, ...], datetime | None]
"""Whose memories are asked, and of when; None: now."""


@dataclass(slots=True)
class _Held:
    version: str
    """The stamps of the store's scopes when the snapshot was read."""
    columns: NoteColumns
    """With the snapshot."""
    previous: EngineParts | None
    """Of an earlier snapshot, until there is an engine of this one."""
    engine: Engine | None = None
    """None: nobody has searched this snapshot yet."""


class Engines:
    """Keeps the snapshot and the engine of each moment as long as the store has not changed.

    An engine is never changed, so threads search one at once, and one that is being searched stays
    whole while its successor is made. Only those who find it out of date wait: for the one that
    makes the next.
    """

    def __init__(
        self,
        store: GraphStore,
        scope: ScopeKey,
        encoder: Encoder,
        *,
        check: Callable[[], None],
        clock: Clock = utc_now,
        bases: Bases | None = None,
        ranker: Ranker | None = None,
    ) -> None:
        """`check` is called after each reading of the store; it raises where that is of no use.

        `bases` keeps the engine of now; None: nobody does.
        """
        self._bases = bases
        self._store, self._encoder, self._check = store, encoder, check
        self._own, self._clock, self._ranker = (scope,), clock, ranker
        self._held: dict[Moment, _Held] = {}
        self._refreshing = Lock()

    def at(self, as_of: datetime | None, scopes: Sequence[ScopeKey] = ()) -> Engine:
        """Return the engine of one moment (None: now), brought up to date with the store.

        `scopes` are those asked at once; none: the own one.
        """
        held = self._now(as_of, scopes)
        if held.engine is None:
            with self._refreshing:
                if held.engine is None:
                    held.engine = Engine.of(
                        held.columns.snapshot,
                        encoder=self._encoder,
                        previous=held.previous,
                        columns=held.columns,
                        ranker=self._ranker,
                    )
                    held.previous = None
                    if self._bases is not None and as_of is None:
                        self._bases.keep(held.engine.parts)
        return held.engine

    def columns(self, as_of: datetime | None, scopes: Sequence[ScopeKey] = ()) -> NoteColumns:
        """Return the notes of one moment, up to date, for those who list and do not search."""
        return self._now(as_of, scopes).columns

    def clear(self) -> None:
        """Let go of all engines: what is cached must not outlive what was erased."""
        with self._refreshing:
            self._held = {}

    def _now(self, as_of: datetime | None, scopes: Sequence[ScopeKey]) -> _Held:
        moment = tuple(sorted(set(scopes))) or self._own, as_of
        held = self._current(moment)
        if held is None:
            with self._refreshing:
                held = self._current(moment) or self._refreshed(moment)
        return held

    def _current(self, moment: Moment) -> _Held | None:
        held = self._held.get(moment)
        if held is None or held.version != self._version(moment):
            return None
        until = held.columns.snapshot.until
        return held if until is None or self._clock() < until else None

    def _version(self, moment: Moment) -> str:
        return " ".join(map(self._store.version_token, moment[0]))

    def _refreshed(self, moment: Moment) -> _Held:
        version = self._version(moment)
        stale = self._pop_stale(moment) or self._loaded(moment, version)
        if stale is not None and stale.engine is not None:  # what was kept is of now
            self._check()
            self._held[moment] = stale
            return stale
        previous = stale.previous if stale else None
        snapshot = self._store.snapshot(
            moment[0], moment[1], previous=stale.columns.snapshot if stale else None
        )
        self._check()
        columns = stale.columns.next(snapshot) if stale else NoteColumns(snapshot, self._store)
        held = self._held[moment] = _Held(version, columns, previous)
        return held

    def _loaded(self, moment: Moment, version: str) -> _Held | None:
        """Return what was kept of now: an engine if it is up to date, else what leads to one."""
        parts = self._bases.load(moment[0]) if self._bases and moment[1] is None else None
        if self._bases is None or parts is None:
            return None
        until = parts.snapshot.until
        if self._bases.is_of(parts, version) and (until is None or self._clock() < until):
            columns = NoteColumns(parts.snapshot, self._store)
            engine = Engine.made(parts, self._encoder, columns, self._ranker)
            return _Held(version, columns, None, engine)
        light = parts.without_vectors()
        return _Held(version, NoteColumns(light.snapshot, self._store), light)

    def _pop_stale(self, moment: Moment) -> _Held | None:
        """Take out what is out of date, and other moments than the own now, without vectors.

        They are left to the snapshot's carry, so that the store can let go of them as it makes the
        next: they are never there twice, unless a thread still searches them.
        """
        stale = self._held.get(moment)
        now = (self._own, None)
        self._held = {at: held for at, held in self._held.items() if (at == now) != (moment == now)}
        if stale is None:
            return None
        previous = stale.engine.parts.without_vectors() if stale.engine else stale.previous
        light = stale.columns.snapshot.without_vectors()
        return _Held(stale.version, stale.columns.next(light), previous)
