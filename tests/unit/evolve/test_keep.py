"""A person's word keeps a note, or lets it go."""

from graphmem.changes import NoteField
from graphmem.evolve.keep import pinned
from graphmem.types import NoteId


def test_a_note_is_pinned_or_let_go_by_the_user() -> None:
    for is_pinned in (True, False):
        (made,) = pinned(NoteId("n1"), is_pinned=is_pinned, reason="mine")
        assert (made.target, made.after) == (NoteField(NoteId("n1"), "pinned"), is_pinned)
        assert (made.author, made.reason) == ("user", "mine")
