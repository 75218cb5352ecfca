"""The operations that change a memory."""

from graphmem.changes import Edit
from graphmem.memory import Memory
from graphmem.receipts import Receipt
from graphmem.server.api import answering as do
from graphmem.server.api.arguments import OBJECT, SAID, Argument
from graphmem.server.api.operation import (
    DRY,
    ID,
    REASON,
    TEXT_OF_NOTE,
    Operation,
    flag,
    moment,
    needed,
    text,
)

WRITING = (
    Operation(
        name="add",
        method="POST",
        path="/notes",
        right="write",
        call=Memory.add,
        status=201,
        doc="Remember one turn, or a list of messages.",
        answers=Receipt,
        takes=(
            Argument(
                name="text",
                kind=SAID,
                doc="What was said, or messages with role and content.",
                needed=True,
                least=1,
                most=100_000,
            ),
            text("id", "A name of your own for the turn; given again it takes its place."),
            text("speaker", "Who said it."),
            moment("said_at", "When; now unless given."),
            text("session", "In which session."),
            Argument(name="metadata", kind=OBJECT, doc="What else is known of it."),
            text("kind", "`fact`: a later one alike supersedes it."),
        ),
    ),
    Operation(
        name="update",
        method="POST",
        path="/notes/{id}/update",
        right="write",
        call=do.of_id(Memory.update),
        doc="Put a newer text in a note's place; the old one is found as of before.",
        answers=Edit,
        takes=(ID, TEXT_OF_NOTE, moment("said_at", "When."), text("speaker", "Who."), REASON, DRY),
    ),
    Operation(
        name="correct",
        method="POST",
        path="/notes/{id}/correct",
        right="write",
        call=do.of_id(Memory.correct),
        doc="Put a text in the place of one that was never right.",
        answers=Edit,
        takes=(ID, TEXT_OF_NOTE, REASON, DRY),
    ),
    Operation(
        name="replace",
        method="POST",
        path="/notes/{id}/replace",
        right="write",
        call=do.of_id(Memory.replace),
        doc="Let a note that is there take this one's place.",
        answers=Edit,
        takes=(ID, needed("new", "The id of that note."), moment("at", "Since when."), REASON, DRY),
    ),
    Operation(
        name="expire",
        method="POST",
        path="/notes/{id}/expire",
        right="write",
        call=do.of_id(Memory.expire),
        doc="Say until when a note is true.",
        answers=Edit,
        takes=(ID, moment("at", "Until then; now unless given."), REASON, DRY),
    ),
    Operation(
        name="pin",
        method="POST",
        path="/notes/{id}/pin",
        right="write",
        call=do.of_id(Memory.pin),
        doc="Keep a note in search whatever a sweep would put away.",
        answers=Edit,
        takes=(ID, flag("off", "As all others again."), REASON, DRY),
    ),
    Operation(
        name="delete",
        method="DELETE",
        path="/notes/{id}",
        right="write",
        call=do.of_id(Memory.delete),
        doc="Erase a note's episode for good, with all that came from it alone.",
        answers=Receipt,
        takes=(ID, DRY),
    ),
    Operation(
        name="undo",
        method="POST",
        path="/undo",
        right="write",
        call=do.of_id(Memory.undo),
        doc="Take back a change or a run.",
        answers=Edit,
        takes=(
            needed("id", "Of a change or a run."),
            flag("cascade", "With what depends on it."),
            DRY,
        ),
    ),
    Operation(
        name="evolve",
        method="POST",
        path="/evolve",
        right="write",
        call=Memory.evolve,
        doc="Link new notes to older ones, and find what may have changed.",
        answers=Edit,
        takes=(DRY,),
    ),
    *(
        Operation(
            name=name,
            method="POST",
            path=f"/doubts/{{id}}/{name.replace('_', '-')}",
            right="write",
            call=call,
            doc=doc,
            answers=Edit,
            takes=(ID, REASON, DRY),
        )
        for name, call, doc in (
            (
                "accept",
                do.of_id(Memory.accept),
                "Say that a doubt is right: the newer note supersedes the older.",
            ),
            ("reject", do.of_id(Memory.reject), "Say that a doubt is none."),
            ("keep_both", do.of_id(Memory.keep_both), "Say that both notes of a doubt are true."),
        )
    ),
)
