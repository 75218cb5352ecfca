"""One SQLite file: opened, migrated, read and written in transactions, its errors translated.

One connection, one lock: threads of a process take turns. Other processes read what was last
committed while one writes (WAL); a second writer waits, then gets StoreBusyError.
"""

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from threading import RLock
from urllib.parse import quote

from graphmem.errors import StoreBusyError, StoreError, StoreUnavailableError, StoreVersionError
from graphmem.graph.sqlite.schema import APPLICATION_ID, MIGRATIONS, PAGE_BYTES, VERSION

CACHE_KIB = 16_384
"""Pages kept in memory; the working set of a write, not of a snapshot."""

_UNAVAILABLE = {
    sqlite3.SQLITE_FULL: "the disk is full",
    sqlite3.SQLITE_READONLY: "it may only be read",
    sqlite3.SQLITE_IOERR: "reading or writing failed",
    sqlite3.SQLITE_CANTOPEN: "it cannot be opened",
    sqlite3.SQLITE_PERM: "access is denied",
    sqlite3.SQLITE_AUTH: "access is denied",
}
_BUSY = (sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED)


class SqliteFile:
    """A connection to a store's file."""

    def __init__(self, path: Path, *, busy_seconds: float) -> None:
        self.path = path
        self._busy_seconds = busy_seconds
        self._lock = RLock()
        self._db: sqlite3.Connection | None = None
        if path.is_dir():
            raise StoreUnavailableError(f"{path} is a folder; name a file: {path / 'memory.db'}")
        if not path.parent.is_dir():
            raise StoreUnavailableError(f"there is no folder {path.parent}; make it first")
        with self._translated():
            try:
                self._open()
            except BaseException:
                self.close()
                raise

    @contextmanager
    def reading(self) -> Iterator[sqlite3.Connection]:
        """Give the connection inside a transaction that sees one state of the file."""
        with self._lock, self._translated():
            db = self._connection()
            db.execute("BEGIN")
            try:
                yield db
            finally:
                if db.in_transaction:
                    db.execute("ROLLBACK")

    @contextmanager
    def writing(self) -> Iterator[sqlite3.Connection]:
        """Give the connection inside a transaction that is committed whole, or not at all."""
        with self._lock, self._translated():
            db = self._connection()
            db.execute("BEGIN IMMEDIATE")
            try:
                yield db
                db.execute("COMMIT")
            except BaseException:
                if db.in_transaction:
                    db.execute("ROLLBACK")
                raise

    def give_back(self) -> None:
        """After a delete: shrink the file and empty the log, as far as others let it."""
        with self._lock, suppress(StoreBusyError, StoreUnavailableError), self._translated():
            db = self._connection()
            db.execute("PRAGMA incremental_vacuum").fetchall()
            db.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchall()

    def compact(self) -> None:
        """Write the file anew without what was deleted, and empty the log."""
        with self._lock, self._translated():
            db = self._connection()
            db.execute("VACUUM")
            busy, _, _ = db.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()
        if busy:
            raise StoreBusyError(
                f"another process is reading {self.path}, so what was deleted may still stand in "
                "its log; try again when it is done"
            )

    def bytes(self) -> int:
        """Return the size of the file and of its log."""
        parts = (self.path, self.path.with_name(f"{self.path.name}-wal"))
        return sum(part.stat().st_size for part in parts if part.exists())

    def close(self) -> None:
        """Close the connection; twice is fine."""
        with self._lock:
            if self._db is not None:
                self._db.close()
            self._db = None

    def _connection(self) -> sqlite3.Connection:
        if self._db is None:
            raise StoreError(f"{self.path} is closed; open the store again")
        return self._db

    def _open(self) -> None:
        exists = self.path.exists() and self.path.stat().st_size > 0
        try:
            self._db = self._connect("rwc")
            self._prepare(self._db, is_new=not exists)
        except sqlite3.OperationalError as error:
            if not exists or error.sqlite_errorcode & 0xFF not in _UNAVAILABLE:
                raise
            self._open_for_reading()

    def _open_for_reading(self) -> None:
        """Open a file that may not be written; `immutable` where not even its log can be made."""
        for mode in ("ro", "ro&immutable=1"):
            self.close()
            self._db = self._connect(mode)
            try:
                self._check_version(self._db)
            except sqlite3.OperationalError:
                if mode != "ro":
                    raise
            else:
                return

    def _connect(self, mode: str) -> sqlite3.Connection:
        return sqlite3.connect(
            f"file:{quote(str(self.path.absolute()))}?mode={mode}",
            timeout=self._busy_seconds,
            isolation_level=None,
            check_same_thread=False,
            uri=True,
        )

    def _prepare(self, db: sqlite3.Connection, *, is_new: bool) -> None:
        if is_new:
            db.execute(f"PRAGMA page_size = {PAGE_BYTES}")
            db.execute("PRAGMA auto_vacuum = INCREMENTAL")
        version = self._check_version(db)
        db.execute("PRAGMA journal_mode = WAL")
        db.execute("PRAGMA synchronous = NORMAL")
        db.execute("PRAGMA secure_delete = ON")
        db.execute(f"PRAGMA cache_size = -{CACHE_KIB}")
        if version < VERSION:
            self._migrate(db)

    def _check_version(self, db: sqlite3.Connection) -> int:
        (version,) = db.execute("PRAGMA user_version").fetchone()
        (application,) = db.execute("PRAGMA application_id").fetchone()
        (tables,) = db.execute("SELECT count(*) FROM sqlite_schema").fetchone()
        if tables and application != APPLICATION_ID:
            raise StoreError(f"{self.path} is a SQLite file of another program, not a memory")
        if version > VERSION:
            raise StoreVersionError(
                f"{self.path} has version {version}, this graphmem reads up to {VERSION}; "
                "type: pip install --upgrade graphmem"
            )
        return int(version)

    def _migrate(self, db: sqlite3.Connection) -> None:
        with self.writing():
            (version,) = db.execute("PRAGMA user_version").fetchone()
            for statement in (s for migration in MIGRATIONS[version:] for s in migration):
                db.execute(statement)
            db.execute(f"PRAGMA application_id = {APPLICATION_ID}")
            db.execute(f"PRAGMA user_version = {VERSION}")

    @contextmanager
    def _translated(self) -> Iterator[None]:
        try:
            yield
        except sqlite3.Error as error:
            code = (getattr(error, "sqlite_errorcode", None) or 0) & 0xFF
            if code in _BUSY:
                raise StoreBusyError(
                    f"another process has been writing {self.path} for more than "
                    f"{self._busy_seconds:g} s; wait for it to end, then try again"
                ) from error
            if code in _UNAVAILABLE:
                raise StoreUnavailableError(
                    f"{self.path}: {_UNAVAILABLE[code]} ({error}); nothing was lost"
                ) from error
            raise StoreError(f"{self.path} is not a memory, or is damaged: {error}") from error
