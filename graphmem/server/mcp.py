"""MCP at /mcp: each message is asked of the memory that its token may have, reading or writing."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

import orjson
from starlette.requests import Request
from starlette.routing import Route
from starlette.types import Message, Receive, Send
from starlette.types import Scope as Connection

from graphmem.integrations.mcp.http import PATH, HttpServer
from graphmem.server.app import Part
from graphmem.server.call import call_of
from graphmem.server.refused import RefusedError


def mcp_part() -> Part:
    """Return the part that is MCP over HTTP."""
    served = _Mcp()
    return Part(routes=[Route(PATH, served, methods=["POST"])], runs=served.runs)


class _Mcp:
    """Two servers: one of all tools, and one without those that write."""

    def __init__(self) -> None:
        self._reads, self._writes = HttpServer(read_only=True), HttpServer(read_only=False)
        self._reading: set[str] = set()
        self._all: set[str] = set()

    @asynccontextmanager
    async def runs(self) -> AsyncIterator[None]:
        """Be ready for requests."""
        self._reading, self._all = await self._reads.tools(), await self._writes.tools()
        async with self._reads.runs(), self._writes.runs():
            yield

    async def __call__(self, scope: Connection, receive: Receive, send: Send) -> None:
        """Answer one message; who may not write has no tool that does, and is refused by name."""
        request = Request(scope, receive)
        body = await request.body()
        verb = self._verb(body)
        call = call_of(request)
        memory = call.memory(verb, "write" if verb in self._all - self._reading else "read")
        may_write = call.grant is not None and call.grant.may == "write"
        server = self._writes if may_write else self._reads
        await server.answer(memory, scope, _again(body, receive), send)

    def _verb(self, body: bytes) -> str:
        """Return the tool or the method that a message asks for; of names that are not ours, none.

        Raises RefusedError for what is no single message.
        """
        try:
            message: Any = orjson.loads(body)
        except orjson.JSONDecodeError:
            raise RefusedError(400, "the body is no JSON", kind="InputError") from None
        if not isinstance(message, dict):
            raise RefusedError(400, "one message a request: {…}", kind="InputError")
        params = message.get("params")
        name = params.get("name") if isinstance(params, dict) else None
        if message.get("method") == "tools/call" and isinstance(name, str) and name in self._all:
            return name
        return "mcp"


def _again(body: bytes, receive: Receive) -> Receive:
    """Return what gives a body that was read already once more."""
    given = False

    async def again() -> Message:
        nonlocal given
        if given:
            return await receive()
        given = True
        return {"type": "http.request", "body": body, "more_body": False}

    return again
