"""A snapshot of a Neo4j store: lists collected on the server, put straight into arrays."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

import numpy as np
from numpy.typing import NDArray

from graphmem.arrays import GraphSnapshot
from graphmem.errors import MovedError
from graphmem.graph.journal import Identities
from graphmem.graph.neo4j import queries
from graphmem.graph.neo4j.block import block_of, refuse_moved
from graphmem.graph.neo4j.change_rows import read_change
from graphmem.graph.neo4j.driver import Neo4jDatabase, Run
from graphmem.graph.neo4j.rows import as_moment, sent_moment
from graphmem.graph.snapshot.build import (
    Moment,
    carried,
    first_end,
    in_utc,
    still_true,
    to_snapshot,
)
from graphmem.graph.snapshot.columns import Columns
from graphmem.graph.snapshot.refresh import Written, refreshed
from graphmem.graph.snapshot.surfaces import Names
from graphmem.ids import memo_session_id
from graphmem.types import ATOMIC_KINDS, ScopeKey

SESSION_PAGE = 1_000
"""Sessions whose notes are listed at a time."""

TRIES = 3
"""How often a snapshot is started again when a write came between its parts: a reader sees what is
committed while it reads. Then writers wait for it."""

Numbers = NDArray[np.int64]


def consistent_snapshot(
    database: Neo4jDatabase,
    scopes: Sequence[ScopeKey],
    as_of: datetime | None,
    previous: GraphSnapshot | None,
    *,
    now: datetime,
) -> GraphSnapshot:
    """Return what is true at `as_of`, all of it of one state; see `GraphStore.snapshot`."""

    def attempt(run: Run) -> GraphSnapshot | None:
        moment, versions = read_moment(run, scopes, as_of, now)
        try:
            made = read_snapshot(run, moment, previous)
        except MovedError:
            return None
        is_one_moment = made is previous or read_moment(run, scopes, as_of, now)[1] == versions
        return made if is_one_moment else None

    for _ in range(TRIES):
        if (made := database.read(attempt)) is not None:
            return made
    return database.alone(
        lambda run: read_snapshot(run, read_moment(run, scopes, as_of, now)[0], previous)
    )


def read_version(run: Run, scope: ScopeKey) -> tuple[str, int]:
    """Return the store's token and the version of a scope.

    No note is read: who reads one in a transaction keeps an index of notes from being made, and
    the first write makes one.
    """
    ((token, _, versions),) = run(queries.MOMENT, {"scopes": [scope]})
    return token, max((version for _, version in versions), default=0)


def read_moment(
    run: Run, scopes: Sequence[ScopeKey], as_of: datetime | None, now: datetime
) -> tuple[Moment, list[Any]]:
    """Return which snapshot would be read now, and the version of each of its scopes."""
    whose = tuple(sorted(set(scopes)))
    ((token, encoder, versions),) = run(queries.MOMENT, {"scopes": list(whose)})
    memos = {"scopes": list(whose), "sessions": [memo_session_id(scope) for scope in whose]}
    ((numbers,),) = run(queries.MEMO_SESSIONS, memos)
    ((archived,),) = run(queries.ARCHIVED, {"scopes": list(whose)})
    moment = Moment(
        store=token,
        scopes=whose,
        as_of=as_of,
        version=max((version for _, version in versions), default=0),
        encoder=encoder or "",
        memos=tuple(sorted(numbers)),
        archived=tuple(sorted(archived)),
        now=in_utc(now),
    )
    return moment, versions


def read_snapshot(run: Run, moment: Moment, previous: GraphSnapshot | None) -> GraphSnapshot:
    """Return what is true at a moment, inside an open transaction; see `GraphStore.snapshot`."""
    same = still_true(previous, moment)
    if same is not None:
        return same
    ((numbers, versions),) = run(queries.SESSION_VERSIONS, {"scopes": list(moment.scopes)})
    refuse_moved(numbers, versions)
    last, identities = carried(previous, moment), merged(run, moment.scopes)
    until = _first_end(run, moment)
    if last is None:
        notes, at = _true_notes(run, numbers, moment)
        return to_snapshot(block_of(run, at, notes[:, 0], Names.of([])), moment, identities, until)
    sessions = Written.of(list(zip(numbers, versions, strict=True)), last.moment.version)
    notes, at = _true_notes(run, sessions.numbers[sessions.changed].tolist(), moment)
    place = {number: i for i, number in enumerate(notes[:, 0].tolist())}

    def read(numbers: Numbers) -> Columns:
        wanted = [at[place[number]] for number in numbers.tolist()]
        return block_of(run, wanted, numbers, last.columns.names)

    return to_snapshot(refreshed(last, sessions, notes, read), moment, identities, until)


def _first_end(run: Run, moment: Moment) -> datetime | None:
    """Return when the first of the scopes' notes ends, if what is true now depends on it."""
    asked = {"scopes": list(moment.scopes), "at": sent_moment(moment.at)}
    ((end,),) = run(queries.FIRST_END, asked)
    return first_end([as_moment(end)], moment)


def merged(run: Run, scopes: Sequence[ScopeKey]) -> Identities:
    """Return which entities of some scopes are one; ids differ from scope to scope."""
    rows = run(queries.IDENTITIES, {"scopes": list(scopes)})
    return Identities.of([read_change(found, ScopeKey("")) for (found,) in rows])


def _true_notes(run: Run, sessions: Sequence[int], moment: Moment) -> tuple[Numbers, Sequence[str]]:
    """Return (number, session number, version) of the notes that are true, sessions in order.

    With it comes the server's own name of each.
    """
    tables, at = [np.empty((0, 3), np.int64)], list[str]()
    for first in range(0, len(sessions), SESSION_PAGE):
        ((*columns, found),) = run(
            queries.TRUE_NOTES,
            {
                "sessions": list(sessions[first : first + SESSION_PAGE]),
                "scopes": list(moment.scopes),
                "kinds": list(ATOMIC_KINDS),
                "as_of": sent_moment(moment.as_of),
                "at": sent_moment(moment.at),
            },
        )
        refuse_moved(found, *columns)
        tables.append(np.array(columns, np.int64).T)
        at += found
    return np.concatenate(tables), at
