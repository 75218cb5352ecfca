"""The guard before every route: who asks, from where, how much, how long. Plain ASGI."""

import asyncio
import time
from collections.abc import Collection, Sequence
from dataclasses import dataclass

from starlette.datastructures import Headers, MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Send
from starlette.types import Scope as Connection

from graphmem.errors import GraphmemError
from graphmem.server.access import Access
from graphmem.server.call import Call, begin
from graphmem.server.done import Done, Watcher
from graphmem.server.hosts import Hosts
from graphmem.server.memories import Memories
from graphmem.server.rates import UNKNOWN, Rates
from graphmem.server.refused import RefusedError

OPEN: Collection[str] = ("/healthz", "/enter")
"""Paths that need no token: they tell nothing of a memory."""
READING = ("GET", "HEAD", "OPTIONS")
HEADERS = {
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "no-referrer",
    "Cache-Control": "no-store",
}
"""Of every answer that does not say otherwise."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """What a caller may take."""

    body: int = 1_000_000
    """Bytes of a body."""
    seconds: float = 60.0
    """From a request's head to the last of its answer, a slow client's time included."""
    per_minute: int = 6_000
    """Requests of a token; of all together who have none."""


class Guard:
    """Lets a request through to the app, or says why not, and tells the watchers when it is over.

    A name by which somebody asks is one of a token, so what is counted by it stays small.
    """

    def __init__(
        self,
        app: ASGIApp,
        *,
        memories: Memories,
        access: Access,
        hosts: Hosts,
        limits: Limits,
        watchers: Sequence[Watcher] = (),
    ) -> None:
        self._app, self._memories, self._access = app, memories, access
        self._hosts, self._limits, self._watchers = hosts, limits, watchers
        self._rates = Rates(limits.per_minute)

    async def __call__(self, scope: Connection, receive: Receive, send: Send) -> None:
        """Answer one connection."""
        if scope["type"] == "websocket":
            await send({"type": "websocket.close", "code": 1008})
        elif scope["type"] == "http":
            await self._answer(scope, receive, send)
        else:
            await self._app(scope, receive, send)

    async def _answer(self, scope: Connection, receive: Receive, send: Send) -> None:
        started = time.perf_counter()
        call, answer = begin(scope, self._memories), _Answer(send)
        try:
            self._admit(scope, call)
            bounded = _Body(receive, self._limits.body).receive
            async with asyncio.timeout(self._limits.seconds):
                await self._app(scope, bounded, answer.send)
        except TimeoutError:
            late = f"no answer in {self._limits.seconds:g} s; ask for less, or ask again"
            await answer.refuse(scope, RefusedError(504, late, kind="TooLong"))
        except RefusedError as error:
            await answer.refuse(scope, error)
        finally:
            done = Done.of(call, answer.status, time.perf_counter() - started)
            for watcher in self._watchers:
                watcher(done)

    def _admit(self, scope: Connection, call: Call) -> None:
        """Raise RefusedError for a request that may not come in."""
        headers = Headers(scope=scope)
        reads = scope["method"] in READING
        self._hosts.check(headers, by_cookie=False, reads=reads)
        if scope["path"] in OPEN:
            self._rates.take(UNKNOWN)
        else:
            self._recognise(headers, call)
            self._hosts.check(headers, by_cookie=call.by_cookie, reads=reads)
        length = headers.get("content-length", "0")
        if not length.isdecimal() or int(length) > self._limits.body:
            raise too_large(self._limits.body)

    def _recognise(self, headers: Headers, call: Call) -> None:
        """Find out who is asking. Raises RefusedError for nobody known, or once too often."""
        try:
            call.grant, call.by_cookie = self._access.caller(headers)
        except GraphmemError as error:  # the file of tokens cannot be read: nobody comes in
            raise RefusedError(503, str(error), kind=type(error).__name__) from None
        except RefusedError:
            self._rates.take(UNKNOWN)
            raise
        self._rates.take(call.grant.name)


def too_large(most: int) -> RefusedError:
    """Return the refusal of a body that is too large."""
    return RefusedError(413, f"a body has at most {most} bytes; send less at once", kind="TooLarge")


class _Body:
    """A body that is cut off where it has more bytes than allowed."""

    def __init__(self, receive: Receive, most: int) -> None:
        self._receive, self._most, self._read = receive, most, 0

    async def receive(self) -> Message:
        message = await self._receive()
        self._read += len(message.get("body", b""))
        if self._read > self._most:
            raise too_large(self._most)
        return message


class _Answer:
    """An answer on its way, and its status, 0 until it has begun."""

    def __init__(self, send: Send) -> None:
        self._send = send
        self.status = 0

    async def send(self, message: Message) -> None:
        if message["type"] == "http.response.start":
            self.status = message["status"]
            headers = MutableHeaders(scope=message)
            for name, value in HEADERS.items():
                headers.setdefault(name, value)
        await self._send(message)

    async def refuse(self, scope: Connection, error: RefusedError) -> None:
        """Say why not, unless something has been said already: then the connection is cut."""
        if self.status:
            raise error
        await error.response()(scope, _nothing, self.send)


async def _nothing() -> Message:
    return {"type": "http.disconnect"}
