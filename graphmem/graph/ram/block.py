"""What a snapshot of a store in memory is made of: the columns of the notes that are true."""

from collections.abc import Sequence

from graphmem.batches import NoteRecord
from graphmem.graph.ram.shelf import Shelf
from graphmem.graph.snapshot.block import block_of
from graphmem.graph.snapshot.build import Moment
from graphmem.graph.snapshot.columns import Columns
from graphmem.types import Note, SessionId


def block(notes: Sequence[tuple[Shelf, Note]]) -> tuple[Columns, dict[SessionId, int]]:
    """Return the columns of atomic notes, by session id, then episode order.

    With them comes the number of each session.
    """
    chosen = [
        (note.session_id, shelf.episodes[note.origins[0]].order, note.id, shelf.notes[note.id])
        for shelf, note in notes
    ]
    chosen.sort(key=lambda row: row[:3])
    sessions: dict[SessionId, int] = {}
    columns = block_of(
        [
            NoteRecord(note=stored.note, extraction=stored.extraction, tokens=stored.tokens)
            for *_, stored in chosen
        ],
        [stored.vectors for *_, stored in chosen],
        [sessions.setdefault(session, len(sessions)) for session, *_ in chosen],
    )
    return columns, sessions


def is_true(note: Note, moment: Moment) -> bool:
    """Tell whether a note is true at a moment."""
    since = note.valid_from or note.said_at
    has_begun = moment.as_of is None or since is None or since <= moment.as_of
    end, at = note.valid_until, moment.at
    return has_begun and not (end is not None and (at is None or end <= at))
