"""MCP at /mcp: each message is asked of the memory that its token may have, reading or writing."""

from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from typing import Any

import orjson
from starlette.requests import Request
from starlette.responses import JSONResponse
from starlette.routing import Route
from starlette.types import Message, Receive, Send
from starlette.types import Scope as Connection

from graphmem.integrations.mcp.http import PATH, HttpServer
from graphmem.server.app import Part
from graphmem.server.call import call_of

PARSE_ERROR, INVALID_REQUEST = -32700, -32600
"""Of JSON-RPC."""
SAYS = frozenset({"method", "result", "error"})
"""One of these is in each message."""


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
        try:
            message = _message(body)
        except _NoMessageError as error:
            await error.response()(scope, receive, send)
            return
        call, verb = call_of(request), self._verb(message)
        memory = call.memory(verb, "write" if verb in self._all - self._reading else "read")
        may_write = call.grant is not None and call.grant.may == "write"
        server = self._writes if may_write else self._reads
        await server.answer(
            memory, scope, _again(body, receive), send,
            with_progress=_wants_progress(message, request.headers.get("accept", "")),
        )  # fmt: skip

    def _verb(self, message: Mapping[str, Any]) -> str:
        """Return the tool that a message calls, `mcp` for all else."""
        params = message.get("params")
        name = params.get("name") if isinstance(params, dict) else None
        if message.get("method") == "tools/call" and isinstance(name, str) and name in self._all:
            return name
        return "mcp"


def _message(body: bytes) -> Mapping[str, Any]:
    """Return the single message that a body is. Raises _NoMessageError for what is none."""
    try:
        message: Any = orjson.loads(body)
    except orjson.JSONDecodeError:
        raise _NoMessageError(PARSE_ERROR, "the body is no JSON") from None
    if not isinstance(message, dict):
        raise _NoMessageError(INVALID_REQUEST, "one message a request, no list of them: {…}")
    if message.get("jsonrpc") != "2.0" or message.keys().isdisjoint(SAYS):
        cure = 'a message has "jsonrpc": "2.0" and a method, a result or an error'
        raise _NoMessageError(INVALID_REQUEST, cure)
    return message


def _wants_progress(message: Mapping[str, Any], accept: str) -> bool:
    """Tell whether a caller of a tool asked to hear of progress, and reads a stream."""
    params = message.get("params")
    meta = params.get("_meta") if isinstance(params, dict) else None
    is_asked = isinstance(meta, dict) and meta.get("progressToken") is not None
    return is_asked and message.get("method") == "tools/call" and "text/event-stream" in accept


class _NoMessageError(Exception):
    """Raised for a body that is no message of JSON-RPC; the answer is one, with 400."""

    def __init__(self, code: int, message: str) -> None:
        super().__init__(message)
        self._code, self._message = code, message

    def response(self) -> JSONResponse:
        error = {"code": self._code, "message": self._message}
        return JSONResponse({"jsonrpc": "2.0", "id": None, "error": error}, 400)


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
