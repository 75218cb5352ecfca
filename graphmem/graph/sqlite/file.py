"""One SQLite file: opened, migrated, read and written in transactions, its errors translated.

Threads of a process take turns at one connection; while one writes, the others read what was last
committed over a second, as other processes do (WAL). A second writer waits, then gets
StoreBusyError.
"""

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from threading import RLock

from graphmem.errors import StoreBusyError, StoreError, StoreUnavailableError
from graphmem.graph.sqlite import compact
from graphmem.graph.sqlite.backup import back_up
from graphmem.graph.sqlite.beside import Beside
from graphmem.graph.sqlite.check import findings, table_of_damage
from graphmem.graph.sqlite.connect import Connection, check_place, open_read_only, open_writable
from graphmem.graph.sqlite.errors import UNAVAILABLE, Translation
from graphmem.graph.sqlite.prepare import prepare, version_of
from graphmem.index_files import IndexFiles, remove_index

SHORT_WAIT_SECONDS = 0.2
"""How long a compaction that nobody asked for waits for readers."""


class SqliteFile:
    """A connection to a store's file."""

    def __init__(self, path: Path, *, busy_seconds: float) -> None:
        self.path = path
        self.index_files = IndexFiles(path.parent / f"{path.name}-index")
        self._busy_seconds = busy_seconds
        self._lock = RLock()
        self._beside = Beside(path, busy_seconds=busy_seconds)
        self._open_as: Connection | None = None
        self._is_log_due = False
        """Whether a compaction of this process waits for a reader to let go of the log."""
        self._has_space_left = False
        """Whether what an open transaction erased is to be given back at its end."""
        self.translated = Translation(path, busy_seconds, lambda: table_of_damage(path))
        """Turns what sqlite3 raises inside it into a StoreError."""
        check_place(path)
        with self.translated:
            try:
                self._open()
            except BaseException:
                self.close()
                raise

    @contextmanager
    def reading(self) -> Iterator[sqlite3.Connection]:
        """Give a connection inside a transaction that sees one state of the file.

        Inside `writing` of the same thread it is that one; where another thread has it, the one
        beside it.
        """
        if self._beside.is_reading or not self._lock.acquire(blocking=not self.is_writable):
            with self.translated, self._beside.reading() as db:
                yield db
            return
        try:
            with self._reading_itself() as db:
                yield db
        finally:
            self._lock.release()

    @contextmanager
    def _reading_itself(self) -> Iterator[sqlite3.Connection]:
        with self.translated:
            db = self._connection()
            is_inside = db.in_transaction
            if is_inside:
                yield db
                return
            db.execute("BEGIN")
            try:
                yield db
            finally:
                if db.in_transaction:
                    db.execute("ROLLBACK")
                self._refuse_stale()

    @contextmanager
    def one_state(self) -> Iterator[sqlite3.Connection]:
        """Give a connection of its own that sees one state of the file for as long as it is held.

        Others write meanwhile, this thread too; a compaction waits until it is let go.
        """
        with self.translated:
            self._refuse_closed()
            opened = open_read_only(self.path, busy_seconds=self._busy_seconds)
            try:
                opened.db.execute("BEGIN")
                opened.db.execute("SELECT 1 FROM sqlite_schema").fetchone()  # that holds the state
                yield opened.db
            finally:
                opened.db.close()
            if opened.is_stale(self.path):
                raise StoreBusyError(f"{self.path} was written while it was read; try again")

    @property
    def is_writing(self) -> bool:
        """Whether this thread is inside `writing`."""
        self._refuse_closed()
        if not self._lock.acquire(blocking=False):
            return False  # another thread has the connection
        try:
            return self._connection().in_transaction
        finally:
            self._lock.release()

    @contextmanager
    def writing(self) -> Iterator[sqlite3.Connection]:
        """Give the connection inside a transaction that is committed whole, or not at all.

        Inside `writing` of the same thread it is that one, and ends with it.
        """
        with self._lock, self.translated:
            db = self._connection()
            is_inside = db.in_transaction
            if is_inside:
                yield db
                return
            db.execute("BEGIN IMMEDIATE")
            try:
                yield db
                with self._beside.lock:  # a reader would keep the log from being copied
                    db.execute("COMMIT")
            except BaseException:
                if db.in_transaction:
                    db.execute("ROLLBACK")
                raise
        if self._has_space_left:
            self.give_back()
        if self._is_log_due:
            self.finish_compaction()

    def give_back(self) -> None:
        """Remove the index, shrink the file and empty the log, as far as nobody is in the way.

        Inside `writing` it waits for its end: nobody may write an index of what was erased then.
        """
        with self._lock, suppress(StoreBusyError, StoreUnavailableError), self.translated:
            db = self._connection()
            self._has_space_left = db.in_transaction
            if db.in_transaction:
                return
            remove_index(self.index_files)
            with self._beside.lock, self._waiting(0):
                compact.give_pages_back(db)
                db.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchall()

    def compact(self) -> None:
        """Rewrite the file without what was deleted, and empty the log.

        Raises StoreBusyError or StoreUnavailableError if that cannot be finished now; the next
        call, or whoever opens the file next, goes on.
        """
        with self.writing() as db:
            compact.mark_due(db)
        if not self._finished(self._busy_seconds):
            raise StoreBusyError(
                f"another process is reading {self.path}, so what was deleted may still stand in "
                "its log; try again when it is done"
            )

    def back_up(self, path: Path) -> dict[str, int]:
        """Copy the file to a new one, checked; see `backup.back_up`."""
        with self._lock, self.translated:
            try:
                return back_up(self._connection(), path)
            finally:
                self._refuse_stale()

    def findings(self, *, full: bool) -> list[str]:
        """Return what SQLite and the references between rows show to be wrong."""
        with self.reading() as db:
            return list(findings(db, full=full))

    def is_compaction_due(self) -> bool:
        """Tell whether deleted text may still stand in the file's bytes."""
        with self.reading() as db:
            return compact.is_due(db)

    def is_compaction_left(self) -> bool:
        """Tell whether deleted text may still stand in the file and no process is at work on it.

        Who rewrites the file holds the write lock, also while it waits for readers.
        """
        waiting = self._waiting(SHORT_WAIT_SECONDS)
        with self._lock, suppress(StoreError), self.translated, waiting:
            db = self._connection()
            db.execute("BEGIN IMMEDIATE")
            try:
                return compact.is_due(db)
            finally:
                db.execute("ROLLBACK")
        return False

    def finish_compaction(self) -> bool:
        """Do what an unfinished compaction left, if nothing is in the way; False: not now.

        A damaged file is not rewritten, and can be opened all the same.
        """
        with suppress(StoreError):
            return self._finished(SHORT_WAIT_SECONDS)
        return False

    def bytes(self) -> int:
        """Return the size of the file and of its log."""
        parts = (self.path, self.path.with_name(f"{self.path.name}-wal"))
        return sum(part.stat().st_size for part in parts if part.exists())

    @property
    def is_writable(self) -> bool:
        """Whether the file was opened to be written."""
        return self._open_as is not None and self._open_as.is_writable

    def close(self) -> None:
        """Close the connection; twice is fine."""
        with self._lock:
            self._beside.close()  # first: whoever closes last copies the log
            if self._open_as is not None:
                self._open_as.db.close()
            self._open_as = None

    def _refuse_closed(self) -> Connection:
        if self._open_as is None:
            raise StoreError(f"{self.path} is closed; open the store again")
        return self._open_as

    def _connection(self) -> sqlite3.Connection:
        if self._refuse_closed().is_stale(self.path):
            self._open_for_reading()
        return self._refuse_closed().db

    def _finished(self, wait_seconds: float) -> bool:
        with self._lock, self.translated:
            db = self._connection()
            self._is_log_due = True
            with self._beside.lock, self._waiting(wait_seconds):
                self._is_log_due = not compact.finish(db)
        return not self._is_log_due

    @contextmanager
    def _waiting(self, seconds: float) -> Iterator[None]:
        """Wait so long for other processes, instead of what the file was opened with."""
        db = self._connection()
        db.execute(f"PRAGMA busy_timeout = {int(seconds * 1_000)}")
        try:
            yield
        finally:
            db.execute(f"PRAGMA busy_timeout = {int(self._busy_seconds * 1_000)}")

    def _open(self) -> None:
        is_new = not self.path.exists() or self.path.stat().st_size == 0
        try:
            self._open_as = open_writable(self.path, busy_seconds=self._busy_seconds)
            if is_new:
                remove_index(self.index_files)  # of a file that was here before
            prepare(self._open_as.db, self.path, is_new=is_new)
        except sqlite3.OperationalError as error:
            if is_new or error.sqlite_errorcode & 0xFF not in UNAVAILABLE:
                raise
            self._open_for_reading()

    def _open_for_reading(self) -> None:
        opened = open_read_only(self.path, busy_seconds=self._busy_seconds)
        self.close()
        self._open_as = opened
        version_of(opened.db, self.path)

    def _refuse_stale(self) -> None:
        """Refuse what an immutable connection read of a file that was written meanwhile."""
        if self._open_as is not None and self._open_as.is_stale(self.path):
            raise StoreBusyError(f"{self.path} was written while it was read; try again")
