"""What can still be read of a damaged store: its episodes, whose they are, and what was deleted.

Rows are asked for by number, one by one, so a damaged page costs the rows on it and no others.
"""

import os
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from shutil import copyfile
from tempfile import TemporaryDirectory

from graphmem import ids
from graphmem.batches import Tombstone
from graphmem.errors import StoreDamagedError, StoreUnavailableError
from graphmem.graph.sqlite.errors import UNREADABLE, rows_of
from graphmem.graph.sqlite.rows import read_episode
from graphmem.graph.sqlite.values import as_moment, as_text
from graphmem.types import Episode, ScopeKey, Session, SessionId

HEAD_BYTES = 100
MOST_LENGTHENED = 1_000
"""Times a file's size: what its head may say of its length and be believed."""
NOTADB = sqlite3.SQLITE_NOTADB

_LAST_NUMBERS = (
    "SELECT max(no) FROM episode",
    "SELECT max(episode_no) FROM origin",
    "SELECT max(episode_no) FROM note",
)
_SCOPE = "SELECT key FROM scope WHERE no = ?"
_SESSION = "SELECT id, collection, name FROM session WHERE no = ?"
_EPISODE = """SELECT scope_no, session_no, id, source_id, position, text, speaker, said_at, title,
    metadata, {} FROM episode NOT INDEXED WHERE no = ?"""
_COLUMNS = "PRAGMA table_info(episode)"
_LATER, _BEFORE_THEM = "utc_offset, is_placed", "NULL, 0"
"""Columns that a file of an older version lacks, and what stands for them there."""
_TOMBSTONES = """SELECT scope_no, episode_id, deleted_at FROM tombstone
    ORDER BY scope_no {0}, episode_id {0}"""
_IS_THERE = "SELECT EXISTS (SELECT 1 FROM {table} WHERE {column} = ?)"


def _later_columns(db: sqlite3.Connection) -> str:
    with suppress(sqlite3.Error):
        if not any(name == "is_placed" for _, name, *_ in db.execute(_COLUMNS)):
            return _BEFORE_THEM
    return _LATER


@dataclass(slots=True)
class Wreck:
    """A damaged store that is read as far as it goes. Raises StoreDamagedError if it has no head.

    A session or a scope whose row is lost gets the name `salvaged-` and its number.
    """

    path: Path
    lost: int = 0
    """Episodes that are named somewhere in the file and cannot be read."""
    _scopes: dict[int, ScopeKey] = field(default_factory=dict)
    _sessions: dict[int, Session] = field(default_factory=dict)

    def episodes(self) -> Iterator[tuple[Session, Episode]]:
        """Yield the episodes that can be read, each with its session, by number."""
        with self._opened() as db:
            statement = _EPISODE.format(_later_columns(db))
            for no in range(1, self._last_number(db) + 1):
                try:
                    with rows_of("episode"):
                        found = self._episode(db, statement, no)
                except (sqlite3.Error, StoreDamagedError):
                    self.lost += 1
                    continue
                if found is not None:
                    yield found
                elif self._is_named(db, no):
                    self.lost += 1

    def tombstones(self) -> list[Tombstone]:
        """Return what was deleted before, as far as it can be read from either end."""
        found: dict[tuple[ScopeKey, str], Tombstone] = {}
        with self._opened() as db:
            for order in ("ASC", "DESC"):
                with suppress(sqlite3.Error, *UNREADABLE):
                    for scope_no, id_, deleted_at in db.execute(_TOMBSTONES.format(order)):
                        scope, moment = self._scope(db, scope_no), as_moment(deleted_at)
                        if moment is not None:
                            stone = Tombstone(episode=as_text(id_), scope=scope, deleted_at=moment)
                            found[scope, id_] = stone
        return list(found.values())

    def encoder(self) -> str | None:
        """Return the name of the encoder that the store recorded, if it can be read."""
        with self._opened() as db, suppress(sqlite3.Error, *UNREADABLE):
            row = db.execute("SELECT value FROM meta WHERE key = 'encoder'").fetchone()
            return None if row is None else str(as_text(row[0]))
        return None

    def _episode(
        self, db: sqlite3.Connection, statement: str, no: int
    ) -> tuple[Session, Episode] | None:
        row = db.execute(statement, (no,)).fetchone()
        if row is None:
            return None
        scope_no, session_no, id_, *rest = row
        scope = self._scope(db, scope_no)
        session = self._session(db, session_no, scope)
        return session, read_episode((id_, session.id, *rest), scope)

    def _scope(self, db: sqlite3.Connection, no: int) -> ScopeKey:
        if no not in self._scopes:
            key = ScopeKey(f"salvaged-{int(no)}")
            with suppress(sqlite3.Error, *UNREADABLE):
                key = ScopeKey(as_text(db.execute(_SCOPE, (no,)).fetchone()[0]))
            self._scopes[no] = key
        return self._scopes[no]

    def _session(self, db: sqlite3.Connection, no: int, scope: ScopeKey) -> Session:
        if no not in self._sessions:
            collection, name = "", f"salvaged-{int(no)}"
            id_ = SessionId(ids.session_id(scope, collection, name))
            with suppress(sqlite3.Error, *UNREADABLE):
                id_, collection, name = map(as_text, db.execute(_SESSION, (no,)).fetchone())
            self._sessions[no] = Session(id=id_, scope=scope, collection=collection, name=name)
        return self._sessions[no]

    def _last_number(self, db: sqlite3.Connection) -> int:
        """Return the last number that an episode may have; no row is smaller than ten bytes."""
        found = [0]
        for statement in _LAST_NUMBERS:
            with suppress(sqlite3.Error, *UNREADABLE):
                found.append(int(db.execute(statement).fetchone()[0]))
        most = self.path.stat().st_size // 10
        return max(number for number in found if number <= most)

    def _is_named(self, db: sqlite3.Connection, no: int) -> bool:
        with suppress(sqlite3.Error):
            return any(
                db.execute(_IS_THERE.format(table=table, column="episode_no"), (no,)).fetchone()[0]
                for table in ("origin", "note")
            )
        return False

    @contextmanager
    def _opened(self) -> Iterator[sqlite3.Connection]:
        """Open a copy, as long as the file's head says; its list of tables may be damaged."""
        if not self.path.is_file():
            raise StoreUnavailableError(f"there is no store {self.path} to salvage")
        with TemporaryDirectory(prefix="graphmem-") as folder:
            copy = Path(folder) / "wreck.db"
            copyfile(self.path, copy)
            log = self.path.with_name(f"{self.path.name}-wal")
            if log.is_file():
                copyfile(log, copy.with_name("wreck.db-wal"))
            _lengthen(copy)
            with closing(sqlite3.connect(copy)) as db:
                try:
                    db.execute("PRAGMA writable_schema = ON")
                    db.execute("SELECT count(*) FROM episode").fetchone()
                except sqlite3.DatabaseError as error:
                    if "no such table" in str(error) or error.sqlite_errorcode & 0xFF == NOTADB:
                        raise StoreDamagedError(f"the first page of {self.path}", error) from error
                yield db


def _lengthen(path: Path) -> None:
    """Fill up a file whose end was cut off with as many empty pages as its head tells of."""
    with path.open("r+b") as file:
        head = file.read(HEAD_BYTES).ljust(HEAD_BYTES, b"\0")
        page, pages = int.from_bytes(head[16:18], "big"), int.from_bytes(head[28:32], "big")
        size = file.seek(0, os.SEEK_END)
        if size < page * pages <= size * MOST_LENGTHENED:
            file.truncate(page * pages)


def by_scope(wreck: Wreck) -> Iterator[tuple[ScopeKey, list[tuple[Session, Episode]]]]:
    """Yield the episodes of each scope that can be read, those of one scope together."""
    found: dict[ScopeKey, list[tuple[Session, Episode]]] = {}
    for session, episode in wreck.episodes():
        found.setdefault(episode.scope, []).append((session, episode))
    yield from sorted(found.items())
