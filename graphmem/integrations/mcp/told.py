"""A verb of a memory as a tool: run in a thread, its errors told to the client and not raised."""

import asyncio
import inspect
from collections.abc import Awaitable, Callable
from functools import wraps
from typing import Any, TypeVar

from mcp.server.mcpserver import Context
from mcp.server.mcpserver.exceptions import ToolError

from graphmem.errors import GraphmemError
from graphmem.integrations.mcp.progress import reporting

T = TypeVar("T")


def told(verb: Callable[..., T]) -> Callable[..., Awaitable[T]]:
    """Return the verb for a loop that others use too; what went wrong becomes a tool's error.

    The tool takes the verb's arguments and the call's context, to which a long one tells progress.
    """

    @wraps(verb)
    async def run(*args: Any, context: Context[Any, Any], **given: Any) -> T:
        return await reporting(in_thread(verb, *args, **given), context)

    own = inspect.signature(verb)
    asked = inspect.Parameter("context", inspect.Parameter.KEYWORD_ONLY, annotation=Context)
    run.__annotations__ = {**verb.__annotations__, "context": Context}
    run.__signature__ = own.replace(parameters=[*own.parameters.values(), asked])  # type: ignore[attr-defined]
    return run


async def in_thread(verb: Callable[..., T], *args: Any, **given: Any) -> T:
    """Call a verb in a thread. Raises ToolError, with what our own error says."""
    try:
        return await asyncio.to_thread(verb, *args, **given)
    except GraphmemError as error:
        raise ToolError(str(error)) from None
