"""What of a scope was written since a state of it: sessions by their version, and their notes."""

import json
import sqlite3
from collections.abc import Set

from graphmem.graph.journal import Identities
from graphmem.graph.sqlite import queries as sql
from graphmem.graph.sqlite import statements
from graphmem.graph.sqlite.read import Reader
from graphmem.graph.sqlite.values import as_text
from graphmem.reading import Written, WrittenNote
from graphmem.types import ScopeKey, SessionId


def written(
    db: sqlite3.Connection, reader: Reader, scope: ScopeKey, since: str, known: Set[SessionId]
) -> Written:
    """Return what was written since a state, inside an open transaction."""
    (token,) = db.execute(statements.META, ("token",)).fetchone()
    no, version = db.execute(sql.SCOPE_STATE, (scope,)).fetchone() or (0, 0)
    asked = {"scope": no, "since": _version(since, token, version)}
    sessions = frozenset(as_text(id_) for (id_,) in db.execute(sql.WRITTEN_SESSIONS, asked))
    (count,) = db.execute(statements.COUNTS["session"], (no,)).fetchone()
    gone: frozenset[SessionId] = frozenset()
    if count != len(known) + len(sessions - known):
        left = {id_ for (id_,) in db.execute(sql.SESSION_IDS, (no,))}
        gone = frozenset(known - left)
    notes = (
        WrittenNote(
            note=as_text(note),
            session=as_text(session),
            is_derived=bool(is_derived),
            evolved_by=json.loads(evolved_by) if evolved_by else "",
            metadata=json.loads(metadata) if metadata != "{}" else {},
        )
        for note, session, is_derived, evolved_by, metadata in db.execute(sql.WRITTEN_NOTES, asked)
    )
    same = Identities.of(reader.identity_changes()).same
    return Written(f"{token}-{version}", sessions, gone, tuple(notes), same)


def _version(since: str, token: str, now: int) -> int:
    """Return the version of an earlier state of this store; -1 if it is none."""
    store, _, version = since.rpartition("-")
    return int(version) if store == token and int(version) <= now else -1
