"""One write of one scope in progress: its numbers, and the marks it leaves for snapshots."""

import sqlite3
from collections.abc import Iterable
from dataclasses import dataclass

from graphmem.graph.sqlite import queries
from graphmem.graph.sqlite import statements as sql
from graphmem.graph.sqlite.rows import as_json
from graphmem.types import EpisodeId, ScopeKey

WRITES_KNOWN = 128
"""The last writes whose versions are known: what was derived before them is derived anew."""


@dataclass(frozen=True, slots=True)
class Transaction:
    """An open write transaction on the records of one scope."""

    db: sqlite3.Connection
    scope: ScopeKey
    scope_no: int
    version: int
    """The store's write counter, counted up for this write."""

    @classmethod
    def begin(cls, db: sqlite3.Connection, scope: ScopeKey) -> "Transaction":
        """Count the write, and name its scope if it is new.

        The counter goes up by a number drawn at random: a file that was put back from a copy and
        written on comes to other versions than the one that it replaced.
        """
        db.execute(sql.NEXT_VERSION)
        (version,) = db.execute(sql.META, ("version",)).fetchone()
        db.execute(sql.NOTE_VERSION, (int(version), WRITES_KNOWN))
        db.execute(sql.ADD_SCOPE, (scope,))
        (scope_no,) = db.execute(sql.SCOPE_NUMBER, (scope,)).fetchone()
        db.execute(sql.TOUCH_SCOPE, (int(version), scope_no))
        return cls(db, scope, scope_no, int(version))

    def next_number(self, table: str) -> int:
        """Return the first number that no row of the table, and no later one, has."""
        (last,) = self.db.execute(sql.LAST_NUMBER[table]).fetchone()
        return int(last) + 1

    def session_numbers(self, ids: Iterable[str]) -> dict[str, int]:
        """Return the numbers of those of the sessions that are stored."""
        return dict(self.db.execute(sql.SESSION_NUMBERS, (as_json(ids), self.scope_no)))

    def note_numbers(self, ids: Iterable[str]) -> dict[str, int]:
        """Return the numbers of those of the notes that are stored."""
        return dict(self.db.execute(sql.NOTE_NUMBERS, (as_json(ids), self.scope_no)))

    def places(self, episodes: Iterable[str]) -> dict[EpisodeId, tuple[int, int, str]]:
        """Return number, session number and session id of those episodes that are stored."""
        rows = self.db.execute(sql.EPISODE_PLACES, (as_json(episodes), self.scope_no))
        return {id_: (no, session_no, session) for id_, no, session_no, session in rows}

    def text_and_origins(self, note: str) -> tuple[str, tuple[str, ...]]:
        """Return what never changes of a stored note."""
        no, text = self.db.execute(sql.NOTE_TEXT, (self.scope_no, note)).fetchone()
        origins = self.db.execute(queries.ORIGINS, (as_json([no]),))
        return text, tuple(origin for _, origin in origins)

    def touch_sessions(self, numbers: Iterable[int]) -> None:
        """Mark sessions as written now, so that a snapshot reads them again."""
        self.db.execute(sql.TOUCH_SESSIONS, (self.version, as_json(numbers)))
