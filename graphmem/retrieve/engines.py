"""The engines of a memory, one a moment asked about, shared by every thread that searches."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import datetime
from logging import DEBUG
from threading import Lock
from typing import Protocol

from graphmem.contracts import Clock, Encoder, GraphStore, Ranker, utc_now
from graphmem.errors import GraphmemError, UnknownBackendError
from graphmem.fair_queue import PYTHON
from graphmem.retrieve.asked import Asked
from graphmem.retrieve.columns import NoteColumns
from graphmem.retrieve.engine import Engine, EngineParts
from graphmem.retrieve.found import Found
from graphmem.steps import step
from graphmem.types import ScopeKey

Retriever = Callable[[Engine, Sequence[Asked]], list[list[Found]]]
"""From an engine and what is asked, with one k and one filter, to the k best notes for each."""

RETRIEVERS: Mapping[str, Retriever] = {"walk": Engine.walk, "pagerank": Engine.pagerank}
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
    reading: int = 0
    """Which reading of the store it is of, counted from 1."""
    is_kept: bool = False
    """Whether the engine was offered to those who keep it, or came from them."""


@dataclass(frozen=True, slots=True)
class _Lent:
    """Bases that are read and not written: of a state that nobody else may ever see."""

    bases: Bases

    def load(self, scopes: Sequence[ScopeKey]) -> EngineParts | None:
        return self.bases.load(scopes)

    def is_of(self, parts: EngineParts, version: str) -> bool:
        return self.bases.is_of(parts, version)

    def keep(self, parts: EngineParts) -> None: ...


class Engines:
    """Keeps the snapshot and the engine of each moment as long as the store has not changed.

    An engine is never changed, so threads search one at once, and one that is being searched stays
    whole while its successor is made. Only those who find it out of date wait: for the one that
    makes the next. Who waited takes what was read since it began to wait, also if the store was
    written again by then: under steady writing each waiting thread would else read it anew, one
    after the other.
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
        apart: Callable[[EngineParts], EngineParts] | None = None,
    ) -> None:
        """`check` is called after each reading of the store; it raises where that is of no use.

        `bases` keeps the engine of now; None: nobody does. `apart` returns the same parts, sharing
        nothing with what they were made of; without it none is kept over a deletion.
        """
        self._bases = bases
        self._store, self._encoder, self._check = store, encoder, check
        self._own, self._clock, self._ranker, self._apart = (scope,), clock, ranker, apart
        self._held: dict[Moment, _Held] = {}
        self._refreshing = Lock()
        self._readings = 0

    def at(self, as_of: datetime | None, scopes: Sequence[ScopeKey] = ()) -> Engine:
        """Return the engine of one moment (None: now), brought up to date with the store.

        `scopes` are those asked at once; none: the own one.
        """
        moment, readings = self._moment(as_of, scopes), self._readings
        held = self._current(moment)
        if held is not None and held.engine is not None and held.is_kept:
            return held.engine
        with self._refreshed_by_one():
            held = self._since(readings, moment)
            engine = held.engine = held.engine or self._made(held, moment)
            if not held.is_kept and self._bases is not None and moment[1] is None:
                self._bases.keep(engine.parts)
            held.is_kept = True
            return engine

    def columns(self, as_of: datetime | None, scopes: Sequence[ScopeKey] = ()) -> NoteColumns:
        """Return the notes of one moment, up to date, for those who list and do not search."""
        moment, readings = self._moment(as_of, scopes), self._readings
        held = self._current(moment)
        if held is None:
            with self._refreshed_by_one():
                held = self._since(readings, moment)
        return held.columns

    def rehearsal(self) -> "Engines":
        """Return engines for what is done in a transaction that may be taken back.

        They start from what is held here, which stays as it is, and nothing of theirs is kept.
        """
        bases = None if self._bases is None else _Lent(self._bases)
        made = Engines(
            self._store, self._own[0], self._encoder, check=self._check, clock=self._clock,
            bases=bases, ranker=self._ranker, apart=self._apart,
        )  # fmt: skip
        now = (self._own, None)
        if (held := self._held.get(now)) is not None:  # no lock: who reads may wait for this writer
            made._held[now] = replace(held, reading=0)
        return made

    def clear(self) -> None:
        """Let go of all engines: what is cached must not outlive what was erased."""
        with self._refreshed_by_one():
            self._held = {}

    def let_go_of_erased(self) -> None:
        """Let go of all engines but that of now, which is brought forward.

        What is cached must not outlive what was erased: the new one shares nothing with the old. It
        is kept when somebody searches it.
        """
        now = self._moment(None, ())
        with self._refreshed_by_one():
            held, self._held = self._held.get(now), {}
            if held is None or held.engine is None or self._apart is None:
                return
            self._held = {now: held}
            try:
                held = self._current(now) or self._refreshed(now)
                parts = self._apart(self._made(held, now).parts)
            except GraphmemError:  # the next search says what it is
                self._held = {}
                return
            except BaseException:
                self._held = {}
                raise
            columns = NoteColumns(parts.snapshot, self._store)
            engine = Engine.made(parts, self._encoder, columns, self._ranker)
            self._held = {now: _Held(held.version, columns, None, engine, held.reading)}

    @contextmanager
    def _refreshed_by_one(self) -> Iterator[None]:
        """Wait, and hold nobody up meanwhile, for another thread that makes an engine."""
        if not self._refreshing.acquire(blocking=False):
            with PYTHON.aside():
                self._refreshing.acquire()
        try:
            yield
        finally:
            self._refreshing.release()

    def _moment(self, as_of: datetime | None, scopes: Sequence[ScopeKey]) -> Moment:
        return tuple(sorted(set(scopes))) or self._own, as_of

    def _since(self, readings: int, moment: Moment) -> _Held:
        """Return what is of the store as it is, or was after so many readings."""
        waited = self._read_since(readings, moment)
        return waited or self._current(moment) or self._refreshed(moment)

    def _read_since(self, readings: int, moment: Moment) -> _Held | None:
        held = self._held.get(moment)
        is_later = held is not None and held.reading > readings and self._is_in_time(held)
        return held if is_later else None

    def _made(self, held: _Held, moment: Moment) -> Engine:
        with step("index", level=DEBUG) as done:
            engine = Engine.of(
                held.columns.snapshot,
                encoder=self._encoder,
                previous=held.previous or self._parts_of_now(moment),
                columns=held.columns,
                ranker=self._ranker,
            )
            done.told(notes=len(held.columns.snapshot.note_ids))
        held.previous = None
        return engine

    def _parts_of_now(self, moment: Moment) -> EngineParts | None:
        """Return those of now, if an engine of it is held: most of what was true then still is."""
        now = self._now(moment)
        return now.engine.parts.without_vectors() if now is not None and now.engine else None

    def _now(self, moment: Moment) -> _Held | None:
        """Return what is held of now for the same scopes."""
        return self._held.get((moment[0], None))

    def _current(self, moment: Moment) -> _Held | None:
        held = self._held.get(moment)
        if held is None or held.version != self._version(moment):
            return None
        return held if self._is_in_time(held) else None

    def _is_in_time(self, held: _Held) -> bool:
        until = held.columns.snapshot.until
        return until is None or self._clock() < until

    def _version(self, moment: Moment) -> str:
        return " ".join(map(self._store.version_token, moment[0]))

    def _refreshed(self, moment: Moment) -> _Held:
        with step("read", level=DEBUG) as done:
            held = self._read(moment)
            done.told(notes=len(held.columns.snapshot.note_ids))
        return held

    def _read(self, moment: Moment) -> _Held:
        self._readings += 1
        reading, version = self._readings, self._version(moment)
        stale = self._pop_stale(moment) or self._loaded(moment, version)
        if stale is not None and stale.engine is not None:  # what was kept is of now
            self._check()
            stale.reading = reading
            self._held[moment] = stale
            return stale
        previous, beside = stale.previous if stale else None, stale or self._now(moment)
        snapshot = self._store.snapshot(
            moment[0], moment[1], previous=beside.columns.snapshot if beside else None
        )
        self._check()
        columns = stale.columns.next(snapshot) if stale else NoteColumns(snapshot, self._store)
        held = self._held[moment] = _Held(version, columns, previous, reading=reading)
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
            return _Held(version, columns, None, engine, is_kept=True)
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
