"""A snapshot of a SQLite store: rows straight into arrays, unchanged notes out of the last one.

Vectors of notes are held as float32, those of sentences in half precision, both in memory.
"""

import json
import sqlite3
from collections.abc import Sequence
from datetime import datetime
from itertools import chain

import numpy as np
from numpy.typing import NDArray

from graphmem.graph import sqlite_queries as sql
from graphmem.graph import sqlite_statements
from graphmem.graph.columns import Columns, Piece, join
from graphmem.graph.records import read_time, time_text
from graphmem.graph.snapshot import Carried, Moment, carried, to_snapshot
from graphmem.graph.sqlite_block import block_of
from graphmem.graph.sqlite_rows import as_json
from graphmem.types import GraphSnapshot, ScopeKey

Numbers = NDArray[np.int64]
Versions = Sequence[tuple[int, int]]
"""(number, write counter at the last write) of each session, by session id."""


def read_snapshot(
    db: sqlite3.Connection,
    scopes: Sequence[ScopeKey],
    as_of: datetime | None,
    previous: GraphSnapshot | None,
) -> GraphSnapshot:
    """Return what is true at `as_of`, inside an open transaction; see `GraphStore.snapshot`."""
    whose = tuple(sorted(set(scopes)))
    rows = db.execute(sql.SCOPE_VERSIONS, (as_json(whose),)).fetchall()
    moment = Moment(
        store=_meta(db, "token"),
        scopes=whose,
        as_of=as_of,
        version=max((version for _, version in rows), default=0),
        encoder=_meta(db, "encoder"),
    )
    last = carried(previous, moment)
    if previous is not None and last is not None and last.moment.version == moment.version:
        return previous
    scope_numbers = as_json(no for no, _ in rows)
    sessions = _sessions(db, [no for no, _ in rows])
    if last is None:
        notes = _true_notes(db, [no for no, _ in sessions], scope_numbers, as_of)
        return to_snapshot(block_of(db, notes[:, 0]), moment)
    changed = [no for no, version in sessions if version > last.moment.version]
    notes = _true_notes(db, changed, scope_numbers, as_of)
    return to_snapshot(_refreshed(db, last, sessions, notes), moment)


def _meta(db: sqlite3.Connection, key: str) -> str:
    row = db.execute(sqlite_statements.META, (key,)).fetchone()
    return str(row[0]) if row else ""


def _sessions(db: sqlite3.Connection, scope_numbers: Sequence[int]) -> Versions:
    """Return number and version of the scopes' sessions, by id."""
    found = (db.execute(sql.SESSION_VERSIONS, (no,)) for no in scope_numbers)
    return [(no, version) for _, no, version in sorted(chain.from_iterable(found))]


def _true_notes(
    db: sqlite3.Connection, sessions: Sequence[int], scope_numbers: str, as_of: datetime | None
) -> Numbers:
    """Return (number, session number, version) of the notes that are true, sessions in order."""
    moment = time_text(as_of)
    rows = db.execute(sql.TRUE_NOTES, {"sessions": as_json(sessions), "as_of": moment})
    table = np.fromiter(chain.from_iterable(rows), np.int64).reshape(-1, 4)
    has_ended = table[:, 3] > 0
    ends = {
        note_no: _has_ended(json.loads(after), as_of)
        for note_no, after in db.execute(sql.CHANGED_ENDS, (scope_numbers,))
    }
    if ends:
        rewritten = np.isin(table[:, 0], list(ends))
        has_ended[rewritten] = [ends[note_no] for note_no in table[rewritten, 0].tolist()]
    return table[~has_ended, :3]


def _has_ended(valid_until: str | None, as_of: datetime | None) -> bool:
    end = read_time(valid_until)
    return end is not None and (as_of is None or end <= as_of)


def _refreshed(
    db: sqlite3.Connection, last: Carried, sessions: Versions, notes: Numbers
) -> Columns:
    """Return the columns of what is true now, reading only notes that were written since."""
    old = last.columns
    rows = _rows_of(old.number, notes[:, 0])
    is_fresh = (rows < 0) | (notes[:, 2] > last.moment.version)
    fresh = block_of(db, notes[is_fresh, 0])
    first_fresh = len(old.number) + 1
    rows[is_fresh] = np.arange(first_fresh, first_fresh + len(fresh.number))
    was, now = _runs(old.session), _runs(notes[:, 1])
    parts = [np.empty(0, np.int64)]
    for no, version in sessions:
        if version > last.moment.version:
            start, stop = now.get(no, (0, 0))
            parts.append(rows[start:stop])
        elif no in was:
            parts.append(np.arange(*was[no]))
    return join(_pieces(np.concatenate(parts), old, fresh), [old.names, fresh.names])


def _rows_of(numbers: Numbers, wanted: Numbers) -> Numbers:
    """Return the row of each wanted number, -1 where there is none."""
    if not len(numbers):
        return np.full(len(wanted), -1, np.int64)
    order = np.argsort(numbers)
    at = np.minimum(np.searchsorted(numbers, wanted, sorter=order), len(numbers) - 1)
    rows = order[at]
    return np.where(numbers[rows] == wanted, rows, -1)


def _runs(sessions: Numbers) -> dict[int, tuple[int, int]]:
    """Return where the notes of each session begin and end."""
    if not len(sessions):
        return {}
    starts = np.concatenate([[0], np.flatnonzero(np.diff(sessions)) + 1])
    stops = [*starts[1:].tolist(), len(sessions)]
    return dict(
        zip(sessions[starts].tolist(), zip(starts.tolist(), stops, strict=True), strict=True)
    )


def _pieces(rows: Numbers, old: Columns, fresh: Columns) -> list[Piece]:
    """Return the runs of rows that follow each other; fresh rows are counted behind the old."""
    if not len(rows):
        return [(fresh, 0, 0)]
    first_fresh = len(old.number) + 1
    breaks = np.concatenate([[0], np.flatnonzero(np.diff(rows) != 1) + 1, [len(rows)]])
    pieces: list[Piece] = []
    for start, stop in zip(breaks[:-1].tolist(), breaks[1:].tolist(), strict=True):
        row = int(rows[start])
        block, first = (fresh, row - first_fresh) if row >= first_fresh else (old, row)
        pieces.append((block, first, first + stop - start))
    return pieces
