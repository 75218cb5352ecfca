"""What SQLite itself can tell of damage, table by table."""

import sqlite3
from contextlib import closing, suppress
from pathlib import Path

from graphmem.graph.sqlite.connect import uri_of
from graphmem.graph.sqlite.schema import TABLES


def table_of_damage(path: Path) -> str | None:
    """Return the first table in which SQLite finds damage, if it can tell."""
    with suppress(sqlite3.Error), closing(sqlite3.connect(uri_of(path, "ro"), uri=True)) as db:
        return next((table for table in TABLES if not _is_sound(db, table)), None)
    return None


def _is_sound(db: sqlite3.Connection, table: str) -> bool:
    try:
        return db.execute(f"PRAGMA quick_check({table})").fetchall() == [("ok",)]
    except sqlite3.Error:
        return False
