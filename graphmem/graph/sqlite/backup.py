"""A copy of a store's file that is whole whatever others do to the file meanwhile, and checked."""

import sqlite3
from contextlib import closing
from pathlib import Path

from graphmem.errors import StoreError, StoreUnavailableError
from graphmem.files import new_path
from graphmem.graph.sqlite import compact
from graphmem.graph.sqlite.connect import uri_of
from graphmem.graph.sqlite.schema import TABLES


def back_up(db: sqlite3.Connection, path: Path) -> dict[str, int]:
    """Copy the store to a new file, and return how many rows each of its tables holds there.

    The copy takes its name after SQLite found it sound. Raises ConfigError if something is at
    `path`, StoreUnavailableError if it cannot be written, StoreError if the copy is damaged.
    """
    try:
        with (
            new_path(path) as part,
            closing(sqlite3.connect(uri_of(part, "rw"), uri=True, isolation_level=None)) as copy,
        ):
            db.backup(copy)  # in one step, so of one state: writers go on in the log
            copy.execute("PRAGMA journal_mode = DELETE")  # one file, no log beside it
            if compact.is_due(copy):
                compact.finish(copy)
            return _checked(copy, path)
    except OSError as error:
        raise StoreUnavailableError(f"{path} cannot be written: {error.strerror}") from error


def _checked(copy: sqlite3.Connection, path: Path) -> dict[str, int]:
    found = copy.execute("PRAGMA quick_check(1)").fetchone()[0]
    if found != "ok":
        raise StoreError(
            f"{path} was not written, since the store is damaged: {found}; type: graphmem doctor "
            "--full, then: graphmem store salvage NEW.db"
        )
    counts = {}
    for table in TABLES:
        (counts[table],) = copy.execute(f"SELECT count(*) FROM {table}").fetchone()
    return counts
