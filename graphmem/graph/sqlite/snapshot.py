"""A snapshot of a SQLite store: rows straight into arrays, unchanged notes out of the last one.

Vectors of notes are held as float32, those of sentences in half precision, both in memory.
"""

import json
import sqlite3
from collections.abc import Mapping, Sequence
from datetime import datetime
from itertools import chain

import numpy as np

from graphmem.arrays import GraphSnapshot
from graphmem.graph.journal import Identities
from graphmem.graph.records import read_time
from graphmem.graph.snapshot.build import (
    Carried,
    Moment,
    carried,
    first_end,
    in_utc,
    lent,
    still_true,
    to_snapshot,
)
from graphmem.graph.snapshot.columns import Sessions, indptr_of
from graphmem.graph.snapshot.refresh import Numbers, Written, refreshed
from graphmem.graph.sqlite import queries as sql
from graphmem.graph.sqlite import statements
from graphmem.graph.sqlite.block import block_of
from graphmem.graph.sqlite.errors import rows_of
from graphmem.graph.sqlite.rows import as_json, read_change
from graphmem.graph.sqlite.values import time_number
from graphmem.ids import memo_session_id
from graphmem.types import ScopeKey
from graphmem.vectors import put_in

NO_SCOPE = ScopeKey("")
"""Entities have ids of their own in each scope: whose a change is, does not matter here."""
FEW_SESSIONS = 64
"""Sessions written since the last snapshot whose places are looked up one by one."""


def read_snapshot(
    db: sqlite3.Connection,
    scopes: Sequence[ScopeKey],
    as_of: datetime | None,
    previous: GraphSnapshot | None,
    *,
    now: datetime,
) -> GraphSnapshot:
    """Return what is true at `as_of`, inside an open transaction; see `GraphStore.snapshot`."""
    whose, as_of = tuple(sorted(set(scopes))), in_utc(as_of)
    rows = db.execute(sql.SCOPE_VERSIONS, (as_json(whose),)).fetchall()
    numbers, memos = as_json(no for no, _ in rows), as_json(map(memo_session_id, whose))
    moment = Moment(
        store=_meta(db, "token"),
        scopes=whose,
        as_of=as_of,
        version=max((version for _, version in rows), default=0),
        encoder=_meta(db, "encoder"),
        memos=tuple(no for (no,) in db.execute(sql.MEMO_SESSIONS, (numbers, memos))),
        archived=_archived(db, numbers),
        now=in_utc(now),
    )
    same = still_true(previous, moment)
    if same is not None:
        return same
    whose_numbers = [no for no, _ in rows]
    last, merged = carried(previous, moment), _merged(db, rows)
    ends = _changed_ends(db, numbers)
    until = first_end([end for end in ends.values() if not _is_over(end, moment)], moment)
    if last is not None:
        since = last.moment.version
        sessions = _few_written(db, whose_numbers, last) or Written.of(
            _sessions(db, whose_numbers), since
        )
    else:  # each session has other notes, whenever it was written
        last, sessions = lent(previous, moment), Written.of(_sessions(db, whose_numbers), -1)
    notes = _true_notes(db, sessions.numbers[sessions.changed].tolist(), ends, moment)
    if last is None:
        block = block_of(db, notes[:, 0])
        start, stop = block.sessions.of(sessions.numbers)
        block.take_all_sessions(Sessions(sessions.numbers, indptr_of(stop - start)))
        db.execute("PRAGMA shrink_memory")  # pages that were read once, beside what they became
        return to_snapshot(block, moment, merged, until)
    columns = refreshed(last, sessions, notes, lambda numbers: block_of(db, numbers))
    return to_snapshot(columns, moment, merged, until)


def _merged(db: sqlite3.Connection, scopes: Sequence[tuple[int, int]]) -> Identities:
    """Return which entities of some scopes are one."""
    with rows_of("change"):
        rows = db.execute(sql.IDENTITIES, (as_json(no for no, _ in scopes),))
        return Identities.of([read_change(row, NO_SCOPE) for row in rows])


def _meta(db: sqlite3.Connection, key: str) -> str:
    row = db.execute(statements.META, (key,)).fetchone()
    return str(row[0]) if row else ""


def _few_written(
    db: sqlite3.Connection, scope_numbers: Sequence[int], last: Carried
) -> Written | None:
    """Return the sessions of one scope where few were written since: the others are not read.

    None where several scopes are asked, many sessions were written, or one is gone: that is told
    by how many there are, of columns that know those without notes as well. A number may be that
    of another session than it was: then it does not stand where it did.
    """
    if len(scope_numbers) != 1 or not last.columns.knows_all_sessions:
        return None
    (scope,), since = scope_numbers, last.moment.version
    rows = db.execute(sql.SESSIONS_WRITTEN, (scope, since, FEW_SESSIONS + 1)).fetchall()
    ((n_sessions,),) = db.execute(sql.N_SESSIONS, (scope,))
    known = last.columns.sessions.numbers
    numbers, places = np.array(rows, np.int64).reshape(-1, 2).T
    is_new = ~np.isin(numbers, known)
    if len(rows) > FEW_SESSIONS or n_sessions != len(known) + is_new.sum():
        return None
    before = places[is_new] - np.arange(is_new.sum())
    now = put_in(known, before.tolist(), numbers[is_new])
    return Written(now, places) if np.array_equal(now[places], numbers) else None


def _sessions(db: sqlite3.Connection, scope_numbers: Sequence[int]) -> Sequence[tuple[int, int]]:
    """Return number and version of the scopes' sessions, by id."""
    if len(scope_numbers) == 1:  # as they stand in the index
        return db.execute(sql.SESSION_VERSIONS, (scope_numbers[0],)).fetchall()
    return db.execute(sql.SESSION_VERSIONS_BY_ID, (as_json(scope_numbers),)).fetchall()


def _changed_ends(db: sqlite3.Connection, scope_numbers: str) -> dict[int, datetime | None]:
    """Return the end that the journal gives a note, by its number; None: it was opened again."""
    with rows_of("change"):
        rows = db.execute(sql.CHANGED_ENDS, (scope_numbers,))
        return {note_no: read_time(json.loads(after)) for note_no, after in rows}


def _archived(db: sqlite3.Connection, scope_numbers: str) -> tuple[int, ...]:
    """Return the numbers of the notes that the journal keeps out of search."""
    with rows_of("change"):
        last = dict(db.execute(sql.ARCHIVED, (scope_numbers,)))
        return tuple(sorted(note_no for note_no, after in last.items() if json.loads(after)))


def _true_notes(
    db: sqlite3.Connection,
    sessions: Sequence[int],
    ends: Mapping[int, datetime | None],
    moment: Moment,
) -> Numbers:
    """Return (number, session number, version) of the notes that are true, sessions in order."""
    asked = {"as_of": time_number(moment.as_of), "at": time_number(moment.at)}
    rows = db.execute(sql.TRUE_NOTES, {"sessions": as_json(sessions), **asked})
    table = np.fromiter(chain.from_iterable(rows), np.int64).reshape(-1, 4)
    has_ended = table[:, 3] > 0
    if ends:
        changed = np.isin(table[:, 0], list(ends))
        now = [_is_over(ends[note_no], moment) for note_no in table[changed, 0].tolist()]
        has_ended[changed] = now
    return table[~has_ended, :3]


def _is_over(end: datetime | None, moment: Moment) -> bool:
    return end is not None and moment.at is not None and end <= moment.at
