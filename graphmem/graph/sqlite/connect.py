"""Connections to a store's file: made, writable, read-only, or immutable where no log can be.

An immutable connection does not look at the log and does not see what others write. So it is
opened only where the log holds nothing, and `Connection.is_stale` tells when the file changed.
"""

import os
import sqlite3
from contextlib import closing, suppress
from dataclasses import dataclass
from pathlib import Path
from stat import S_ISDIR, S_ISREG
from urllib.parse import quote

from graphmem.errors import StoreUnavailableError
from graphmem.graph.sqlite.errors import UNAVAILABLE
from graphmem.graph.sqlite.migrate import migrate
from graphmem.graph.sqlite.schema import APPLICATION_ID, VERSION

Signature = tuple[int, int, int]
"""Inode, size and time of the last write of a file."""

WAL_HEADER_BYTES = 32
"""A log that is no longer than its header holds no page."""


BESIDE_LISTED = 5
"""Memories that are named where another was looked for."""


@dataclass(frozen=True, slots=True)
class Connection:
    """An open connection, and how the file looked if it is immutable."""

    db: sqlite3.Connection
    is_writable: bool
    opened_as: Signature | None = None
    """Of an immutable connection: the file when it was opened."""

    def is_stale(self, path: Path) -> bool:
        """Tell whether the file of an immutable connection was written since it was opened."""
        return self.opened_as is not None and (
            self.opened_as != signature(path) or has_log(path) is not False
        )


def check_place(path: Path) -> None:
    """Raise StoreUnavailableError if no store can be at a path."""
    try:
        mode = path.stat().st_mode
    except FileNotFoundError:
        if not path.parent.is_dir():
            raise StoreUnavailableError(
                f"there is no folder {path.parent}; make it first"
            ) from None
        return
    except (OSError, ValueError) as error:
        raise StoreUnavailableError(f"{path} cannot be opened: {error}") from None
    if S_ISDIR(mode):
        raise StoreUnavailableError(f"{path} is a folder; name a file: {path / 'memory.db'}")
    if not S_ISREG(mode):
        raise StoreUnavailableError(f"{path} is no regular file; name another one")


def memories_beside(path: Path) -> list[str]:
    """Return the names of the first memories that lie in a path's folder, by their file's mark."""
    found: list[str] = []
    with suppress(OSError):
        for other in sorted(path.parent.iterdir()):
            if other.suffix in (path.suffix, ".db") and other.is_file() and _is_marked(other):
                found.append(other.name)
                if len(found) == BESIDE_LISTED:
                    break
    return found


def _is_marked(path: Path) -> bool:
    """Tell whether a file says that it is a memory: in SQLite's header, at byte 68."""
    with path.open("rb") as file:
        return file.read(72)[68:] == APPLICATION_ID.to_bytes(4, "big")


def open_writable(path: Path, *, busy_seconds: float) -> Connection:
    """Open a file to be written, made readable by its owner alone if it is not there.

    SQLite gives its log the rights of the file. Raises sqlite3.OperationalError.
    """
    if not path.exists():
        try:
            os.close(os.open(path, os.O_CREAT | os.O_RDWR, 0o600))
        except OSError as error:
            raise StoreUnavailableError(
                f"{path}: it cannot be made ({error.strerror}); nothing was lost"
            ) from error
    return Connection(_connect(path, "rw", busy_seconds), is_writable=True)


def open_read_only(path: Path, *, busy_seconds: float) -> Connection:
    """Open a file that may not be written: with its log, else immutable if the log holds nothing.

    One of an older version is read from a copy in memory, as it was when it was opened. Raises
    StoreUnavailableError if committed writes may stand in a log that cannot be read.
    """
    db = _connect(path, "ro", busy_seconds)
    try:
        db.execute("SELECT count(*) FROM sqlite_schema").fetchone()
    except sqlite3.OperationalError as error:
        db.close()
        if error.sqlite_errorcode & 0xFF not in UNAVAILABLE:
            raise
    else:
        return Connection(_up_to_date(db), is_writable=False)
    seen = signature(path)
    if has_log(path) is not False:
        raise StoreUnavailableError(
            f"{path} may only be read, and its last writes stand in {path}-wal, which cannot be "
            "opened here; copy both files to a folder that you may write, and open the copy"
        )
    db = _connect(path, "ro&immutable=1", busy_seconds)
    return Connection(_up_to_date(db), is_writable=False, opened_as=seen)


def _up_to_date(db: sqlite3.Connection) -> sqlite3.Connection:
    """Return a connection to a file's tables as this version has them."""
    (application,) = db.execute("PRAGMA application_id").fetchone()
    (version,) = db.execute("PRAGMA user_version").fetchone()
    if application != APPLICATION_ID or version >= VERSION:
        return db
    with closing(db):
        copy = sqlite3.connect(":memory:", isolation_level=None, check_same_thread=False)
        db.backup(copy)
    migrate(copy)
    copy.execute("PRAGMA query_only = ON")
    return copy


def uri_of(path: Path, mode: str) -> str:
    """Return the URI that opens a path, whatever bytes its name has."""
    return f"file:{quote(os.fsencode(path.absolute()))}?mode={mode}"


def signature(path: Path) -> Signature | None:
    """Return what a write of the file changes; None: it is gone."""
    try:
        found = path.stat()
    except OSError:
        return None
    return found.st_ino, found.st_size, found.st_mtime_ns


def has_log(path: Path) -> bool | None:
    """Tell whether pages stand in the file's log; None: that cannot be seen."""
    try:
        return path.with_name(f"{path.name}-wal").stat().st_size > WAL_HEADER_BYTES
    except FileNotFoundError:
        return False
    except OSError:
        return None


def _connect(path: Path, mode: str, busy_seconds: float) -> sqlite3.Connection:
    return sqlite3.connect(
        uri_of(path, mode),
        timeout=busy_seconds,
        isolation_level=None,
        check_same_thread=False,
        uri=True,
    )
