"""The first page: how much there is, what came in last, what that lacks and what it met."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np

from graphmem.arrays import GraphSnapshot
from graphmem.explore.sessions import SessionList, session_bounds, sessions_of
from graphmem.memory import Memory
from graphmem.overview import MemoryStats
from graphmem.receipts import ImportReport, ProblemGroup
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
    without_time: int = 0
    without_speaker: int = 0
    files: int = 0
    problems: tuple[ProblemGroup, ...] = ()
    """By kind, with their first places, where the store keeps them."""
    untold: int = 0
    """Problems of which nothing but their number is known."""


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
        imports=tuple(_imports(memory, memory.snapshot(), stats.imports)),
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


def _imports(memory: Memory, snapshot: GraphSnapshot, kept: Sequence[ImportReport]) -> list[Import]:
    """Return the last runs that brought notes, and imports of files, the newest first."""
    reports = {report.run_id: report for report in kept}
    made = {run: _import(snapshot, found) for run, found in _runs(memory, snapshot).items()}
    merged = [
        (at, _with_report(one, reports[run]) if run in reports else one)
        for run, (at, one) in made.items()
    ]
    others = [
        (report.at.timestamp(), _with_report(_brought(report), report))
        for run, report in reports.items()
        if run not in made
    ]
    newest = sorted([*merged, *others], key=lambda pair: pair[0], reverse=True)
    return [one for _, one in newest[:IMPORTS]]


def _runs(memory: Memory, snapshot: GraphSnapshot) -> dict[str, list[tuple[Note, slice]]]:
    """Return the last notes of the sessions spoken in last, with their rows, by run."""
    starts, ends = session_bounds(snapshot)
    if not len(starts):
        return {}
    times = np.where(np.isnan(snapshot.said_at), -np.inf, snapshot.said_at)
    newest = np.argsort(-np.maximum.reduceat(times, starts), kind="stable")[:LOOKED_AT]
    lasts = [snapshot.note_ids[int(ends[i]) - 1] for i in newest.tolist()]
    notes = read_present(memory.store, "note", memory.scope.key, lasts)
    runs: defaultdict[str, list[tuple[Note, slice]]] = defaultdict(list)
    for i, id_ in zip(newest.tolist(), lasts, strict=True):
        if id_ in notes:
            runs[notes[id_].run_id].append((notes[id_], slice(int(starts[i]), int(ends[i]))))
    return runs


def _brought(report: ImportReport) -> Import:
    """Return an import of which no note is the last of a session that was looked at."""
    sessions = report.sessions if report.episodes_added else 0
    return Import(when=told_time(report.at), sessions=sessions, notes=report.episodes_added)


def _with_report(one: Import, report: ImportReport) -> Import:
    told = sum(group.count for group in report.problem_groups)
    return replace(
        one,
        files=report.files,
        problems=report.problem_groups,
        untold=report.problems - told,
    )


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
