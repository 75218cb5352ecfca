"""The tools that write: add, update, delete, undo."""

from typing import Annotated, Any

from mcp.server import MCPServer
from mcp.types import ToolAnnotations
from pydantic import Field

from graphmem.integrations.mcp.answers import AddedAnswer, EditAnswer, ErasedAnswer
from graphmem.integrations.mcp.reading import Day, Id, Name, Whose
from graphmem.integrations.mcp.told import told

ADDS = ToolAnnotations(read_only_hint=False, destructive_hint=False, open_world_hint=False)
ERASES = ToolAnnotations(
    read_only_hint=False, destructive_hint=True, idempotent_hint=True, open_world_hint=False
)
TAKES_BACK = ToolAnnotations(read_only_hint=False, destructive_hint=True, open_world_hint=False)

Text = Annotated[str, Field(min_length=1, max_length=100_000)]


def add_writing(server: MCPServer[Any], whose: Whose) -> None:
    """Give a server the tools that write whichever memory is asked."""

    def add_memory(
        text: Text, speaker: Name = None, said_at: Day = None, session: Name = None
    ) -> AddedAnswer:
        """Remember one thing."""
        done = whose().add(text, speaker=speaker, said_at=said_at, session=session)
        return AddedAnswer(
            ids=list(done.ids),
            added=done.episodes_added,
            known=done.episodes_known,
            problems=[problem.message for problem in done.problems],
        )

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

    server.tool(title="Remember", annotations=ADDS)(told(add_memory))
    server.tool(title="Update a memory", annotations=ADDS)(told(update_memory))
    server.tool(title="Erase a memory", annotations=ERASES)(told(delete_memory))
    server.tool(title="Undo a change", annotations=TAKES_BACK)(told(undo_change))
