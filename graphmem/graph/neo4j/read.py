"""Every kind of record of a Neo4j store, by the ids it is read by."""

from collections.abc import Callable, Iterable, Sequence
from typing import Any

from graphmem.changes import Change
from graphmem.contracts import RecordKind
from graphmem.errors import MissingRecordError
from graphmem.graph.neo4j import queries, statements
from graphmem.graph.neo4j.change_rows import read_change
from graphmem.graph.neo4j.driver import Rows, Run
from graphmem.graph.neo4j.rows import (
    read_claim,
    read_episode,
    read_link,
    read_mention,
    read_note,
    read_session,
    read_tombstone,
    read_vectors,
    sent_moment,
)
from graphmem.graph.records import KEYED_BY_NOTE, read_time
from graphmem.graph.snapshot.block import read_tokens
from graphmem.graph.uses import EntityUse, FactUse, entity_from, fact_from
from graphmem.types import Episode, EpisodeId, Link, NoteId, ScopeKey, SessionId

PAGE = 2_000
"""Records that are asked for, and that a scan holds, at a time."""


class Reader:
    """Reads one scope's records inside an open transaction."""

    def __init__(self, run: Run, scope: ScopeKey) -> None:
        self._run = run
        self._scope = scope

    def records(self, kind: RecordKind, ids: Iterable[str]) -> dict[str, Any]:
        """Return those of the records that are there, by the ids that were asked for."""
        wanted = list(dict.fromkeys(ids))
        found: dict[str, Any] = {}
        for start in range(0, len(wanted), PAGE):
            found |= _BY_KIND[kind](self, wanted[start : start + PAGE])
        return found

    def page(self, kind: RecordKind, after: str) -> list[str]:
        """Return the next ids of a kind behind `after`, sorted, at most `PAGE`."""
        rows = self._rows(queries.PAGES[kind], {"after": after, "limit": PAGE})
        return [id_ for (id_,) in rows]

    def links_from(self, notes: Sequence[str]) -> list[Link]:
        """Return the links whose source is one of the notes, sorted."""
        rows = self._rows(queries.LINKS_FROM, {"ids": list(notes)})
        return [read_link(row) for row in sorted(found for (found,) in rows)]

    def links_of(self, kinds: Sequence[str]) -> list[Link]:
        """Return the links of some kinds, sorted."""
        rows = self._rows(queries.LINKS_OF_KINDS, {"kinds": list(kinds)})
        return [read_link(row) for row in sorted(found for (found,) in rows)]

    def history(self, id_: str) -> list[Change]:
        """Return the changes of one record in journal order. Raises MissingRecordError."""
        rows = self._rows(queries.JOURNALS, {"owners": [id_]})
        if not rows and not self._rows(queries.HAS_OWNER, {"id": id_})[0][0]:
            raise MissingRecordError("note", [id_])
        return [read_change(found, self._scope) for (found,) in rows]

    def journal_back(self, asked: dict[str, Any]) -> list[Change]:
        """Return the changes before one, the last first, as `JournalReader.journal` says."""
        rows = self._rows(queries.JOURNAL_BACK, asked)
        return [read_change(found, self._scope) for (found,) in rows]

    def known(self, ids: Sequence[EpisodeId]) -> dict[EpisodeId, str]:
        """Return `live` or `tombstone` for those of the episodes that are either."""
        ((live, buried),) = self._rows(statements.KNOWN, {"episodes": list(ids)})
        return dict.fromkeys(live, "live") | dict.fromkeys(buried, "tombstone")

    def neighbours(
        self, statement: str, session: SessionId, order: tuple[str, int, str], limit: int
    ) -> list[Episode]:
        """Return what AHEAD or BEHIND finds beside an order."""
        said_at, position, id_ = order
        rows = self._rows(
            statement,
            {
                "session": session,
                "said_at": sent_moment(read_time(said_at or None)),
                "position": position,
                "id": id_,
                "limit": limit,
            },
        )
        return [read_episode(found, self._scope) for (found,) in rows]

    def notes_of(self, episodes: Sequence[EpisodeId]) -> list[NoteId]:
        """Return the ids of the notes that come from one of the episodes, sorted."""
        rows = self._rows(statements.NOTES_OF_EPISODES, {"episodes": list(episodes)})
        return sorted(id_ for (id_,) in rows)

    def counts(self) -> dict[str, int]:
        """Return the number of records a kind."""
        (row,) = self._rows(statements.COUNTS, {})
        return dict(zip(statements.COUNTED, row, strict=True))

    def _rows(self, statement: str, parameters: dict[str, Any]) -> Rows:
        return self._run(statement, {**parameters, "scope": self._scope})

    def _one_by_one(
        self, statement: str, ids: Sequence[str], read: Callable[[Any, ScopeKey], Any]
    ) -> dict[str, Any]:
        return {id_: read(found, self._scope) for id_, found in self._rows(statement, {"ids": ids})}

    def _grouped(
        self, statement: str, ids: Sequence[str], read: Callable[[Any], Any]
    ) -> dict[str, Any]:
        rows = self._rows(statement, {"ids": ids})
        return {id_: tuple(read(part) for part in found) for id_, found in rows}

    def sessions(self, ids: Sequence[str]) -> dict[str, Any]:
        return self._one_by_one(queries.SESSIONS, ids, read_session)

    def episodes(self, ids: Sequence[str]) -> dict[str, Any]:
        return self._one_by_one(queries.EPISODES, ids, read_episode)

    def notes(self, ids: Sequence[str]) -> dict[str, Any]:
        return self._one_by_one(queries.NOTES, ids, read_note)

    def changes(self, ids: Sequence[str]) -> dict[str, Any]:
        return self._one_by_one(queries.CHANGES, ids, read_change)

    def tombstones(self, ids: Sequence[str]) -> dict[str, Any]:
        return self._one_by_one(queries.TOMBSTONES, ids, read_tombstone)

    def mentions(self, ids: Sequence[str]) -> dict[str, Any]:
        return self._grouped(queries.MENTIONS, ids, read_mention)

    def claims(self, ids: Sequence[str]) -> dict[str, Any]:
        return self._grouped(queries.CLAIMS, ids, read_claim)

    def links(self, ids: Sequence[str]) -> dict[str, Any]:
        rows = self._rows(queries.LINKS, {"ids": ids})
        return {id_: tuple(read_link(link) for link in sorted(found)) for id_, found in rows}

    def vectors(self, ids: Sequence[str]) -> dict[str, Any]:
        rows = self._rows(queries.VECTORS, {"ids": ids})
        return {id_: read_vectors(note, sentences) for id_, note, sentences in rows}

    def tokens(self, ids: Sequence[str]) -> dict[str, Any]:
        rows = self._rows(queries.TOKENS, {"ids": ids})
        return {id_: read_tokens(signs, len(row) // 4) for id_, row, signs in rows}

    def entities(self, ids: Sequence[str]) -> dict[str, Any]:
        rows = self._rows(queries.ENTITY_USES, {"ids": ids})
        return {
            id_: entity_from(
                id_,
                self._scope,
                [EntityUse(name, kind, tuple(origins)) for name, kind, origins in uses],
                next(iter(same_as), None),
            )
            for id_, uses, same_as in rows
        }

    def facts(self, ids: Sequence[str]) -> dict[str, Any]:
        rows = self._rows(queries.FACT_USES, {"ids": ids})
        return {
            id_: fact_from(
                id_,
                self._scope,
                [
                    FactUse(read_claim(claim), note, tuple(origins), created_by)
                    for claim, note, origins, created_by in uses
                ],
            )
            for id_, uses in rows
        }


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


def page_of(scope: ScopeKey, kind: RecordKind, last: str, run: Run) -> tuple[list[str], list[Any]]:
    """Return the next ids behind `last`, and what a scan yields for them."""
    reader = Reader(run, scope)
    ids = reader.page(kind, last)
    if kind == "link":
        return ids, list(reader.links_from(ids))
    found = reader.records(kind, ids)
    if kind in KEYED_BY_NOTE:
        return ids, [(id_, found[id_]) for id_ in ids]
    return ids, [found[id_] for id_ in ids if id_ in found]
