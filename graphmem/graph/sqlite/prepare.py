"""A file is made ready for use: what it is, the settings of its connection, tables of today."""

import sqlite3
from pathlib import Path

from graphmem.errors import StoreError, StoreVersionError
from graphmem.graph.sqlite import compact
from graphmem.graph.sqlite.migrate import migrate
from graphmem.graph.sqlite.schema import APPLICATION_ID, PAGE_BYTES, VERSION

CACHE_KIB = 16_384
"""Pages kept in memory; the working set of a write, not of a snapshot."""

_WHAT_IT_IS = """SELECT (SELECT count(*) FROM sqlite_schema),
    (SELECT application_id FROM pragma_application_id),
    (SELECT user_version FROM pragma_user_version)"""
"""In one statement, so that no other process makes the store in between."""


def prepare(db: sqlite3.Connection, path: Path, *, is_new: bool) -> None:
    """Set up a connection that may write, and bring the file's tables to this version."""
    if is_new:
        db.execute(f"PRAGMA page_size = {PAGE_BYTES}")
        db.execute("PRAGMA auto_vacuum = INCREMENTAL")
    version = version_of(db, path)
    db.execute("PRAGMA journal_mode = WAL")
    db.execute("PRAGMA synchronous = NORMAL")
    db.execute("PRAGMA secure_delete = ON")
    db.execute(f"PRAGMA cache_size = -{CACHE_KIB}")
    db.execute("PRAGMA wal_autocheckpoint = 1")  # each write: a copy of the file is up to date
    if version < VERSION:
        _migrate(db)


def version_of(db: sqlite3.Connection, path: Path) -> int:
    """Return the version of a store's tables; 0: there are none.

    Raises StoreError if it is another program's file, StoreVersionError if it is newer.
    """
    tables, application, version = db.execute(_WHAT_IT_IS).fetchone()
    if tables and application != APPLICATION_ID:
        raise StoreError(f"{path} is a SQLite file of another program, not a memory")
    if version > VERSION:
        raise StoreVersionError(
            f"{path} has version {version}, this graphmem reads up to {VERSION}; "
            "type: pip install --upgrade graphmem"
        )
    return int(version)


def _migrate(db: sqlite3.Connection) -> None:
    db.execute("BEGIN IMMEDIATE")
    try:
        migrate(db)
        db.execute("COMMIT")
    except BaseException:
        if db.in_transaction:
            db.execute("ROLLBACK")
        raise
    compact.give_pages_back(db)  # those of older tables
