"""A second connection to a store's file: reads what was last committed while a thread writes."""

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from threading import RLock, get_ident

from graphmem.errors import StoreError
from graphmem.graph.sqlite.connect import Connection, open_read_only


class Beside:
    """One connection that only reads, opened when it is first needed; threads take turns."""

    def __init__(self, path: Path, *, busy_seconds: float) -> None:
        self.lock = RLock()
        """Held while something is read: who holds it knows that nobody is in the way."""
        self._path, self._busy_seconds = path, busy_seconds
        self._open_as: Connection | None = None
        self._reader: int | None = None
        self._is_closed = False

    @property
    def is_reading(self) -> bool:
        """Whether this thread is inside `reading`."""
        return self._reader == get_ident()

    @contextmanager
    def reading(self) -> Iterator[sqlite3.Connection]:
        """Give the connection inside a transaction that sees one state; within it, that one."""
        if self.is_reading:
            yield self._connection()
            return
        with self.lock:
            db = self._connection()
            db.execute("BEGIN")
            self._reader = get_ident()
            try:
                yield db
            finally:
                self._reader = None
                db.execute("ROLLBACK")

    def close(self) -> None:
        """Close the connection for good; twice is fine."""
        with self.lock:
            if self._open_as is not None:
                self._open_as.db.close()
            self._open_as, self._is_closed = None, True

    def _connection(self) -> sqlite3.Connection:
        if self._is_closed:
            raise StoreError(f"{self._path} is closed; open the store again")
        if self._open_as is None:
            self._open_as = open_read_only(self._path, busy_seconds=self._busy_seconds)
        return self._open_as.db
