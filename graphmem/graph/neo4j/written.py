"""What of a scope was written since a state of it, by the versions of sessions and notes."""

import json
from collections.abc import Set

from graphmem.graph.neo4j import queries
from graphmem.graph.neo4j.driver import Run
from graphmem.graph.neo4j.snapshot import merged, read_version
from graphmem.reading import Written, WrittenNote
from graphmem.types import ATOMIC_KINDS, ScopeKey, SessionId


def written(run: Run, scope: ScopeKey, since: str, known: Set[SessionId]) -> Written:
    """Return what was written since a state, inside an open transaction."""
    token, now = read_version(run, scope)
    store, _, version = since.rpartition("-")
    is_earlier = store == token and int(version) <= now
    asked = {"scope": scope, "since": int(version) if is_earlier else -1}
    ((there, sessions, rows),) = run(queries.WRITTEN, {**asked, "kinds": list(ATOMIC_KINDS)})
    notes = (
        WrittenNote(note, session, is_derived, evolved_by, json.loads(metadata))
        for note, session, is_derived, evolved_by, metadata in rows
    )
    return Written(
        token=f"{token}-{now}",
        sessions=frozenset(sessions),
        gone=frozenset(known - set(there)),
        notes=tuple(notes),
        same=merged(run, [scope]).same,
    )
