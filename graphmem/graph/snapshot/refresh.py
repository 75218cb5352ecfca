"""The next snapshot out of the last one: its unchanged notes, and those that were read again."""

from collections.abc import Callable, Sequence

import numpy as np
from numpy.typing import NDArray

from graphmem.graph.snapshot.build import Carried
from graphmem.graph.snapshot.columns import Columns, Piece, join

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
    old = last.columns
    rows = _rows_of(old.number, notes[:, 0])
    is_fresh = (rows < 0) | (notes[:, 2] > last.moment.version)
    fresh = read_block(notes[is_fresh, 0])
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
