"""Every kind of record of a SQLite store, by the ids it is read by."""

import sqlite3
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import datetime
from typing import Any

from graphmem.arrays import MENTION_KINDS
from graphmem.batches import Tombstone
from graphmem.changes import Change
from graphmem.contracts import RecordKind
from graphmem.errors import MissingRecordError
from graphmem.graph.journal import Identities, with_changes
from graphmem.graph.snapshot.block import read_tokens
from graphmem.graph.sqlite import queries as sql
from graphmem.graph.sqlite import statements as statements
from graphmem.graph.sqlite.errors import rows_of
from graphmem.graph.sqlite.keys import fact_key
from graphmem.graph.sqlite.rows import (
    as_json,
    read_change,
    read_claim,
    read_episode,
    read_link,
    read_mention,
    read_note,
    read_vectors,
)
from graphmem.graph.sqlite.texts import texts_of
from graphmem.graph.sqlite.values import as_place, as_text, order_number
from graphmem.graph.uses import EntityUse, FactUse, entity_from, fact_from
from graphmem.named import fact_of
from graphmem.types import (
    Entity,
    EntityId,
    Episode,
    EpisodeId,
    Fact,
    FactId,
    Link,
    Note,
    NoteId,
    ScopeKey,
    Session,
    SessionId,
)

TABLES_OF = {"entity": "name", "fact": "claim"}
"""The tables that the derived kinds are read back from."""

PAGE = 1_000
"""Records that a scan holds at a time."""

_TEXT = 4
"""The place of a note's text in a row of NOTES."""


class Reader:
    """Reads one scope's records inside an open transaction."""

    def __init__(self, db: sqlite3.Connection, scope: ScopeKey, scope_no: int) -> None:
        self._db = db
        self._scope = scope
        self._scope_no = scope_no

    def records(self, kind: RecordKind, ids: Iterable[str]) -> dict[str, Any]:
        """Return those of the records that are there, by the ids that were asked for."""
        with rows_of(TABLES_OF.get(kind, kind)):
            return _BY_KIND[kind](self, list(dict.fromkeys(ids)))

    def page(self, kind: RecordKind, after: str) -> list[str]:
        """Return the next ids of a kind behind `after`, sorted, at most `PAGE`."""
        if kind == "fact":
            return self._facts_behind(after)
        rows = self._db.execute(sql.PAGES[kind], (self._scope_no, after, PAGE))
        with rows_of(TABLES_OF.get(kind, kind)):
            return [as_text(id_) for (id_,) in rows]

    def links_from(self, notes: Sequence[str]) -> list[Link]:
        """Return the links whose source is one of the notes, sorted."""
        with rows_of("link"):
            return [read_link(row) for row in self._rows(sql.LINKS_FROM, notes)]

    def links_of(self, kinds: Sequence[str]) -> list[Link]:
        """Return the links of some kinds, sorted."""
        with rows_of("link"):
            rows = self._db.execute(sql.LINKS_OF_KINDS, (self._scope_no, as_json(kinds)))
            return [read_link(row) for row in rows]

    def history(self, id_: str) -> list[Change]:
        """Return the changes of one record in journal order. Raises MissingRecordError."""
        found = self.journals([id_])
        of_what = (statements.NOTE_TEXT, sql.HAS_ENTITY)
        key = (self._scope_no, id_)
        if not found and not any(self._db.execute(sql_, key).fetchone() for sql_ in of_what):
            raise MissingRecordError("note", [id_])
        return found

    def journals(self, owners: Iterable[str]) -> list[Change]:
        """Return the changes of some records in journal order."""
        with rows_of("change"):
            rows = self._rows(sql.JOURNALS, list(owners))
            return [read_change(row, self._scope) for row in rows]

    def journal_back(
        self, *, before: str | None, run: str | None, but: str | None, limit: int
    ) -> list[Change]:
        """Return the changes before one, the last first, as `JournalReader.journal` says."""
        asked = {"before": before, "run": run, "but": but, "limit": limit}
        with rows_of("change"):
            rows = self._db.execute(sql.JOURNAL_BACK, {"scope": self._scope_no, **asked})
            return [read_change(row, self._scope) for row in rows]

    def identity_changes(self) -> list[Change]:
        """Return the changes of what entities are, in journal order."""
        with rows_of("change"):
            rows = self._db.execute(sql.IDENTITIES, (as_json([self._scope_no]),))
            return [read_change(row, self._scope) for row in rows]

    def known(self, ids: Sequence[EpisodeId]) -> dict[EpisodeId, str]:
        """Return `live` or `tombstone` for those of the episodes that are either."""
        live = self._rows(statements.EPISODE_PLACES, ids)
        buried = self._db.execute(statements.BURIED, (self._scope_no, as_json(ids)))
        return {id_: "live" for id_, *_ in live} | {id_: "tombstone" for (id_,) in buried}

    def neighbours(
        self, statement: str, session: SessionId, order: tuple[str, int, str], limit: int
    ) -> list[Episode]:
        """Return what AHEAD or BEHIND finds beside an order."""
        if not limit:
            return []
        when, *place = order
        asked = (self._scope_no, session, order_number(when), *place, limit)
        rows = self._db.execute(statement, asked)
        with rows_of("episode"):
            return [read_episode(row, self._scope) for row in rows]

    def notes_of(self, episodes: Sequence[EpisodeId]) -> list[NoteId]:
        """Return the ids of the notes that come from one of the episodes, sorted."""
        numbers = as_json(no for _, no, *_ in self._rows(statements.EPISODE_PLACES, episodes))
        rows = self._db.execute(statements.NOTES_OF_EPISODES, (numbers,))
        return sorted(id_ for _, id_ in rows)

    def counts(self) -> dict[str, int]:
        """Return the number of records a kind."""
        return {
            kind: self._db.execute(statement, (self._scope_no,)).fetchone()[0]
            for kind, statement in statements.COUNTS.items()
        }

    def _rows(self, statement: str, ids: Sequence[str]) -> Iterator[Any]:
        return self._db.execute(statement, (as_json(ids), self._scope_no))

    def sessions(self, ids: Sequence[str]) -> dict[str, Any]:
        return {
            id_: Session(id=id_, scope=self._scope, collection=collection, name=name)
            for id_, collection, name in self._rows(sql.SESSIONS, ids)
        }

    def episodes(self, ids: Sequence[str]) -> dict[str, Any]:
        return {row[0]: read_episode(row, self._scope) for row in self._rows(sql.EPISODES, ids)}

    def notes(self, ids: Sequence[str]) -> dict[str, Note]:
        rows = list(self._rows(sql.NOTES, ids))
        numbers = [row[0] for row in rows]
        origins, journal = self._origins(numbers), self._journal(numbers)
        said = texts_of(self._db, [row[0] for row in rows if row[_TEXT] is None])
        rows = [(*row[:_TEXT], said.get(row[0], row[_TEXT]), *row[_TEXT + 1 :]) for row in rows]
        return {
            row[1]: with_changes(read_note(row, self._scope, origins[row[0]]), journal[row[1]])
            for row in rows
        }

    def mentions(self, ids: Sequence[str]) -> dict[str, Any]:
        return self._grouped(sql.MENTIONS, ids, read_mention)

    def claims(self, ids: Sequence[str]) -> dict[str, Any]:
        return self._grouped(sql.CLAIMS, ids, read_claim)

    def links(self, ids: Sequence[str]) -> dict[str, Any]:
        return self._grouped(sql.LINKS, ids, read_link)

    def _grouped(
        self, statement: str, ids: Sequence[str], read: Callable[[Sequence[Any]], object]
    ) -> dict[str, Any]:
        """Return the parts of each note that is there, () if it has none."""
        found: dict[str, list[object]] = {}
        for row in self._rows(statement, ids):
            parts = found.setdefault(row[0], [])
            if row[1] is not None:
                parts.append(read(row[1:]))
        return {id_: tuple(parts) for id_, parts in found.items()}

    def vectors(self, ids: Sequence[str]) -> dict[str, Any]:
        return {id_: read_vectors(*blobs) for id_, *blobs in self._rows(sql.VECTORS, ids)}

    def tokens(self, ids: Sequence[str]) -> dict[str, Any]:
        rows = self._rows(sql.TOKENS, ids)
        return {id_: read_tokens(signs, row_bytes // 4) for id_, signs, row_bytes in rows}

    def entities(self, ids: Sequence[str]) -> dict[str, Any]:
        rows = list(self._rows(sql.ENTITY_USES, ids))
        origins = self._origins({note_no for *_, note_no in rows})
        uses: defaultdict[EntityId, list[EntityUse]] = defaultdict(list)
        for id_, surface, kind, note_no in rows:
            named = None if kind is None else MENTION_KINDS[as_place(kind, len(MENTION_KINDS) - 1)]
            uses[id_].append(EntityUse(as_text(surface), named, origins[note_no]))
        same = Identities.of(self.identity_changes()).same
        made: dict[str, Entity] = {
            id_: entity_from(id_, self._scope, found, same.get(id_)) for id_, found in uses.items()
        }
        return made

    def facts(self, ids: Sequence[str]) -> dict[str, Any]:
        keys = sorted({key for key in map(fact_key, ids) if key is not None})
        rows = self._db.execute(sql.FACT_USES, (as_json(keys), self._scope_no)).fetchall()
        origins = self._origins({row[0] for row in rows})
        uses: defaultdict[FactId, list[FactUse]] = defaultdict(list)
        for note_no, note, created_by, *row in rows:
            claim = read_claim(row)
            use = FactUse(claim, note, origins[note_no], created_by)
            uses[fact_of(self._scope, claim)].append(use)
        made: dict[str, Fact] = {
            id_: fact_from(FactId(id_), self._scope, uses[FactId(id_)])
            for id_ in ids
            if id_ in uses
        }
        return made

    def _facts_behind(self, after: str) -> list[str]:
        """Return the next ids of facts; several may have the key of the last."""
        begin = (self._scope_no, fact_key(after) or 0, PAGE + 1)
        keys = as_json(key for (key,) in self._db.execute(sql.FACT_KEYS, begin))
        with rows_of("claim"):
            rows = self._db.execute(sql.FACT_USES, (keys, self._scope_no))
            found = {fact_of(self._scope, read_claim(row)) for _, _, _, *row in rows}
        return sorted(str(id_) for id_ in found if id_ > after)[:PAGE]

    def changes(self, ids: Sequence[str]) -> dict[str, Any]:
        return {row[0]: read_change(row, self._scope) for row in self._rows(sql.CHANGES, ids)}

    def tombstones(self, ids: Sequence[str]) -> dict[str, Any]:
        return {
            id_: Tombstone(
                episode=id_, scope=self._scope, deleted_at=datetime.fromisoformat(deleted_at)
            )
            for id_, deleted_at in self._rows(sql.TOMBSTONES, ids)
        }

    def _origins(self, note_numbers: Iterable[int]) -> dict[int, tuple[EpisodeId, ...]]:
        origins: defaultdict[int, list[EpisodeId]] = defaultdict(list)
        for note_no, id_ in self._db.execute(sql.ORIGINS, (as_json(note_numbers),)):
            origins[note_no].append(id_)
        return {note_no: tuple(found) for note_no, found in origins.items()}

    def _journal(self, note_numbers: Iterable[int]) -> defaultdict[str, list[Change]]:
        journal: defaultdict[str, list[Change]] = defaultdict(list)
        for row in self._db.execute(sql.JOURNAL, (as_json(note_numbers),)):
            journal[row[0]].append(read_change(row[1:], self._scope))
        return journal


_BY_KIND: dict[RecordKind, Callable[[Reader, Sequence[str]], dict[str, Any]]] = {
    "session": Reader.sessions,
    "episode": Reader.episodes,
    "note": Reader.notes,
    "entity": Reader.entities,
    "fact": Reader.facts,
    "mention": Reader.mentions,
    "claim": Reader.claims,
    "link": Reader.links,
    "vector": Reader.vectors,
    "token": Reader.tokens,
    "change": Reader.changes,
    "tombstone": Reader.tombstones,
}
