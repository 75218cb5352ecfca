"""The next snapshot out of the last one: its unchanged notes, and those that were read again."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from graphmem.graph.snapshot.build import Carried
from graphmem.graph.snapshot.columns import Columns, Sessions, indptr_of
from graphmem.graph.snapshot.joined import Piece, join, part

Numbers = NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Written:
    """The sessions of a snapshot, by id, and which of them were written since the last one."""

    numbers: Numbers
    """(s,) the store's own."""
    changed: Numbers
    """(c,) places among them, ascending."""

    @classmethod
    def of(cls, versions: Sequence[tuple[int, int]], since: int) -> "Written":
        """Take (number, version of the last write) of each session, by session id."""
        table = np.array(versions, np.int64).reshape(-1, 2)
        return cls(table[:, 0], np.flatnonzero(table[:, 1] > since))


def refreshed(
    last: Carried, sessions: Written, notes: Numbers, read_block: Callable[[Numbers], Columns]
) -> Columns:
    """Return the columns of what is true now, reading only notes that were written since.

    `notes` are the rows (number, session number, version), (n, 3), of the true notes of the
    sessions that were written since `last`, in order. `read_block` reads notes by their numbers.
    """
    old, changed = last.columns, sessions.changed
    starts, stops = old.sessions.of(sessions.numbers)
    rows = _rows_of(old, _runs(starts[changed], stops[changed]), notes[:, 0])
    is_fresh = (rows < 0) | (notes[:, 2] > last.moment.version)
    fresh = read_block(notes[is_fresh, 0])
    first_fresh = old.n_notes + 1
    rows[is_fresh] = np.arange(first_fresh, first_fresh + fresh.n_notes)
    begins, ends = Sessions.of_notes(notes[:, 1]).of(sessions.numbers[changed])
    lengths = stops - starts
    lengths[changed] = ends - begins
    runs, done = list[tuple[int, int]](), 0
    places = zip(changed.tolist(), begins.tolist(), ends.tolist(), strict=True)
    for place, begin, end in places:
        runs += _runs(starts[done:place], stops[done:place])
        runs += _runs(rows[begin:end], rows[begin:end] + 1)
        done = place + 1
    runs += _runs(starts[done:], stops[done:])
    pieces: list[Piece] = [
        (old, start, stop)
        if start < first_fresh
        else (fresh, start - first_fresh, stop - first_fresh)
        for start, stop in runs
    ]
    standing = Sessions(sessions.numbers, indptr_of(lengths))
    return join(pieces or [(fresh, 0, 0)], [old, fresh], standing)


def _rows_of(old: Columns, runs: Sequence[tuple[int, int]], wanted: Numbers) -> Numbers:
    """Return the row of each wanted number that stands in some runs of rows, -1 where none does."""
    none = np.empty(0, np.int64)
    numbers = np.concatenate([none, *(part(old, "number", *run) for run in runs)])
    rows = np.concatenate([none, *(np.arange(*run) for run in runs)])
    order = np.argsort(numbers)
    at = np.searchsorted(numbers, wanted, sorter=order)
    at = order[np.minimum(at, len(order) - 1)] if len(order) else np.zeros(len(wanted), np.int64)
    found: Numbers = np.append(rows, -1)[np.where(np.append(numbers, -1)[at] == wanted, at, -1)]
    return found


def _runs(starts: Numbers, stops: Numbers) -> list[tuple[int, int]]:
    """Return some runs of rows as few as they are: those that follow each other are one."""
    there = starts < stops
    starts, stops = starts[there], stops[there]
    if not len(starts):
        return []
    breaks = starts[1:] != stops[:-1]
    first, last = starts[np.append(True, breaks)], stops[np.append(breaks, True)]
    return list(zip(first.tolist(), last.tolist(), strict=True))
