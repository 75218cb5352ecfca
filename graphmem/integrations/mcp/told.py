"""A verb of a memory as a tool: run in a thread, its errors told to the client and not raised."""

import asyncio
from collections.abc import Awaitable, Callable
from functools import wraps
from typing import ParamSpec, TypeVar

from mcp.server.mcpserver.exceptions import ToolError

from graphmem.errors import GraphmemError

P = ParamSpec("P")
T = TypeVar("T")


def told(verb: Callable[P, T]) -> Callable[P, Awaitable[T]]:
    """Return the verb for a loop that others use too; what went wrong becomes a tool's error."""

    @wraps(verb)
    async def run(*args: P.args, **kwargs: P.kwargs) -> T:
        try:
            return await asyncio.to_thread(verb, *args, **kwargs)
        except GraphmemError as error:
            raise ToolError(str(error)) from None

    return run
