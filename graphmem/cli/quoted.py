"""A note as one line of 80 columns: when it was said, by whom, and how it begins."""

from graphmem.text import clip
from graphmem.types import Note

WIDTH = 76
"""Characters of the line."""


def quoted(note: Note) -> str:
    """Return the day, the speaker or title, and as much of the text as the line holds."""
    day = f"{note.said_at:%Y-%m-%d}" if note.said_at else "undated"
    head = f"{day} {note.title or note.speaker or 'somebody'}: "
    return head + f"“{clip(note.text, max(20, WIDTH - len(head) - 2))}”"
