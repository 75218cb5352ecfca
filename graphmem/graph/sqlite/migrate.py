"""Files of older versions -> files of this one, in one transaction."""

import sqlite3
from collections.abc import Callable
from typing import Any

from graphmem.graph.records import read_time
from graphmem.graph.sqlite.errors import UNREADABLE
from graphmem.graph.sqlite.keys import fact_key
from graphmem.graph.sqlite.schema import APPLICATION_ID, MIGRATIONS, VERSION
from graphmem.graph.sqlite.values import order_number, time_number


def migrate(db: sqlite3.Connection) -> None:
    """Bring a file's tables up to date, inside an open transaction; a new file's are made."""
    (version,) = db.execute("PRAGMA user_version").fetchone()
    functions = {
        "time_number": lambda text: time_number(read_time(text)),
        "order_number": order_number,
        "fact_key": fact_key,
    }
    for name, function in functions.items():
        db.create_function(name, 1, _or_as_it_is(function), deterministic=True)
    for statement in (s for migration in MIGRATIONS[version:] for s in migration):
        db.execute(statement)
    db.execute(f"PRAGMA application_id = {APPLICATION_ID}")
    db.execute(f"PRAGMA user_version = {VERSION}")


def _or_as_it_is(function: Callable[[Any], int | None]) -> Callable[[Any], Any]:
    """Leave what is damaged for the one who reads it: he names its table."""

    def read(value: object) -> object:
        try:
            return function(value)
        except UNREADABLE:
            return value

    return read
