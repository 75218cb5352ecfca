"""What a person wants to be kept, whatever a sweep says."""

from graphmem.changes import NoteField, Proposal
from graphmem.evolve.check import USER
from graphmem.types import NoteId


def pinned(note: NoteId, *, is_pinned: bool, reason: str) -> list[Proposal]:
    """Propose that a note is kept in search, or is no longer kept by a person's word."""
    return [Proposal(target=NoteField(note, "pinned"), after=is_pinned, reason=reason, author=USER)]
