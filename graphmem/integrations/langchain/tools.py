"""Tools for an agent: save, search and forget what a memory holds, with typed arguments."""

from collections.abc import Callable
from functools import wraps
from typing import Annotated, Any, ParamSpec

from langchain_core.tools import BaseTool, StructuredTool, ToolException
from pydantic import BaseModel, ConfigDict, Field

from graphmem.errors import GraphmemError
from graphmem.memory import Memory

P = ParamSpec("P")

Text = Annotated[str, Field(min_length=1, max_length=20_000)]


class SaveMemory(BaseModel):
    """What `save_memory` takes."""

    model_config = ConfigDict(extra="forbid")

    text: Text = Field(description="One thing to remember, as a sentence that stands by itself.")
    speaker: str | None = Field(default=None, description="Who said it; the user unless given.")
    said_at: str | None = Field(
        default=None, description="When it was said, ISO 8601; now unless given."
    )


class SearchMemory(BaseModel):
    """What `search_memory` takes."""

    model_config = ConfigDict(extra="forbid")

    query: Text = Field(description="The question, in plain words.")
    k: int = Field(default=5, ge=1, le=50, description="How many memories to return, at most.")
    since: str | None = Field(default=None, description="Only what was said from this day on.")
    until: str | None = Field(default=None, description="Only what was said up to this day.")
    as_of: str | None = Field(default=None, description="What was true on this day, not now.")


class ForgetMemory(BaseModel):
    """What `forget_memory` takes."""

    model_config = ConfigDict(extra="forbid")

    id: Text = Field(description="The id of the memory, as search_memory gives it.")


def memory_tools(memory: Memory) -> list[BaseTool]:
    """Return the three tools over one scope's memory; no argument reaches another scope."""
    return [save_memory_tool(memory), search_memory_tool(memory), forget_memory_tool(memory)]


def save_memory_tool(memory: Memory) -> BaseTool:
    """Return the tool that remembers one thing."""

    def save(text: str, speaker: str | None = None, said_at: str | None = None) -> str:
        speaker = _own_name(memory) if speaker is None else speaker
        receipt = memory.add(text, speaker=speaker, said_at=said_at)
        if receipt.episodes_tombstoned:
            raise ToolException("that was forgotten before, and stays so: say it in other words")
        return f"saved as {receipt.ids[0]}"

    return _tool("save_memory", "Remember one thing for later conversations.", SaveMemory, save)


def _own_name(memory: Memory) -> str:
    """Return the scope's user as the memory writes that speaker: `Ana` where that is ana."""
    user = memory.scope.user
    known = (speaker.name for speaker in memory.speakers())
    return next((name for name in known if name.casefold() == user.casefold()), user)


def search_memory_tool(memory: Memory) -> BaseTool:
    """Return the tool that finds what answers a question; its artifact is the hits."""

    def search(
        query: str,
        k: int = 5,
        since: str | None = None,
        until: str | None = None,
        as_of: str | None = None,
    ) -> tuple[str, list[dict[str, Any]]]:
        hits = memory.search(query, k=k, since=since, until=until, as_of=as_of)
        lines = [f"[{hit.note.id}] {hit.origin}: {hit.told}" for hit in hits]
        return "\n".join(lines) or "nothing is remembered of that", [hit.to_dict() for hit in hits]

    return _tool(
        "search_memory",
        "Look up what earlier conversations said. Each line begins with a memory's id.",
        SearchMemory,
        search,
        has_artifact=True,
    )


def forget_memory_tool(memory: Memory) -> BaseTool:
    """Return the tool that erases one memory for good."""

    def forget(id: str) -> str:
        receipt = memory.delete(id)
        return f"forgotten: {receipt.episodes_deleted} episode(s)"

    return _tool("forget_memory", "Erase one memory for good, by its id.", ForgetMemory, forget)


def _tool(
    name: str,
    description: str,
    arguments: type[BaseModel],
    work: Callable[P, Any],
    *,
    has_artifact: bool = False,
) -> BaseTool:
    """Return a tool whose errors the model is told, so that it may try again."""

    @wraps(work)
    def told(*args: P.args, **kwargs: P.kwargs) -> Any:
        try:
            return work(*args, **kwargs)
        except GraphmemError as error:
            raise ToolException(str(error)) from error

    return StructuredTool.from_function(
        told,
        name=name,
        description=description,
        args_schema=arguments,
        response_format="content_and_artifact" if has_artifact else "content",
        handle_tool_error=True,
        handle_validation_error=True,
    )
