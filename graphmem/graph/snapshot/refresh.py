"""The next snapshot out of the last one: its unchanged notes, and those that were read again."""

from collections.abc import Callable, Sequence

import numpy as np
from numpy.typing import NDArray

from graphmem.graph.snapshot.build import Carried
from graphmem.graph.snapshot.columns import Columns, Piece, join
from graphmem.vectors import first_of_runs

Numbers = NDArray[np.int64]
Versions = Sequence[tuple[int, int]]
"""(number, version of the last write) of each session, by session id."""


def refreshed(
    last: Carried, sessions: Versions, notes: Numbers, read_block: Callable[[Numbers], Columns]
) -> Columns:
    """Return the columns of what is true now, reading only notes that were written since.

    `notes` are the rows (number, session number, version), (n, 3), of the true notes of the
    sessions that were written since `last`, in order. `read_block` reads notes by their numbers.
    """
    old, version = last.columns, last.moment.version
    rows = _rows_of(old.number, notes[:, 0])
    is_fresh = (rows < 0) | (notes[:, 2] > version)
    fresh = read_block(notes[is_fresh, 0])
    first_fresh = len(old.number) + 1
    rows[is_fresh] = np.arange(first_fresh, first_fresh + len(fresh.number))
    table = np.array(sessions, np.int64).reshape(-1, 2)
    starts, stops = _runs(old.session, table[:, 0])
    changed = np.flatnonzero(table[:, 1] > version)
    now = zip(*(ends.tolist() for ends in _runs(notes[:, 1], table[changed, 0])), strict=True)
    parts, done = [np.empty(0, np.int64)], 0
    for place, (start, stop) in zip(changed.tolist(), now, strict=True):
        parts += [_spans(starts[done:place], stops[done:place]), rows[start:stop]]
        done = place + 1
    parts.append(_spans(starts[done:], stops[done:]))
    return join(_pieces(np.concatenate(parts), old, fresh), [old.names, fresh.names])


def _rows_of(numbers: Numbers, wanted: Numbers) -> Numbers:
    """Return the row of each wanted number, -1 where there is none."""
    rows = np.full(max(numbers.max(initial=-1), wanted.max(initial=-1)) + 1, -1, np.int64)
    rows[numbers] = np.arange(len(numbers))
    return rows[wanted]


def _runs(sessions: Numbers, wanted: Numbers) -> tuple[Numbers, Numbers]:
    """Return where the notes of each wanted session begin and end, the same where it has none."""
    ends = np.zeros((2, max(sessions.max(initial=-1), wanted.max(initial=-1)) + 1), np.int64)
    if len(sessions):
        first = first_of_runs(sessions)
        ends[:, sessions[first]] = first, np.append(first[1:], len(sessions))
    return ends[0, wanted], ends[1, wanted]


def _spans(starts: Numbers, stops: Numbers) -> Numbers:
    """Return the rows of some runs, run after run."""
    lengths = stops - starts
    found = np.arange(lengths.sum())
    found += np.repeat(starts - (np.cumsum(lengths) - lengths), lengths)
    return found


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
