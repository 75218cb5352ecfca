"""sqlite3's errors, and rows that cannot be read -> StoreErrors that say what to type."""

import sqlite3
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from graphmem.errors import (
    StoreBusyError,
    StoreDamagedError,
    StoreError,
    StoreUnavailableError,
)

UNAVAILABLE = {
    sqlite3.SQLITE_FULL: "the disk is full",
    sqlite3.SQLITE_READONLY: "it may only be read",
    sqlite3.SQLITE_IOERR: "reading or writing failed",
    sqlite3.SQLITE_CANTOPEN: "it cannot be opened",
    sqlite3.SQLITE_PERM: "access is denied",
    sqlite3.SQLITE_AUTH: "access is denied",
}
BUSY = (sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED)

UNREADABLE = (ValueError, TypeError, LookupError, OverflowError, AttributeError, RecursionError)
"""What taking a row apart raises when a value is not what was written."""


@contextmanager
def rows_of(table: str) -> Iterator[None]:
    """Turn whatever the reading of a table's rows raises into StoreDamagedError."""
    try:
        yield
    except UNREADABLE as error:
        why = f"{type(error).__name__}: {error}"
        raise StoreDamagedError(f"table {table}", why) from error


def store_error(
    error: sqlite3.Error,
    path: Path,
    busy_seconds: float,
    table_of_damage: Callable[[], str | None],
) -> StoreError:
    """Return what an error means for the store at `path`, and what to type."""
    code = (getattr(error, "sqlite_errorcode", None) or 0) & 0xFF
    if code in BUSY:
        return StoreBusyError(
            f"another process has been writing {path} for more than "
            f"{busy_seconds:g} s; wait for it to end, then try again"
        )
    if code in UNAVAILABLE:
        return StoreUnavailableError(f"{path}: {UNAVAILABLE[code]} ({error}); nothing was lost")
    if code == sqlite3.SQLITE_NOTADB:
        return StoreError(f"{path} is not a memory, or is damaged: {error}")
    table = table_of_damage()
    return StoreDamagedError(f"table {table} of {path}" if table else str(path), error)
