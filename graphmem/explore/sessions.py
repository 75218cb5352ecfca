"""The sessions, the last first, and one session as its dialogue, a page at a time."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

import numpy as np

from graphmem.arrays import GraphSnapshot
from graphmem.asking.around import atomic_notes
from graphmem.explore.paging import page_of
from graphmem.explore.said import Said, said
from graphmem.memory import Memory
from graphmem.retrieve.columns import read_present
from graphmem.told import told_time
from graphmem.types import Episode, Session

TURNS = 40
"""Turns of a session on a page."""
LEAD = 8
"""Turns that stand before the one that a page was opened at."""
_BEGIN = ("", -(2**62), "")
"""Stands before each episode's `order`."""


@dataclass(frozen=True, slots=True)
class SessionLine:
    """One session in the list."""

    id: str
    name: str
    turns: int
    speakers: str
    when: str


@dataclass(frozen=True, slots=True)
class SessionList:
    """A page of sessions."""

    lines: tuple[SessionLine, ...]
    after: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Dialogue:
    """A page of one session."""

    session: Session
    name: str
    turns: tuple[Said, ...]
    at: str
    """The episode that it was opened at; empty: none."""
    earlier: str | None
    """Where the page before begins; None: this is the first. `start` is the session's begin."""
    after: str | None
    """The last episode here, if others come after it."""


def sessions_of(memory: Memory, *, after: str | None = None, limit: int = 30) -> SessionList:
    """Return the sessions that were last spoken in, and where the list goes on."""
    snapshot = memory.snapshot()
    starts, ends = session_bounds(snapshot)
    if not len(starts):
        return SessionList((), None)
    times = np.where(np.isnan(snapshot.said_at), -np.inf, snapshot.said_at)
    last = np.maximum.reduceat(times, starts)
    first_notes = [snapshot.note_ids[row] for row in starts.tolist()]
    shown, next_ = page_of(last, first_notes, after, limit)
    notes = read_present(memory.store, "note", memory.scope.key, [first_notes[i] for i in shown])
    sessions = _sessions(memory, [note.session_id for note in notes.values()])
    lines = []
    for i in shown:
        note = notes.get(first_notes[i])
        session = None if note is None else sessions.get(note.session_id)
        if session is not None:
            rows = range(int(starts[i]), int(ends[i]))
            lines.append(_line(snapshot, session, rows, float(last[i])))
    return SessionList(tuple(lines), next_)


def session_bounds(snapshot: GraphSnapshot) -> tuple[np.ndarray, np.ndarray]:
    """Return where each session's notes begin and end in a snapshot."""
    starts = np.flatnonzero(np.diff(snapshot.session, prepend=-1))
    return starts, np.append(starts[1:], len(snapshot.session))


def dialogue_of(
    memory: Memory, session_id: str, *, at: str | None = None, after: str | None = None
) -> Dialogue:
    """Return a page of a session: from its begin, round an episode, or after one.

    Raises MissingRecordError for a session or an episode that is not there.
    """
    store, scope = memory.store, memory.scope.key
    (session,) = store.read("session", scope, [session_id])
    place = at or after
    order, lead = _BEGIN, 0
    if place is not None:
        (episode,) = store.read("episode", scope, [place])
        order, lead = episode.order, LEAD if at else 0
    skipped = 1 if after and not at else 0  # `neighbours` begins with the episode itself
    run = store.neighbours(scope, session.id, order, before=lead, after=skipped + TURNS + 1)
    run = run[skipped:]
    shown = run[: lead + TURNS]
    return Dialogue(
        session=session,
        name=name_of(session),
        turns=tuple(_turns(memory, shown)),
        at=at or "",
        earlier=_earlier(memory, session, shown) if place is not None else None,
        after=shown[-1].id if len(run) > len(shown) else None,
    )


def name_of(session: Session) -> str:
    """Return a session's name with the collection that it is of."""
    return f"{session.collection} / {session.name}" if session.collection else session.name


def _earlier(memory: Memory, session: Session, shown: Sequence[Episode]) -> str | None:
    """Return after which episode the page before begins; `start` if with the first."""
    if not shown:
        return None
    scope = memory.scope.key
    ahead = memory.store.neighbours(scope, session.id, shown[0].order, before=TURNS + 1, after=0)
    if not ahead:
        return None
    return ahead[0].id if len(ahead) > TURNS else "start"


def _turns(memory: Memory, episodes: Sequence[Episode]) -> list[Said]:
    """Return what some episodes say, in their order."""
    store, scope = memory.store, memory.scope.key
    notes = {note.origins[0]: note for note in atomic_notes(store, scope, [e.id for e in episodes])}
    return said(store, scope, [notes[e.id] for e in episodes if e.id in notes])


def _sessions(memory: Memory, ids: Sequence[str]) -> dict[str, Session]:
    found = read_present(memory.store, "session", memory.scope.key, sorted(set(ids)))
    return {session.id: session for session in found.values()}


def _line(snapshot: GraphSnapshot, session: Session, rows: range, last: float) -> SessionLine:
    numbers = set(snapshot.speaker[rows.start : rows.stop].tolist()) - {-1}
    speakers = sorted(snapshot.speakers[number] for number in numbers)
    more = f" and {len(speakers) - 4} more" if len(speakers) > 4 else ""
    when = told_time(datetime.fromtimestamp(last, UTC)) if np.isfinite(last) else ""
    return SessionLine(
        id=session.id,
        name=name_of(session),
        turns=len(rows),
        speakers=", ".join(speakers[:4]) + more,
        when=when,
    )
