"""Notes as a page shows them: who, when, the text in pieces, whether it still holds."""

from collections.abc import Sequence
from dataclasses import dataclass

from graphmem.contracts import GraphStore
from graphmem.explore.pieces import SHOWN, Piece, with_names
from graphmem.text import clip, day_text
from graphmem.told import told_time
from graphmem.types import Episode, Note, ScopeKey

BESIDE = 300
"""Characters of a turn that stands beside another."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Said:
    """One turn or passage."""

    note: str
    episode: str
    session: str
    who: str
    when: str
    pieces: tuple[Piece, ...]
    left: int
    """Characters that are not shown."""
    ended: str
    """Why it is not true now, `until 3 June 2024, superseded`; empty: it is."""
    newer: str | None
    """The note that superseded it."""


def said(store: GraphStore, scope: ScopeKey, notes: Sequence[Note]) -> list[Said]:
    """Return notes with their names and dates marked, in order."""
    mentions = store.read("mention", scope, [note.id for note in notes])
    return [
        Said(
            note=note.id,
            episode=note.origins[0],
            session=note.session_id,
            who=who(note),
            when=told_time(note.said_at) if note.said_at else "",
            pieces=tuple(with_names(note.text, found)),
            left=max(len(note.text) - SHOWN, 0),
            ended=ended(note),
            newer=note.superseded_by,
        )
        for note, found in zip(notes, mentions, strict=True)
    ]


def who(record: Note | Episode) -> str:
    """Return who said it, or the title that it stands under."""
    return record.title or record.speaker or "no speaker"


def ended(note: Note) -> str:
    """Return why a note is not found now; empty: it is."""
    parts = []
    if note.valid_until is not None:
        parts.append(f"until {day_text(note.valid_until)}")
    if note.superseded_by is not None:
        parts.append("superseded")
    if note.archived:
        parts.append("archived")
    return ", ".join(parts)


def beside(episode: Episode | None) -> str:
    """Return a turn that stands before or after another, on one line; empty for none."""
    if episode is None:
        return ""
    line = clip(episode.text[: 2 * BESIDE], BESIDE)
    return f"{episode.speaker}: {line}" if episode.speaker else line
