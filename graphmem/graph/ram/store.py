"""RamStore: the reference. Dicts, copied before they are changed: a failure leaves no trace.

What a method means is read here most easily. Readers see the state that the last finished write
left, so any number of threads may read while one writes; writers wait for each other.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import datetime
from operator import attrgetter
from pathlib import Path
from threading import RLock, local
from typing import Any, TypeVar, get_args
from uuid import uuid4

from graphmem.arrays import GraphSnapshot
from graphmem.batches import Batch, WriteCounts
from graphmem.changes import Change
from graphmem.contracts import Clock, RecordKind, utc_now
from graphmem.errors import ConfigError, MissingRecordError
from graphmem.graph.journal import Identities
from graphmem.graph.ram.block import block, is_true
from graphmem.graph.ram.read import journal_back, records_of
from graphmem.graph.ram.shelf import Shelf
from graphmem.graph.records import KEYED_BY_NOTE
from graphmem.graph.snapshot.build import Moment, first_end, in_utc, still_true, to_snapshot
from graphmem.graph.validate import check_batch, refuse_other_encoder
from graphmem.ids import memo_session_id
from graphmem.receipts import ImportReport, with_import
from graphmem.types import (
    ATOMIC_KINDS,
    ChangeId,
    EncoderIdentity,
    Episode,
    EpisodeId,
    Link,
    NoteId,
    ScopeKey,
    SessionId,
)

T = TypeVar("T")


def open_ram(url: str, *, must_exist: bool = False, clock: Clock = utc_now) -> "RamStore":
    """Open the store of `ram:`: a new one, whatever must exist. ConfigError for a longer URL."""
    if url.partition(":")[2].strip("/"):
        raise ConfigError(f"a store in memory has no name, and {url!r} gives one; type: ram:")
    return RamStore(clock=clock)


@dataclass(frozen=True, slots=True)
class _State:
    """All that a store holds; a write makes another one."""

    shelves: Mapping[ScopeKey, Shelf] = field(default_factory=dict)
    versions: Mapping[ScopeKey, int] = field(default_factory=dict)
    version: int = 0
    """Counts the writes of all scopes."""
    encoder: EncoderIdentity | None = None


class _Open(local):
    """The transaction that a thread has open."""

    state: _State | None = None


class RamStore:
    """A `GraphStore` that lives as long as the process."""

    def __init__(self, *, clock: Clock = utc_now) -> None:
        self._clock = clock
        self._finished = _State()
        self._open = _Open()
        self._token = uuid4().hex
        self._writing = RLock()

    def write(self, batch: Batch) -> WriteCounts:
        check_batch(batch, self.encoder())
        return self._change(batch.scope, lambda shelf: shelf.write(batch))

    def apply(self, changes: Sequence[Change]) -> None:
        by_scope: dict[ScopeKey, list[Change]] = {}
        for change in changes:
            by_scope.setdefault(change.scope, []).append(change)

        def append() -> None:
            for scope, group in by_scope.items():
                shelf = self._shelf(scope).copy()
                shelf.apply(group)
                self._put(shelf)

        self.atomically(append)

    def take_back(self, scope: ScopeKey, changes: Sequence[ChangeId]) -> None:
        self._change(scope, lambda shelf: shelf.take_back(changes))

    def delete(self, origins: Sequence[EpisodeId], rewritten: Batch) -> WriteCounts:
        check_batch(rewritten, self.encoder())
        now = self._clock()
        return self._change(rewritten.scope, lambda shelf: shelf.delete(origins, rewritten, now))

    def atomically(self, work: Callable[[], T]) -> T:
        with self._writing:
            if self._open.state is not None:
                return work()
            self._open.state = self._finished
            try:
                result = work()
                self._finished = self._open.state
            finally:
                self._open.state = None
        return result

    def read(self, kind: RecordKind, scope: ScopeKey, ids: Sequence[str]) -> list[Any]:
        records = records_of(self._shelf(scope), kind)
        absent = [id_ for id_ in ids if id_ not in records]
        if absent:
            raise MissingRecordError(kind, absent)
        return [records[id_] for id_ in ids]

    def scan(self, kind: RecordKind, scope: ScopeKey) -> Iterator[Any]:
        shelf = self._shelf(scope)
        if kind == "link":
            yield from (link for _, link in sorted(shelf.links.items()))
            return
        for id_, record in sorted(records_of(shelf, kind).items(), key=lambda item: item[0]):
            if kind not in KEYED_BY_NOTE:
                yield record
            elif len(record) or kind == "token":
                yield id_, record

    @contextmanager
    def one_state(self, scopes: Sequence[ScopeKey] | None = None) -> Iterator["RamStore"]:
        view = RamStore(clock=self._clock)
        view._finished, view._token = self._state, self._token
        yield view

    def known(self, scope: ScopeKey, ids: Sequence[EpisodeId]) -> dict[EpisodeId, str]:
        shelf = self._shelf(scope)
        live = {id_: "live" for id_ in ids if id_ in shelf.episodes}
        return live | {id_: "tombstone" for id_ in ids if id_ in shelf.tombstones}

    def neighbours(
        self,
        scope: ScopeKey,
        session: SessionId,
        order: tuple[str, int, str],
        *,
        before: int,
        after: int,
    ) -> list[Episode]:
        episodes = [e for e in self._shelf(scope).episodes.values() if e.session_id == session]
        episodes.sort(key=attrgetter("order"))
        ahead = [episode for episode in episodes if episode.order < order]
        return ahead[max(0, len(ahead) - before) :] + episodes[len(ahead) : len(ahead) + after]

    def notes_of(self, scope: ScopeKey, episodes: Sequence[EpisodeId]) -> list[NoteId]:
        wanted = set(episodes)
        notes = self._shelf(scope).notes.items()
        return sorted(id_ for id_, kept in notes if not wanted.isdisjoint(kept.note.origins))

    def changes(self, scope: ScopeKey, id_: str) -> list[Change]:
        shelf = self._shelf(scope)
        found = shelf.history(id_)
        if not found and id_ not in shelf.notes and id_ not in records_of(shelf, "entity"):
            raise MissingRecordError("note", [id_])
        return found

    def journal(
        self,
        scope: ScopeKey,
        *,
        before: ChangeId | None = None,
        run: str | None = None,
        but: str | None = None,
        limit: int,
    ) -> list[Change]:
        return journal_back(self._shelf(scope), before=before, run=run, but=but, limit=limit)

    def links_of(self, scope: ScopeKey, kinds: Sequence[str]) -> list[Link]:
        return [link for _, link in sorted(self._shelf(scope).links.items()) if link.kind in kinds]

    def scopes(self) -> list[ScopeKey]:
        shelves = self._state.shelves.items()
        return sorted(scope for scope, shelf in shelves if shelf.sessions or shelf.tombstones)

    def stats(self, scope: ScopeKey) -> dict[str, int]:
        """Return the number of records a kind; `bytes` is 0: nothing is in a file."""
        shelf, counts = self._shelf(scope), dict[str, int]()
        for kind in get_args(RecordKind):
            records = records_of(shelf, kind)
            keyed = kind in ("mention", "claim")
            counts[kind] = sum(map(len, records.values())) if keyed else len(records)
        return counts | {"link": len(shelf.links), "bytes": 0}

    def imports(self, scope: ScopeKey) -> tuple[ImportReport, ...]:
        return self._shelf(scope).imports

    def keep_import(self, scope: ScopeKey, report: ImportReport) -> None:
        def keep() -> None:
            shelf = self._shelf(scope).copy()
            shelf.imports = with_import(shelf.imports, report)
            state = self._state
            self._open.state = replace(state, shelves={**state.shelves, scope: shelf})

        self.atomically(keep)

    def version_token(self, scope: ScopeKey) -> str:
        return f"{self._token}-{self._state.versions.get(scope, 0)}"

    def encoder(self) -> EncoderIdentity | None:
        return self._state.encoder

    def set_encoder(self, encoder: EncoderIdentity) -> None:
        def record() -> None:
            refuse_other_encoder(self.encoder(), encoder)
            self._open.state = replace(self._state, encoder=encoder)

        self.atomically(record)

    def snapshot(
        self,
        scopes: Sequence[ScopeKey],
        as_of: datetime | None,
        previous: GraphSnapshot | None = None,
    ) -> GraphSnapshot:
        as_of, state = in_utc(as_of), self._state
        moment = Moment(
            store=self._token,
            scopes=tuple(sorted(set(scopes))),
            as_of=as_of,
            version=max((state.versions.get(scope, 0) for scope in scopes), default=0),
            encoder=state.encoder.name if state.encoder else "",
            now=in_utc(self._clock()),
        )
        same = still_true(previous, moment)
        if same is not None:
            return same
        shelves = [state.shelves[scope] for scope in moment.scopes if scope in state.shelves]
        notes = [
            (shelf, note)
            for shelf in shelves
            for note in records_of(shelf, "note").values()
            if note.kind in ATOMIC_KINDS and is_true(note, moment)
        ]
        columns, sessions = block(notes)
        hidden = {note.id for _, note in notes if note.archived}
        rows = (row for row, id_ in enumerate(columns.ids) if id_ in hidden)
        memos = {memo_session_id(scope) for scope in moment.scopes}
        numbers = tuple(number for session, number in sessions.items() if session in memos)
        moment = replace(moment, memos=numbers, archived=tuple(rows))
        merged = Identities.of([change for shelf in shelves for change in shelf.journal])
        ends = first_end((note.valid_until for _, note in notes), moment)
        return to_snapshot(columns, moment, merged, ends)

    def files(self) -> list[Path]:
        return []

    def compact(self) -> None:
        """Do nothing: what is deleted here is gone."""

    def close(self) -> None: ...

    @property
    def is_in_transaction(self) -> bool:
        return self._open.state is not None

    @property
    def _state(self) -> _State:
        """What this thread sees."""
        return self._open.state or self._finished

    def _shelf(self, scope: ScopeKey) -> Shelf:
        return self._state.shelves.get(scope) or Shelf(scope)

    def _change(self, scope: ScopeKey, change: Callable[[Shelf], T]) -> T:
        def changed() -> T:
            shelf = self._shelf(scope).copy()
            counts = change(shelf)
            self._put(shelf)
            return counts

        return self.atomically(changed)

    def _put(self, shelf: Shelf) -> None:
        """Put a shelf into the open transaction."""
        state, version = self._state, self._state.version + 1
        self._open.state = replace(
            state,
            shelves={**state.shelves, shelf.scope: shelf},
            versions={**state.versions, shelf.scope: version},
            version=version,
        )
