"""Progress of a long call, to a client that asked for it: each second that it goes on."""

import asyncio
from collections.abc import Awaitable
from typing import Any, TypeVar

from mcp.server.mcpserver import Context

T = TypeVar("T")

EVERY = 1.0
"""Seconds between two words of progress."""


async def reporting(work: Awaitable[T], context: Context[Any, Any]) -> T:
    """Return what the work returns; meanwhile tell for how many seconds it has gone on."""
    working, seconds = asyncio.ensure_future(work), 0.0
    try:
        while not (await asyncio.wait([working], timeout=EVERY))[0]:
            seconds += EVERY
            await context.report_progress(seconds, message=f"working for {seconds:.0f} s")
    except asyncio.CancelledError:
        working.cancel()
        raise
    return working.result()
