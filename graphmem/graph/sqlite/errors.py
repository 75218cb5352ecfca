"""sqlite3's errors, and rows that cannot be read -> StoreErrors that say what to type."""

import sqlite3
from collections.abc import Callable
from contextlib import ContextDecorator
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


class _Rows(ContextDecorator):
    """What `rows_of` gives. Entered many times a write, so no generator."""

    def __init__(self, table: str) -> None:
        self._table = table

    def __enter__(self) -> None:
        """Begin to read."""

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: object
    ) -> None:
        if isinstance(error, UNREADABLE):
            why = f"{type(error).__name__}: {error}"
            raise StoreDamagedError(f"table {self._table}", why) from error


def rows_of(table: str) -> _Rows:
    """Turn whatever the reading of a table's rows raises into StoreDamagedError."""
    return _Rows(table)


class Translation:
    """Turns what sqlite3 raises into the StoreError that says what to do. Entered as `_Rows` is."""

    def __init__(
        self, path: Path, busy_seconds: float, table_of_damage: Callable[[], str | None]
    ) -> None:
        self._path = path
        self._busy_seconds = busy_seconds
        self._table_of_damage = table_of_damage

    def __enter__(self) -> None:
        """Begin; any number may be open at once."""

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: object
    ) -> None:
        if isinstance(error, sqlite3.Error):
            raise store_error(
                error, self._path, self._busy_seconds, self._table_of_damage
            ) from error


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
