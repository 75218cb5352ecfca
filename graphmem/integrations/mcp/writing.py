"""The tools that write: add one or many, update, delete, undo, say what was useful."""

from collections.abc import Iterable
from typing import Annotated, Any

from mcp.server import MCPServer
from mcp.server.mcpserver import Context
from mcp.types import ToolAnnotations
from pydantic import BaseModel, Field

from graphmem.integrations.mcp.answers import AddedAnswer, EditAnswer, ErasedAnswer
from graphmem.integrations.mcp.reading import Day, Id, Name, Question, Whose
from graphmem.integrations.mcp.told import in_thread, told
from graphmem.receipts import Receipt

ADDS = ToolAnnotations(read_only_hint=False, destructive_hint=False, open_world_hint=False)
ERASES = ToolAnnotations(
    read_only_hint=False, destructive_hint=True, idempotent_hint=True, open_world_hint=False
)
TAKES_BACK = ToolAnnotations(read_only_hint=False, destructive_hint=True, open_world_hint=False)

Text = Annotated[str, Field(min_length=1, max_length=100_000)]
MESSAGES_AT_ONCE = 25
"""Messages that are remembered between two words of progress."""


class Message(BaseModel):
    """One turn of a chat."""

    role: str = Field(min_length=1, description="Who said it: user, assistant, or a name.")
    content: Text
    said_at: Day = None
    id: Annotated[
        str | None, Field(min_length=1, description="Your own: given again it is the same turn.")
    ] = None

    def given(self) -> dict[str, str]:
        """Return what the memory is given."""
        named = {"role": self.role, "content": self.content, "said_at": self.said_at, "id": self.id}
        return {name: value for name, value in named.items() if value is not None}


def add_writing(server: MCPServer[Any], whose: Whose) -> None:
    """Give a server the tools that write whichever memory is asked."""
    _add_adding(server, whose)
    _add_changing(server, whose)


def _add_adding(server: MCPServer[Any], whose: Whose) -> None:
    def add_memory(
        text: Text, speaker: Name = None, said_at: Day = None, session: Name = None
    ) -> AddedAnswer:
        """Remember one thing."""
        done = whose().add(text, speaker=speaker, said_at=said_at, session=session)
        return _added([done])

    async def add_messages(
        messages: Annotated[list[Message], Field(min_length=1, max_length=2_000)],
        context: Context[Any, Any],
        session: Name = None,
    ) -> AddedAnswer:
        """Remember the messages of a chat, in their order; progress is how many are."""
        done: list[Receipt] = []
        for start in range(0, len(messages), MESSAGES_AT_ONCE):
            some = [message.given() for message in messages[start : start + MESSAGES_AT_ONCE]]
            done.append(await in_thread(whose().add, some, session=session))
            await context.report_progress(start + len(some), len(messages), "messages remembered")
        return _added(done)

    server.tool(title="Remember", annotations=ADDS)(told(add_memory))
    server.tool(title="Remember a chat", annotations=ADDS)(add_messages)


def _added(receipts: Iterable[Receipt]) -> AddedAnswer:
    done = list(receipts)
    return AddedAnswer(
        ids=[id_ for one in done for id_ in one.ids],
        added=sum(one.episodes_added for one in done),
        known=sum(one.episodes_known for one in done),
        problems=[problem.message for one in done for problem in one.problems],
    )


def _add_changing(server: MCPServer[Any], whose: Whose) -> None:
    def update_memory(id: Id, text: Text, reason: Text = "updated") -> EditAnswer:
        """Put a newer text in a memory's place; the old one is found as of when it was true."""
        return EditAnswer.of(whose().update(id, text=text, reason=reason))

    def delete_memory(id: Id, dry_run: bool = False) -> ErasedAnswer:
        """Erase one memory for good, with all that came from it alone."""
        done = whose().delete(id, dry_run=dry_run)
        erased = len(done.ids) if dry_run else done.episodes_deleted
        return ErasedAnswer(erased=erased, is_dry_run=dry_run)

    def undo_change(id: Id) -> EditAnswer:
        """Take back a change, or all changes of a run."""
        return EditAnswer.of(whose().undo(id))

    def mark_useful(
        question: Question, ids: Annotated[list[Id], Field(min_length=1)], off: bool = False
    ) -> EditAnswer:
        """Say which memories answered a question: no rule puts them out of its first five hits."""
        return EditAnswer.of(whose().useful(question, *ids, off=off))

    server.tool(title="These answered it", annotations=ADDS)(told(mark_useful))
    server.tool(title="Update a memory", annotations=ADDS)(told(update_memory))
    server.tool(title="Erase a memory", annotations=ERASES)(told(delete_memory))
    server.tool(title="Undo a change", annotations=TAKES_BACK)(told(undo_change))
