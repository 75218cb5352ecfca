"""A store of one's own: any other store, with a log of who changed what beside it.

Reading goes straight through. Each write, change and deletion adds a line to the log once it is
done: when, whose, how many records of which kind. What they say is never in it.
"""

import json
import os
from collections.abc import Callable, Iterator, Sequence
from contextlib import AbstractContextManager
from dataclasses import asdict
from datetime import datetime
from pathlib import Path
from threading import local
from typing import Any, TypeVar

from graphmem import Change
from graphmem.arrays import GraphSnapshot
from graphmem.batches import Batch, WriteCounts
from graphmem.contracts import Clock, GraphStore, RecordKind, utc_now
from graphmem.reading import StoreView
from graphmem.registry import open_store
from graphmem.types import (
    ChangeId,
    EncoderIdentity,
    Episode,
    EpisodeId,
    NoteId,
    ScopeKey,
    SessionId,
)

T = TypeVar("T")


def open_audited(url: str, *, must_exist: bool = False, clock: Clock = utc_now) -> "AuditedStore":
    """Open `audited:FILE`: the memory in FILE, its log in FILE.audit.jsonl beside it."""
    path = Path(url.partition(":")[2])
    store = open_store(path, must_exist=must_exist, clock=clock)
    return AuditedStore(store, path.with_name(f"{path.name}.audit.jsonl"), clock=clock)


class _Open(local):
    """What a thread's open transaction will have logged."""

    lines: list[str] | None = None


class AuditedStore:
    """A `GraphStore` that hands everything on to another and logs what changes it."""

    def __init__(self, store: GraphStore, log: Path, *, clock: Clock) -> None:
        self._store, self._log, self._clock = store, log, clock
        self._open = _Open()

    def write(self, batch: Batch) -> WriteCounts:
        """Write the batch, then log how many records it added."""
        counts = self._store.write(batch)
        self._append("write", batch.scope, asdict(counts))
        return counts

    def apply(self, changes: Sequence[Change]) -> None:
        """Apply the changes, then log each of their authors with the number of changes."""
        self._store.apply(changes)
        for scope, author in sorted({(change.scope, change.author) for change in changes}):
            own = [c for c in changes if (c.scope, c.author) == (scope, author)]
            self._append(f"change by {author}", scope, {"changes": len(own)})

    def take_back(self, scope: ScopeKey, changes: Sequence[ChangeId]) -> None:
        """Take the changes back, then log how many."""
        self._store.take_back(scope, changes)
        self._append("take back", scope, {"changes": len(changes)})

    def delete(self, origins: Sequence[EpisodeId], rewritten: Batch) -> WriteCounts:
        """Delete the episodes, then log how many records went."""
        counts = self._store.delete(origins, rewritten)
        self._append("delete", rewritten.scope, asdict(counts))
        return counts

    def atomically(self, work: Callable[[], T]) -> T:
        """Return what `work` does as one transaction; log what it wrote when it is done."""
        if self._open.lines is not None:
            return self._store.atomically(work)

        def begun() -> T:
            self._open.lines = []  # again: the store may call `work` again
            return work()

        try:
            result = self._store.atomically(begun)
            lines: list[str] = self._open.lines or []
        finally:
            self._open.lines = None
        for line in lines:
            self._log_line(line)
        return result

    def read(self, kind: RecordKind, scope: ScopeKey, ids: Sequence[str]) -> list[Any]:
        """Hand on."""
        return self._store.read(kind, scope, ids)

    def scan(self, kind: RecordKind, scope: ScopeKey) -> Iterator[Any]:
        """Hand on."""
        return self._store.scan(kind, scope)

    def one_state(
        self, scopes: Sequence[ScopeKey] | None = None
    ) -> AbstractContextManager[StoreView]:
        """Hand on."""
        return self._store.one_state(scopes)

    def known(self, scope: ScopeKey, ids: Sequence[EpisodeId]) -> dict[EpisodeId, str]:
        """Hand on."""
        return self._store.known(scope, ids)

    def neighbours(
        self,
        scope: ScopeKey,
        session: SessionId,
        order: tuple[str, int, str],
        *,
        before: int,
        after: int,
    ) -> list[Episode]:
        """Hand on."""
        return self._store.neighbours(scope, session, order, before=before, after=after)

    def notes_of(self, scope: ScopeKey, episodes: Sequence[EpisodeId]) -> list[NoteId]:
        """Hand on."""
        return self._store.notes_of(scope, episodes)

    def changes(self, scope: ScopeKey, id_: str) -> list[Change]:
        """Hand on."""
        return self._store.changes(scope, id_)

    def scopes(self) -> list[ScopeKey]:
        """Hand on."""
        return self._store.scopes()

    def stats(self, scope: ScopeKey) -> dict[str, int]:
        """Hand on."""
        return self._store.stats(scope)

    def version_token(self, scope: ScopeKey) -> str:
        """Hand on."""
        return self._store.version_token(scope)

    def encoder(self) -> EncoderIdentity | None:
        """Hand on."""
        return self._store.encoder()

    def set_encoder(self, encoder: EncoderIdentity) -> None:
        """Hand on."""
        self._store.set_encoder(encoder)

    def snapshot(
        self,
        scopes: Sequence[ScopeKey],
        as_of: datetime | None,
        previous: GraphSnapshot | None = None,
    ) -> GraphSnapshot:
        """Hand on."""
        return self._store.snapshot(scopes, as_of, previous)

    def files(self) -> list[Path]:
        """Hand on."""
        return self._store.files()

    def compact(self) -> None:
        """Hand on."""
        self._store.compact()

    def close(self) -> None:
        """Hand on."""
        self._store.close()

    def _append(self, what: str, scope: ScopeKey, counts: dict[str, int]) -> None:
        line = {"at": self._clock().isoformat(), "what": what, "scope": scope}
        text = json.dumps({**line, **{name: n for name, n in counts.items() if n}}) + "\n"
        if self._open.lines is None:
            self._log_line(text)
        else:
            self._open.lines.append(text)

    def _log_line(self, text: str) -> None:
        """Add one line to the log: a file for its owner alone, each line in one write."""
        file = os.open(self._log, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)
        with os.fdopen(file, "a", encoding="utf-8") as log:
            log.write(text)
