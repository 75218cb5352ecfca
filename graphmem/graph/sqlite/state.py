"""One state of a SQLite store, read over one connection inside one transaction."""

import sqlite3
from collections.abc import Iterator, Sequence, Set
from typing import Any

from graphmem.changes import Change
from graphmem.contracts import RecordKind
from graphmem.errors import MissingRecordError
from graphmem.graph.records import KEYED_BY_NOTE
from graphmem.graph.sqlite import statements as sql
from graphmem.graph.sqlite.errors import rows_of
from graphmem.graph.sqlite.file import SqliteFile
from graphmem.graph.sqlite.read import PAGE, TABLES_OF, Reader
from graphmem.graph.sqlite.values import as_text
from graphmem.graph.sqlite.written import written
from graphmem.reading import Written
from graphmem.types import EncoderIdentity, ScopeKey, SessionId

NO_SCOPE = 0
"""The number of a scope that has no records."""


class State:
    """A `StoreView` over a connection that is inside a transaction."""

    def __init__(self, db: sqlite3.Connection, file: SqliteFile) -> None:
        self._db = db
        self._file = file

    def read(self, kind: RecordKind, scope: ScopeKey, ids: Sequence[str]) -> list[Any]:
        with self._file.translated:
            found = self.of(scope).records(kind, ids)
        absent = [id_ for id_ in ids if id_ not in found]
        if absent:
            raise MissingRecordError(kind, absent)
        return [found[id_] for id_ in ids]

    def scan(self, kind: RecordKind, scope: ScopeKey) -> Iterator[Any]:
        """Yield what a scan yields, a page in memory at a time."""
        last = ""
        while True:
            with self._file.translated, rows_of(TABLES_OF.get(kind, kind)):
                reader = self.of(scope)
                ids = reader.page(kind, last)
                records = _page(reader, kind, ids)
            yield from records
            if len(ids) < PAGE:
                return
            last = ids[-1]

    def changes(self, scope: ScopeKey, id_: str) -> list[Change]:
        with self._file.translated:
            return self.of(scope).history(id_)

    def written(self, scope: ScopeKey, since: str, known: Set[SessionId]) -> Written:
        with self._file.translated, rows_of("session"):
            return written(self._db, self.of(scope), scope, since, known)

    def scopes(self) -> list[ScopeKey]:
        with self._file.translated, rows_of("scope"):
            return [ScopeKey(as_text(key)) for (key,) in self._db.execute(sql.SCOPES)]

    def stats(self, scope: ScopeKey) -> dict[str, int]:
        with self._file.translated:
            return {**self.of(scope).counts(), "bytes": self._file.bytes()}

    def encoder(self) -> EncoderIdentity | None:
        with self._file.translated, rows_of("meta"):
            name, dim = self._db.execute(sql.ENCODER).fetchone()
            return EncoderIdentity(as_text(name), int(dim)) if name is not None else None

    def of(self, scope: ScopeKey) -> Reader:
        """Return what reads one scope's records."""
        row = self._db.execute(sql.SCOPE_NUMBER, (scope,)).fetchone()
        return Reader(self._db, scope, row[0] if row else NO_SCOPE)


def _page(reader: Reader, kind: RecordKind, ids: Sequence[str]) -> list[Any]:
    if kind == "link":
        return list(reader.links_from(ids))
    found = reader.records(kind, ids)
    return [(id_, found[id_]) if kind in KEYED_BY_NOTE else found[id_] for id_ in ids]
