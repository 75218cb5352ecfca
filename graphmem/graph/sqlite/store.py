"""SqliteStore: a memory in one file."""

import logging
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from datetime import datetime
from itertools import groupby
from operator import attrgetter
from pathlib import Path
from shutil import rmtree
from typing import Any, TypeVar

from graphmem.arrays import GraphSnapshot
from graphmem.batches import Batch, WriteCounts
from graphmem.changes import Change
from graphmem.contracts import Clock, RecordKind, utc_now
from graphmem.errors import StoreUnavailableError
from graphmem.graph.sqlite import erase, queries, write
from graphmem.graph.sqlite import statements as sql
from graphmem.graph.sqlite.compact import mark_due
from graphmem.graph.sqlite.connect import memories_beside
from graphmem.graph.sqlite.errors import rows_of
from graphmem.graph.sqlite.file import SqliteFile
from graphmem.graph.sqlite.imports import imports_of, keep_import
from graphmem.graph.sqlite.journal import append_changes, take_back
from graphmem.graph.sqlite.read import Reader
from graphmem.graph.sqlite.snapshot import read_snapshot
from graphmem.graph.sqlite.state import State
from graphmem.graph.sqlite.states import state_of, writes_since
from graphmem.graph.sqlite.transaction import Transaction
from graphmem.graph.validate import check_batch, refuse_other_encoder
from graphmem.index_files import remove_index
from graphmem.receipts import ImportReport, with_import
from graphmem.types import (
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

_log = logging.getLogger(__name__)

BUSY_SECONDS = 10.0
"""How long a writer waits for another process's write."""


def open_sqlite(url: str, *, must_exist: bool = False, clock: Clock = utc_now) -> "SqliteStore":
    """Open the file of `sqlite:///FILE`: relative to the working folder unless FILE begins with /.

    Raises StoreUnavailableError if the file is not there and `must_exist`, and what SqliteStore
    raises.
    """
    path = Path(url.partition(":")[2].removeprefix("//").removeprefix("/"))
    if must_exist and not path.exists():
        found = ", ".join(memories_beside(path))
        beside = f"; beside it: {found}" if found else ""
        raise StoreUnavailableError(
            f"there is no store {path}{beside}; to make one, type: graphmem ingest PATH"
        )
    return SqliteStore(path, clock=clock)


class SqliteStore:
    """A `GraphStore` in a SQLite file; see `file` for processes and threads.

    Raises StoreUnavailableError if the file can neither be made nor opened, StoreVersionError if
    a newer graphmem wrote it, StoreError if it is something else. A file that may only be read
    opens, and refuses to be written.
    """

    def __init__(
        self, path: str | Path, *, clock: Clock = utc_now, busy_seconds: float = BUSY_SECONDS
    ) -> None:
        self._clock = clock
        self._file = SqliteFile(Path(path), busy_seconds=busy_seconds)
        self.copies = self._file.path.with_name(f"{self._file.path.name}.cypher")
        """Where `graphmem cypher` kept copies of this file once; now none outlives its question."""
        self.index_files = self._file.index_files
        if self._file.is_writable and self._file.is_compaction_due():
            self._go_on_compacting()

    def write(self, batch: Batch) -> WriteCounts:
        check_batch(batch, self.encoder())
        with self._file.writing() as db:
            return write.write(Transaction.begin(db, batch.scope), batch)

    def apply(self, changes: Sequence[Change]) -> None:
        scope_of = attrgetter("scope")
        with self._file.writing() as db:
            for scope, group in groupby(sorted(changes, key=scope_of), key=scope_of):
                append_changes(Transaction.begin(db, scope), list(group))

    def take_back(self, scope: ScopeKey, changes: Sequence[ChangeId]) -> None:
        with self._file.writing() as db:
            take_back(Transaction.begin(db, scope), changes)

    def delete(self, origins: Sequence[EpisodeId], rewritten: Batch) -> WriteCounts:
        check_batch(rewritten, self.encoder())
        with self._file.writing() as db:
            tx = Transaction.begin(db, rewritten.scope)
            counts = erase.delete(
                tx,
                origins,
                deleted_at=self._clock(),
                write_rest=lambda: write.write(tx, rewritten),
            )
            mark_due(db)
        self._file.give_back()
        return counts

    def atomically(self, work: Callable[[], T]) -> T:
        with self._file.writing():
            return work()

    def read(self, kind: RecordKind, scope: ScopeKey, ids: Sequence[str]) -> list[Any]:
        with self._state() as state:
            return state.read(kind, scope, ids)

    def scan(self, kind: RecordKind, scope: ScopeKey) -> Iterator[Any]:
        with self.one_state() as state:
            yield from state.scan(kind, scope)

    @contextmanager
    def one_state(self, scopes: Sequence[ScopeKey] | None = None) -> Iterator[State]:
        if self._file.is_writing:
            with self._state() as state:
                yield state
            return
        with self._file.one_state() as db:
            yield State(db, self._file)

    def known(self, scope: ScopeKey, ids: Sequence[EpisodeId]) -> dict[EpisodeId, str]:
        with self._reading(scope) as reader:
            return reader.known(ids)

    def neighbours(
        self,
        scope: ScopeKey,
        session: SessionId,
        order: tuple[str, int, str],
        *,
        before: int,
        after: int,
    ) -> list[Episode]:
        with self._reading(scope) as reader:
            ahead = reader.neighbours(queries.AHEAD, session, order, before)
            return ahead[::-1] + reader.neighbours(queries.BEHIND, session, order, after)

    def notes_of(self, scope: ScopeKey, episodes: Sequence[EpisodeId]) -> list[NoteId]:
        with self._reading(scope) as reader:
            return reader.notes_of(episodes)

    def changes(self, scope: ScopeKey, id_: str) -> list[Change]:
        with self._state() as state:
            return state.changes(scope, id_)

    def journal(
        self,
        scope: ScopeKey,
        *,
        before: ChangeId | None = None,
        run: str | None = None,
        but: str | None = None,
        limit: int,
    ) -> list[Change]:
        with self._reading(scope) as reader:
            return reader.journal_back(before=before, run=run, but=but, limit=limit)

    def links_of(self, scope: ScopeKey, kinds: Sequence[str]) -> list[Link]:
        with self._reading(scope) as reader:
            return reader.links_of(kinds)

    def probed(self, scope: ScopeKey) -> list[NoteId]:
        with self._file.reading() as db, rows_of("change"):
            return [NoteId(id_) for (id_,) in db.execute(queries.PROBED, (scope,))]

    def scopes(self) -> list[ScopeKey]:
        with self._state() as state:
            return state.scopes()

    def stats(self, scope: ScopeKey) -> dict[str, int]:
        with self._state() as state:
            return state.stats(scope)

    def imports(self, scope: ScopeKey) -> tuple[ImportReport, ...]:
        with self._file.reading() as db, rows_of("scope"):
            return imports_of(db, scope)

    def keep_import(self, scope: ScopeKey, report: ImportReport) -> None:
        if with_import(kept := self.imports(scope), report) != kept:
            with self._file.writing() as db:
                keep_import(db, scope, report)

    def version_token(self, scope: ScopeKey) -> str:
        with self._file.reading() as db, rows_of("meta"):
            (token,) = db.execute(sql.META, ("token",)).fetchone()
            row = db.execute(sql.SCOPE_VERSION, (scope,)).fetchone()
        return f"{token}-{row[0] if row else 0}"

    def state(self, scope: ScopeKey) -> str:
        with self._file.reading() as db, rows_of("scope"):
            return state_of(db, scope)

    def writes_since(self, scope: ScopeKey, state: str) -> int | None:
        with self._file.reading() as db, rows_of("meta"):
            return writes_since(db, scope, state)

    def encoder(self) -> EncoderIdentity | None:
        with self._state() as state:
            return state.encoder()

    def set_encoder(self, encoder: EncoderIdentity) -> None:
        if self.encoder() is None:
            with self._file.writing() as db:
                for key, value in (("encoder", encoder.name), ("dim", str(encoder.dim))):
                    db.execute(sql.SET_META, (key, value))
        refuse_other_encoder(self.encoder(), encoder)

    def snapshot(
        self,
        scopes: Sequence[ScopeKey],
        as_of: datetime | None,
        previous: GraphSnapshot | None = None,
    ) -> GraphSnapshot:
        with self._file.reading() as db, rows_of("note"):
            return read_snapshot(db, scopes, as_of, previous, now=self._clock())

    def files(self) -> list[Path]:
        path = self._file.path
        beside = [path.with_name(f"{path.name}{end}") for end in ("", "-wal", "-shm", "-journal")]
        return [one for one in beside if one.is_file()]

    def compact(self) -> None:
        if self.copies.exists():
            rmtree(self.copies)
        remove_index(self.index_files)
        self._file.compact()

    def back_up(self, path: Path) -> dict[str, int]:
        """Copy the store to a new file while it is used; return the rows of each table there.

        What others write meanwhile is in the copy or not, each write whole. Raises ConfigError if
        something is at `path`, StoreUnavailableError, StoreError if the store is damaged.
        """
        return self._file.back_up(path)

    def findings(self, *, full: bool = False) -> list[str]:
        """Return what is wrong with the file and its rows, a line each; `full` reads indexes too.

        That a record can be read, and is what its type says, is for who scans them to find.
        """
        return self._file.findings(full=full)

    def is_compaction_due(self) -> bool:
        """Tell whether text of a delete that was stopped may still stand in the file's bytes."""
        return self._file.is_compaction_due()

    def old_copies(self) -> list[Path]:
        """Return the copies for Cypher that show an older state than the store has."""
        now = tuple(f"-{self.version_token(scope)}" for scope in self.scopes())
        found = self.copies.iterdir() if self.copies.is_dir() else ()
        return sorted(path for path in found if not path.name.endswith(now))

    def close(self) -> None:
        self._file.close()

    def _go_on_compacting(self) -> None:
        """Finish what a process that ended left; one that is deleting now does so itself."""
        if not self._file.is_compaction_left():
            return
        rmtree(self.copies, ignore_errors=True)
        remove_index(self.index_files)
        is_done = self._file.finish_compaction()
        if is_done or self._file.is_compaction_left():
            _log.warning(
                "%s: a delete was stopped before the file was rewritten; %s",
                self._file.path,
                "it is now" if is_done else "type: graphmem store compact",
            )

    @property
    def is_in_transaction(self) -> bool:
        return self._file.is_writing

    @contextmanager
    def _state(self) -> Iterator[State]:
        with self._file.reading() as db:
            yield State(db, self._file)

    @contextmanager
    def _reading(self, scope: ScopeKey) -> Iterator[Reader]:
        with self._state() as state:
            yield state.of(scope)
