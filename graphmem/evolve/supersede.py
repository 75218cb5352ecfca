"""What a person says of a note's truth: replaced, corrected, or true until some moment."""

from datetime import UTC, datetime

from graphmem.changes import NoteField, Proposal
from graphmem.errors import InputError
from graphmem.evolve.check import USER
from graphmem.types import ATOMIC_KINDS, Note, NoteId

NEVER = datetime.min.replace(tzinfo=UTC)
"""The end of what was never true, though nobody knows since when it was said to be."""


def name_of_update(note: NoteId) -> str:
    """Return the name of the session that holds what a person put in a note's place, alone.

    By it, undoing an update knows the note that the update wrote from one that was there before.
    """
    return f"update of {note}"


def replaced(
    old: Note, new: Note, *, reason: str, at: datetime | None, now: datetime
) -> list[Proposal]:
    """Propose that a newer note supersedes an older one, which was true until then.

    Until `at`, else until the new one holds, else until `now`. Raises InputError for a note that
    something else has superseded, or one that would have ended before it began.
    """
    until = at or since(new) or now
    refuse_superseded(old, new)
    begin = since(old)
    if begin is not None and until < begin:
        raise InputError(
            f"{old.id} holds since {begin:%Y-%m-%d %H:%M}, later than {new.id}: say from when on "
            "the new one holds (at=…), or that the old one was never right (correct)"
        )
    return _superseding(old, new, until, reason)


def corrected(old: Note, new: Note, *, reason: str) -> list[Proposal]:
    """Propose that a note stands where another, which was never right, stood."""
    refuse_superseded(old, new)
    return _superseding(old, new, since(old) or NEVER, reason)


def expired(note: Note, *, at: datetime, reason: str) -> list[Proposal]:
    """Propose that a note is true until a moment. Raises InputError if it begins after that."""
    refuse_superseded(note)
    begin = since(note)
    if begin is not None and at < begin:
        raise InputError(f"{note.id} holds since {begin:%Y-%m-%d %H:%M}: it cannot end before that")
    return [
        Proposal(target=NoteField(note.id, "valid_until"), after=at, reason=reason, author=USER)
    ]


def _superseding(old: Note, new: Note, until: datetime, reason: str) -> list[Proposal]:
    named = {"superseded_by": new.id, "valid_until": until}
    return [
        Proposal(
            target=NoteField(old.id, field),
            after=after,
            reason=reason,
            author=USER,
            follows=() if field == "superseded_by" else (0,),
        )
        for field, after in named.items()
    ]


def since(note: Note) -> datetime | None:
    """Return since when a note holds, if that is known."""
    return note.valid_from or note.said_at


def refuse_superseded(old: Note, new: Note | None = None) -> None:
    """Refuse to end a note that something else, not `new`, has superseded. Raises InputError."""
    for note in (old, *([] if new is None else [new])):
        if note.kind not in ATOMIC_KINDS:
            raise InputError(f"{note.id} is the note of a {note.kind}: name a turn or a passage")
    if new is not None and old.id == new.id:
        raise InputError(f"{old.id} cannot take its own place")
    if old.superseded_by is not None and (new is None or new.id != old.superseded_by):
        raise InputError(f"{old.id} was superseded by {old.superseded_by}: name that one")
