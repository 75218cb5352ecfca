"""One invented note to extract from."""

from datetime import UTC, datetime

from graphmem.sentences import sentences
from graphmem.types import EpisodeId, Note, NoteId, ScopeKey, SessionId

MONDAY = datetime(2023, 5, 8, 13, 56, tzinfo=UTC)


def said(
    text: str,
    *,
    speaker: str | None = "Ana",
    addressee: str | None = "Ben",
    title: str | None = None,
    said_at: datetime | None = MONDAY,
) -> Note:
    """A turn that Ana says to Ben; a passage if it has a title."""
    return Note(
        id=NoteId("n1"),
        scope=ScopeKey("ana"),
        session_id=SessionId("s1"),
        kind="turn" if title is None else "passage",
        text=text,
        origins=(EpisodeId("e1"),),
        sentences=tuple(sentences(text)),
        speaker=speaker if title is None else None,
        addressee=addressee if title is None else None,
        title=title,
        said_at=said_at,
    )
