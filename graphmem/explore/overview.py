"""The first page: how much there is, what came in last and what that lacks."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from graphmem.arrays import GraphSnapshot
from graphmem.explore.sessions import SessionList, session_bounds, sessions_of
from graphmem.memory import Memory
from graphmem.overview import MemoryStats
from graphmem.retrieve.columns import read_present
from graphmem.told import told_day, told_time
from graphmem.types import Note

IMPORTS = 6
"""Runs of ingest that are shown."""
LOOKED_AT = 400
"""Sessions, those with the latest turns, of which a run of ingest is told."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Import:
    """What one run of ingest brought, as far as it is among the sessions that were looked at."""

    when: str
    sessions: int
    notes: int
    without_time: int
    without_speaker: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Overview:
    """What the page shows."""

    stats: MemoryStats
    first: str
    last: str
    size: str
    imports: tuple[Import, ...]
    sessions: SessionList


def overview_of(memory: Memory) -> Overview:
    """Return what is in a memory."""
    stats = memory.stats()
    return Overview(
        stats=stats,
        first=told_day(stats.first) if stats.first else "",
        last=told_day(stats.last) if stats.last else "",
        size=size_of(stats.bytes),
        imports=tuple(_imports(memory, memory.snapshot())),
        sessions=sessions_of(memory, limit=8),
    )


def size_of(n_bytes: int) -> str:
    """Return a number of bytes, for people; empty for none."""
    size, unit = float(n_bytes), "B"
    for larger in ("kB", "MB", "GB"):
        if size < 1_000:
            break
        size, unit = size / 1_000, larger
    return f"{size:.3g} {unit}" if n_bytes else ""


def _imports(memory: Memory, snapshot: GraphSnapshot) -> list[Import]:
    """Return the runs that brought the last notes of the sessions spoken in last, newest first."""
    starts, ends = session_bounds(snapshot)
    if not len(starts):
        return []
    times = np.where(np.isnan(snapshot.said_at), -np.inf, snapshot.said_at)
    newest = np.argsort(-np.maximum.reduceat(times, starts), kind="stable")[:LOOKED_AT]
    lasts = [snapshot.note_ids[int(ends[i]) - 1] for i in newest.tolist()]
    notes = read_present(memory.store, "note", memory.scope.key, lasts)
    runs: defaultdict[str, list[tuple[Note, slice]]] = defaultdict(list)
    for i, id_ in zip(newest.tolist(), lasts, strict=True):
        if id_ in notes:
            runs[notes[id_].run_id].append((notes[id_], slice(int(starts[i]), int(ends[i]))))
    made = [_import(snapshot, found) for found in runs.values()]
    return [one for _, one in sorted(made, key=lambda pair: pair[0], reverse=True)[:IMPORTS]]


def _import(snapshot: GraphSnapshot, found: Sequence[tuple[Note, slice]]) -> tuple[float, Import]:
    rows = [rows for _, rows in found]
    written = max((note.written_at for note, _ in found if note.written_at), default=None)
    turns = sum(int(snapshot.is_turn[part].sum()) for part in rows)
    return written.timestamp() if written else 0.0, Import(
        when=told_time(written) if written else "",
        sessions=len(rows),
        notes=sum(part.stop - part.start for part in rows),
        without_time=sum(int(np.isnan(snapshot.said_at[part]).sum()) for part in rows),
        without_speaker=turns
        - sum(int((snapshot.is_turn[part] & (snapshot.speaker[part] >= 0)).sum()) for part in rows),
    )
