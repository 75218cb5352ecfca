"""The tools that read: search, context, get, list, history, the graph."""

from collections.abc import Callable
from typing import Annotated, Any, Literal

from mcp.server import MCPServer
from mcp.types import ToolAnnotations
from pydantic import Field

from graphmem.errors import ConfigError
from graphmem.integrations.mcp.answers import (
    ChangeAnswer,
    ContextAnswer,
    GraphAnswer,
    HistoryAnswer,
    HitAnswer,
    HitsAnswer,
    NoteAnswer,
    PageAnswer,
)
from graphmem.integrations.mcp.told import told
from graphmem.memory import Memory

Whose = Callable[[], Memory]
"""Returns the memory that a call is for, in the thread of the call."""

READS = ToolAnnotations(read_only_hint=True, open_world_hint=False)

Question = Annotated[str, Field(min_length=1, max_length=20_000, description="In plain words.")]
Id = Annotated[str, Field(min_length=1, max_length=1_000, description="Of a note or episode.")]
Day = Annotated[str | None, Field(description="An ISO 8601 day, month, year or moment.")]
Limit = Annotated[int, Field(ge=1, le=200)]
Name = Annotated[str | None, Field(min_length=1, max_length=1_000)]


def add_reading(server: MCPServer[Any], whose: Whose) -> None:
    """Give a server the tools that read whichever memory is asked."""
    _add_asking(server, whose)
    _add_looking_up(server, whose)
    _add_graph(server, whose)


def _add_asking(server: MCPServer[Any], whose: Whose) -> None:
    def search_memories(
        query: Question,
        k: Annotated[int, Field(ge=1, le=50)] = 5,
        as_of: Day = None,
        since: Day = None,
        until: Day = None,
        speaker: Name = None,
        session: Name = None,
    ) -> HitsAnswer:
        """Find the memories that answer a question, best first, each with its reasons."""
        hits = whose().search(
            query, k=k, as_of=as_of, since=since, until=until, speaker=speaker, session=session
        )
        return HitsAnswer(hits=[HitAnswer.of(hit) for hit in hits])

    def memory_context(
        query: Question,
        budget: Annotated[int, Field(ge=1, le=100_000, description="Tokens.")] = 2_000,
        as_of: Day = None,
    ) -> ContextAnswer:
        """Return what answers a question as one text for a prompt, within a budget of tokens."""
        found = whose().context(query, budget=budget, as_of=as_of)
        return ContextAnswer(text=found.text, n_tokens=found.n_tokens, origins=list(found.origins))

    server.tool(title="Search memories", annotations=READS)(told(search_memories))
    server.tool(title="Context for a prompt", annotations=READS)(told(memory_context))


def _add_looking_up(server: MCPServer[Any], whose: Whose) -> None:
    def get_memory(id: Id) -> NoteAnswer:
        """Return one memory by its id."""
        return note_of(whose(), id)

    def list_memories(
        limit: Limit = 50,
        after: Annotated[str | None, Field(description="The page before's `after`.")] = None,
        order: Literal["oldest", "newest"] = "newest",
        since: Day = None,
        until: Day = None,
        speaker: Name = None,
        session: Name = None,
    ) -> PageAnswer:
        """List memories by when they were said, a page at a time."""
        page = whose().list(
            limit=limit, after=after, order=order, since=since, until=until, speaker=speaker,
            session=session,
        )  # fmt: skip
        return PageAnswer(notes=[NoteAnswer.of(note) for note in page.notes], after=page.after)

    def memory_history(id: Id) -> HistoryAnswer:
        """Tell where a memory came from and every change made to it, oldest first."""
        found = whose().history(id)
        return HistoryAnswer(
            note=NoteAnswer.of(found.note),
            episodes=[episode.id for episode in found.episodes],
            changes=[ChangeAnswer.of_(change) for change in found.changes],
        )

    server.tool(title="One memory", annotations=READS)(told(get_memory))
    server.tool(title="List memories", annotations=READS)(told(list_memories))
    server.tool(title="History of a memory", annotations=READS)(told(memory_history))


def _add_graph(server: MCPServer[Any], whose: Whose) -> None:
    def graph_query(
        ask: Annotated[
            Literal["around", "entities", "facts"],
            Field(
                description="`around` an id; `entities` with a name; `facts` by subject, "
                "relation, object."
            ),
        ],
        id: Name = None,
        name: Name = None,
        subject: Name = None,
        relation: Name = None,
        object: Name = None,
        depth: Annotated[int, Field(ge=1, le=3)] = 1,
        limit: Limit = 50,
    ) -> GraphAnswer:
        """Ask the graph of names, facts and notes; it only reads."""
        if ask == "entities":
            return GraphAnswer.named(whose().entities(name), limit)
        if ask == "facts":
            found = whose().facts(subject=subject, relation=relation, object=object)
            return GraphAnswer.stated(found, limit)
        if id is None:
            raise ConfigError("ask=around needs the id of a note, episode, entity or session")
        return GraphAnswer.around(whose().neighbourhood(id, depth, limit=limit))

    server.tool(title="Ask the graph", annotations=READS)(told(graph_query))


def note_of(memory: Memory, id_: str) -> NoteAnswer:
    """Return the note that an id of a note or an episode names, as an answer."""
    return NoteAnswer.of(memory.history(id_).note)
