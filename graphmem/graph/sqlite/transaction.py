"""One write of one scope in progress: its numbers, and the marks it leaves for snapshots."""

import sqlite3
from collections.abc import Iterable
from dataclasses import dataclass
from typing import NamedTuple

from graphmem.graph.sqlite import queries
from graphmem.graph.sqlite import statements as sql
from graphmem.graph.sqlite.rows import as_json
from graphmem.graph.sqlite.texts import texts_of
from graphmem.types import EpisodeId, ScopeKey

WRITES_KNOWN = 512
"""The last writes whose versions are known: what was derived before them is derived anew."""


MAKERS_KNOWN = 64
"""The last makers that are looked through for one that is known."""


class Origin(NamedTuple):
    """A stored episode that a note comes from: its numbers, and what was said by whom."""

    no: int
    session_no: int
    speaker: str | None
    text: str


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

    def origins(self, episodes: Iterable[str]) -> dict[EpisodeId, Origin]:
        """Return those episodes that are stored, as notes come from them."""
        rows = self.db.execute(sql.ORIGINS_OF_NEW, (as_json(episodes), self.scope_no))
        return {id_: Origin(*found) for id_, *found in rows}

    def maker(self, created_by: str, run_id: str) -> int:
        """Return the number of what makes notes in a run.

        Only the newest are looked at: a run that goes on after many others has a second number.
        """
        made = (created_by, run_id)
        (no,) = self.db.execute(sql.MAKER, (*made, MAKERS_KNOWN)).fetchone()
        if no is None:
            (no,) = self.db.execute(sql.ADD_MAKER, made).fetchone()
        return int(no)

    def text_and_origins(self, note: str) -> tuple[str, tuple[str, ...]]:
        """Return what never changes of a stored note."""
        no, text = self.db.execute(sql.NOTE_TEXT, (self.scope_no, note)).fetchone()
        if text is None:
            text = texts_of(self.db, [no])[no]
        origins = self.db.execute(queries.ORIGINS, (as_json([no]),))
        return text, tuple(origin for _, origin in origins)

    def touch_sessions(self, numbers: Iterable[int]) -> None:
        """Mark sessions as written now, so that a snapshot reads them again."""
        self.db.execute(sql.TOUCH_SESSIONS, (self.version, as_json(numbers)))
