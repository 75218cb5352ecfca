"""MCP over HTTP as an ASGI application: one message a request, no session, whoever guards it."""

from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from contextvars import ContextVar
from typing import Any

from mcp.server import MCPServer
from mcp.server.transport_security import TransportSecuritySettings

from graphmem.integrations.mcp.server import server_asking
from graphmem.memory import Memory

PATH = "/mcp"
_memory: ContextVar[Memory] = ContextVar("memory")
"""Of the request that is being answered: tools run in its context, or in a copy of it."""


class HttpServer:
    """The tools of a memory for one request after another, each of its own memory.

    Nothing is kept from one request to the next, so no session can be taken over. Who may ask, and
    by which Host and Origin, is whoever's it is that calls it to say.
    """

    def __init__(self, *, read_only: bool) -> None:
        self._server = server_asking(_memory.get, read_only=read_only)
        self._plain = _app(self._server, is_stream=False)
        self._stream = _app(server_asking(_memory.get, read_only=read_only), is_stream=True)

    @asynccontextmanager
    async def runs(self) -> AsyncIterator[None]:
        """Be ready for requests."""
        async with (
            self._plain.router.lifespan_context(self._plain),
            self._stream.router.lifespan_context(self._stream),
        ):
            yield

    async def tools(self) -> set[str]:
        """Return the names of the tools."""
        return {tool.name for tool in await self._server.list_tools()}

    async def answer(
        self,
        memory: Memory,
        scope: Mapping[str, Any],
        receive: Any,
        send: Any,
        *,
        with_progress: bool,
    ) -> None:
        """Answer one request of ASGI from a memory; with its progress before, as a stream."""
        token = _memory.set(memory)
        app = self._stream if with_progress else self._plain
        try:
            await app({**scope, "path": PATH, "raw_path": PATH.encode()}, receive, send)
        finally:
            _memory.reset(token)


def _app(server: MCPServer[Any], *, is_stream: bool) -> Any:
    return server.streamable_http_app(
        streamable_http_path=PATH,
        json_response=not is_stream,
        stateless_http=True,
        transport_security=TransportSecuritySettings(enable_dns_rebinding_protection=False),
    )
