"""One note: its text whole, a part at a time; what it names and states; what became of it."""

from dataclasses import dataclass

from graphmem.explore.journal import ChangeLine, lines_of
from graphmem.explore.pieces import Piece, with_names
from graphmem.explore.said import ended, who
from graphmem.explore.sessions import name_of
from graphmem.memory import Memory
from graphmem.told import told_fact, told_time
from graphmem.types import Episode, Note, Session

PART = 20_000
"""Characters of a text on a page."""
CHANGES = 100
"""Changes, the newest, that are shown."""
CLAIMS = 50
METADATA = 2_000
"""Characters of what the source said beside the text."""


@dataclass(frozen=True, slots=True, kw_only=True)
class NotePage:
    """What the page shows."""

    note: Note
    who: str
    when: str
    ended: str
    pieces: tuple[Piece, ...]
    start: int
    """Where the part begins in the text."""
    next: int | None
    """Where the next part begins."""
    length: int
    session: Session
    session_name: str
    origins: tuple[Episode, ...]
    metadata: str
    claims: tuple[str, ...]
    changes: tuple[ChangeLine, ...]
    """Newest first."""


def note_page(memory: Memory, id_: str, *, start: int = 0) -> NotePage:
    """Return the page of a note, or of an episode's. Raises MissingRecordError."""
    history = memory.history(id_)
    note = history.note
    scope = memory.scope.key
    (mentions,) = memory.store.read("mention", scope, [note.id])
    (claims,) = memory.store.read("claim", scope, [note.id])
    (session,) = memory.store.read("session", scope, [note.session_id])
    start = min(max(start, 0), len(note.text))
    next_ = start + PART
    return NotePage(
        note=note,
        who=who(note),
        when=told_time(note.said_at) if note.said_at else "",
        ended=ended(note),
        pieces=tuple(with_names(note.text, mentions, start=start, length=PART)),
        start=start,
        next=next_ if next_ < len(note.text) else None,
        length=len(note.text),
        session=session,
        session_name=name_of(session),
        origins=history.episodes,
        metadata=_metadata(history.episodes),
        claims=tuple(map(told_fact, claims[:CLAIMS])),
        changes=tuple(lines_of(memory, history.changes[: -CHANGES - 1 : -1])),
    )


def _metadata(episodes: tuple[Episode, ...]) -> str:
    said = ", ".join(f"{key}: {value}" for key, value in episodes[0].metadata.items())
    return said[:METADATA]
