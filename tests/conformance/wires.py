"""Raw JSON-RPC to a server of MCP, over both transports, as an official suite sends it."""

import asyncio
import json
import os
import re
import sys
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from itertools import count
from pathlib import Path
from typing import Any

import httpx2

from graphmem.server import Access, Memories, address_of, bound, whole_app
from graphmem.server.run import server_of
from tests.conftest import ROOT
from tests.server import grant

HEAD = {"Accept": "application/json, text/event-stream", "Content-Type": "application/json"}
SECONDS = 60.0
CLIENT = {"name": "scenarios", "version": "1"}


@dataclass
class Answer:
    """What came back of one message; over stdin and stdout there is no status."""

    body: Any
    status: int | None = None
    headers: Mapping[str, str] = field(default_factory=dict)

    @property
    def result(self) -> Any:
        assert "result" in self.body, self.body
        return self.body["result"]

    @property
    def code(self) -> int:
        assert "error" in self.body, self.body
        return int(self.body["error"]["code"])


class Wire:
    """Sends messages; `ask` gives each request an id and holds the answer to it."""

    def __init__(self) -> None:
        self._ids = count(1)

    async def send(self, message: object) -> Answer | None:
        raise NotImplementedError

    async def ask(self, method: str, **params: Any) -> Answer:
        id_ = next(self._ids)
        message = {"jsonrpc": "2.0", "id": id_, "method": method, "params": params}
        answer = await self.send(message)
        assert answer is not None
        assert (answer.body["jsonrpc"], answer.body["id"]) == ("2.0", id_)
        return answer

    async def tell(self, method: str, **params: Any) -> Answer | None:
        return await self.send({"jsonrpc": "2.0", "method": method, "params": params})

    async def begin(self, version: str = "2025-11-25") -> Answer:
        """Shake hands."""
        answer = await self.ask(
            "initialize", protocolVersion=version, capabilities={}, clientInfo=CLIENT
        )
        await self.tell("notifications/initialized")
        return answer


class HttpWire(Wire):
    """Streamable HTTP to `/mcp` of a real server on loopback."""

    def __init__(self, client: httpx2.AsyncClient) -> None:
        super().__init__()
        self._client = client

    async def send(self, message: object) -> Answer | None:
        answer = await self.post(message)
        return None if answer.body is None else answer

    async def post(
        self, message: object = None, *, method: str = "POST", raw: bytes | None = None, **head: str
    ) -> Answer:
        """Send anything, with other headers (`Mcp_Session_Id`), and return whatever came."""
        content = json.dumps(message).encode() if raw is None else raw
        headers = {**HEAD, **{name.replace("_", "-"): value for name, value in head.items()}}
        found = await self._client.request(method, "/mcp", content=content, headers=headers)
        is_stream = found.headers.get("content-type", "").startswith("text/event-stream")
        told = (
            re.findall(r"^data: (.+)$", found.text, re.MULTILINE)[-1] if is_stream else found.text
        )
        body = json.loads(told) if told[:1] == "{" else None
        return Answer(body, found.status_code, found.headers)


class StdioWire(Wire):
    """`graphmem mcp` over its stdin and stdout, a message a line."""

    def __init__(self, process: asyncio.subprocess.Process) -> None:
        super().__init__()
        assert process.stdin is not None
        assert process.stdout is not None
        self._in, self._out = process.stdin, process.stdout

    async def send(self, message: object) -> Answer | None:
        await self.write(json.dumps(message).encode())
        if not isinstance(message, dict) or "id" not in message:
            return None
        while True:  # notifications may come before it
            body = json.loads(await asyncio.wait_for(self._out.readline(), SECONDS))
            if body.get("id") == message["id"]:
                return Answer(body)

    async def write(self, line: bytes) -> None:
        """Send a line that need not be a message."""
        self._in.write(line + b"\n")
        await self._in.drain()


@asynccontextmanager
async def http_wire(file: Path) -> AsyncIterator[HttpWire]:
    """Serve a store on loopback and give a wire of a token that may write."""
    access = Access()
    token = access.let_in(grant("ana", may="write"))
    with Memories.open(file, scope="ana") as memories, bound("127.0.0.1", 0) as listening:
        server = server_of(whole_app(memories, access))
        running = asyncio.ensure_future(server.serve(sockets=[listening]))
        headers = {"Authorization": f"Bearer {token}"}
        url = address_of(listening)
        async with httpx2.AsyncClient(base_url=url, headers=headers, timeout=SECONDS) as client:
            yield HttpWire(client)
        server.should_exit = True
        await running


@asynccontextmanager
async def stdio_wire(file: Path) -> AsyncIterator[StdioWire]:
    """Start `graphmem mcp` and end it by hanging up."""
    process = await asyncio.create_subprocess_exec(
        *(sys.executable, "-m", "graphmem", "mcp", "--store", str(file), "--scope", "ana"),
        stdin=asyncio.subprocess.PIPE,
        stdout=asyncio.subprocess.PIPE,
        limit=10_000_000,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
    )
    try:
        yield StdioWire(process)
    finally:
        assert process.stdin is not None
        process.stdin.close()
        await asyncio.wait_for(process.wait(), SECONDS)
