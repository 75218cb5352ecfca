"""Notes as the evolution compares them, for its tests."""

from datetime import UTC, datetime, timedelta

from graphmem.evolve.said import Said, said
from graphmem.sentences import sentences
from graphmem.types import EpisodeId, Note, NoteId, ScopeKey, SessionId


def saying(text: str, *, day: int = 0, by: str | None = "Ida", id_: str = "") -> Said:
    """Return what a turn of some day says."""
    return said(note_of(text, day=day, by=by, id_=id_))


def note_of(text: str, *, day: int = 0, by: str | None = "Ida", id_: str = "") -> Note:
    """Return the note of a turn of some day."""
    return Note(
        id=NoteId(id_ or f"n{day}"),
        scope=ScopeKey("ida"),
        session_id=SessionId("s0"),
        kind="turn",
        text=text,
        origins=(EpisodeId("e0"),),
        sentences=tuple(sentences(text)),
        speaker=by,
        said_at=datetime(2024, 5, 1, tzinfo=UTC) + timedelta(days=day),
    )
