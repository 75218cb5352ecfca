"""The last states of a store, by the versions of its writes: which of them something is derived of.

Versions go up by numbers drawn at random, so a file that was put back from a copy and written on
never comes to one of the file that it replaced.
"""

import sqlite3

from graphmem.graph.sqlite import statements as sql
from graphmem.types import ScopeKey

VERSION_DIGITS = 16
"""Of a version in `meta.writes`."""


def state_of(db: sqlite3.Connection, scope: ScopeKey) -> str:
    """Return the name of a scope's state."""
    row = db.execute(sql.SCOPE_VERSION, (scope,)).fetchone()
    return f"{row[0] if row else 0:0{VERSION_DIGITS}x}"


def writes_since(db: sqlite3.Connection, scope: ScopeKey, state: str) -> int | None:
    """Return how many writes ago a scope was in a state; None: never, or long ago."""
    if state == state_of(db, scope):
        return 0
    row = db.execute(sql.META, ("writes",)).fetchone()
    known = row[0] if row else ""
    at = known.rfind(state) if len(state) == VERSION_DIGITS else -1
    return (len(known) - at) // VERSION_DIGITS - 1 if at >= 0 else None
