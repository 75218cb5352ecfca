"""Changed episodes of one session -> the notes to write and the notes to drop around them.

Every derived note depends on its near neighbours only (see segment.py and note.py). So only a
window around a change is derived again, and the store ends up as one fresh build would leave it.
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace

from graphmem.contracts import GraphStore
from graphmem.ingest.alignment import FIRST
from graphmem.ingest.note import (
    ADDRESSEE_REACH,
    SUMMARY_EPISODES,
    addressee_of,
    passage_note,
    segment_note,
    session_note,
    turn_note,
)
from graphmem.ingest.segment import LOOK_AHEAD, LOOK_BACK, segment, segment_starts
from graphmem.types import Episode, EpisodeId, Note, NoteId, Segment, Session

PAD = 32
"""Episodes read beside a change at first; more only if no segment starts among them."""

REACH_LEFT = max(LOOK_AHEAD, ADDRESSEE_REACH)
"""Episodes ahead of a change whose notes it may alter: a cut looks ahead, so does an addressee."""

REACH_RIGHT = max(LOOK_BACK, ADDRESSEE_REACH)
"""Episodes behind a change whose notes it may alter."""

CONTEXT = max(LOOK_BACK, LOOK_AHEAD, ADDRESSEE_REACH)
"""Episodes read beyond a window on either side, so that what is derived inside it is right."""


@dataclass(frozen=True, slots=True)
class _Window:
    """A run of a session's episodes, with a few on either side that only lend their context."""

    left: tuple[Episode, ...]
    inside: tuple[Episode, ...]
    right: tuple[Episode, ...]

    def with_(self, come: Sequence[Episode], gone: Collection[EpisodeId]) -> "_Window":
        """Return the window as it is once the change has happened."""
        kept = [episode for episode in self.inside if episode.id not in gone]
        inside = sorted([*kept, *come], key=lambda episode: episode.order)
        return _Window(self.left, tuple(inside), self.right)


@dataclass(frozen=True, slots=True, kw_only=True)
class Derived:
    """What a change of one session's episodes asks of the store."""

    atomic: tuple[Note, ...]
    """Turn and passage notes to write: of the added episodes and of those that hear them."""
    composed: tuple[Note, ...]
    """Segment and session notes to write."""
    dropped: tuple[NoteId, ...]
    """Notes that are no longer right."""
    fresh: frozenset[EpisodeId]
    """Episodes that are new or say something else, so that their notes need vectors."""


def derive(
    store: GraphStore,
    session: Session,
    *,
    added: Sequence[Episode] = (),
    removed: Collection[EpisodeId] = (),
    changed: Sequence[Episode] = (),
) -> Derived:
    """Derive what changes when episodes come to a session, leave it, or change.

    What changes is a stored episode's place, title or metadata; `changed` is how it is then.
    """
    gone_ids = {*removed, *(episode.id for episode in changed)}
    gone = store.read("episode", session.scope, list(gone_ids)) if gone_ids else []
    come = [*added, *changed]
    before = _read_window(store, session, sorted([*come, *gone], key=lambda e: e.order))
    after = before.with_(come, gone_ids)
    segments, heads = (_segments(before), _segments(after)), _heads(store, session, come, gone_ids)
    old = _segment_notes(*segments) | _session_note(session, *heads)
    new = _segment_notes(*segments[::-1]) | _session_note(session, *heads[::-1])
    fresh = frozenset(e.id for e in added) | _altered(gone, changed)
    atomic = _atomic(after, before, fresh)
    stale = {note.id for note in _atomic(before, before, fresh)} - {note.id for note in atomic}
    return Derived(
        atomic=atomic,
        composed=tuple(note for id_, note in sorted(new.items()) if id_ not in old),
        dropped=tuple(sorted((old.keys() - new.keys()) | stale)),
        fresh=fresh,
    )


def _altered(stored: Sequence[Episode], changed: Sequence[Episode]) -> frozenset[EpisodeId]:
    """Return the changed episodes in which more than the place is another."""
    was = {episode.id: episode for episode in stored}
    return frozenset(e.id for e in changed if replace(was[e.id], position=e.position) != e)


def _read_window(store: GraphStore, session: Session, changed: list[Episode]) -> _Window:
    """Return the stored episodes of every segment that the change can touch, in order."""
    first, last = changed[0].order, changed[-1].order
    left, ahead = _left_of(store, session, first)
    right, behind = _right_of(store, session, last)
    inside = _between(store, session, first, last)
    return _Window(tuple(ahead), (*left, *inside, *right), tuple(behind))


def _between(
    store: GraphStore, session: Session, first: tuple[str, int, str], last: tuple[str, int, str]
) -> list[Episode]:
    """Return the stored episodes from `first` to `last`, both included."""
    found: list[Episode] = []
    start = first
    while page := store.neighbours(session.scope, session.id, start, before=0, after=PAD):
        fresh = [e for e in page if e.order <= last and (not found or e.order > found[-1].order)]
        found += fresh
        if len(page) < PAD or page[-1].order > last or not fresh:
            break
        start = page[-1].order
    return found


def _left_of(
    store: GraphStore, session: Session, order: tuple[str, int, str]
) -> tuple[list[Episode], list[Episode]]:
    """Return the episodes ahead of `order` back to a start the change leaves alone; and context."""
    pad = PAD
    while True:
        left = store.neighbours(session.scope, session.id, order, before=pad, after=0)
        if len(left) < pad:
            return left, []
        starts = segment_starts(left)
        for i in range(len(left) - 1 - REACH_LEFT, CONTEXT - 1, -1):
            if starts[i]:
                return left[i:], left[i - CONTEXT : i]
        pad *= 2


def _right_of(
    store: GraphStore, session: Session, order: tuple[str, int, str]
) -> tuple[list[Episode], list[Episode]]:
    """Return the episodes behind `order` up to a start the change leaves alone; and context."""
    pad = PAD
    while True:
        page = store.neighbours(session.scope, session.id, order, before=0, after=pad + 1)
        right = [episode for episode in page if episode.order > order]
        if len(page) <= pad:
            return right, []
        starts = segment_starts(right)
        for i in range(REACH_RIGHT, len(right) - CONTEXT):
            if starts[i]:
                return right[:i], right[i : i + CONTEXT]
        pad *= 2


def _segments(window: _Window) -> dict[EpisodeId, Segment]:
    """Return the segments of a window's turns by their first one; passages have none."""
    turns = [episode for episode in window.inside if episode.title is None]
    pieces = segment(turns, left=window.left, right=window.right) if turns else []
    return {piece.episodes[0].id: piece for piece in pieces}


def _segment_notes(
    these: dict[EpisodeId, Segment], others: dict[EpisodeId, Segment]
) -> dict[NoteId, Note]:
    """Return the notes of those segments that are not among the others as well."""
    made = (segment_note(piece) for id_, piece in these.items() if others.get(id_) != piece)
    return {note.id: note for note in made}


def _heads(
    store: GraphStore, session: Session, come: Sequence[Episode], gone: Collection[EpisodeId]
) -> tuple[list[Episode], list[Episode]]:
    """Return the turns that the session's note reads, as they are and with the change applied."""
    reach = SUMMARY_EPISODES + len(gone)
    head = store.neighbours(session.scope, session.id, FIRST, before=0, after=reach)
    kept = [episode for episode in head if episode.id not in gone]
    after = sorted([*kept, *come], key=lambda episode: episode.order)
    return _turns(head[:SUMMARY_EPISODES]), _turns(after)[:SUMMARY_EPISODES]


def _turns(episodes: Sequence[Episode]) -> list[Episode]:
    return [episode for episode in episodes if episode.title is None]


def _session_note(
    session: Session, these: Sequence[Episode], others: Sequence[Episode]
) -> dict[NoteId, Note]:
    """Return the session's note if it reads these and not those others; none for a document."""
    if not these or these == others:
        return {}
    note = session_note(session, these)
    return {note.id: note}


def _atomic(after: _Window, before: _Window, touched: Collection[EpisodeId]) -> tuple[Note, ...]:
    """Return the notes of episodes that are new, or that now speak to someone else."""
    addressed = _addressees(before)
    now = _addressees(after)
    notes = []
    for episode in after.inside:
        if episode.title is not None:
            if episode.id in touched:
                notes.append(passage_note(episode))
        elif episode.id in touched or addressed.get(episode.id) != now[episode.id]:
            notes.append(turn_note(episode, now[episode.id]))
    return tuple(notes)


def _addressees(window: _Window) -> dict[EpisodeId, str | None]:
    run = (*window.left, *window.inside, *window.right)
    return {episode.id: addressee_of(run, i) for i, episode in enumerate(run)}
