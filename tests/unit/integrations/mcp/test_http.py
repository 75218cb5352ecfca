"""MCP over HTTP as an application: whose memory it is, whoever calls it says at each request."""

import pytest

pytest.importorskip("mcp", reason="needs the extra `mcp`")

import httpx2
from mcp import Client
from mcp.client.streamable_http import streamable_http_client

from graphmem import Memory
from graphmem.integrations.mcp.http import HttpServer
from tests.unit.integrations.mcp.test_server import READING, WRITING, called


@pytest.mark.parametrize("with_progress", [False, True])
async def test_each_request_is_answered_from_the_memory_that_it_is_given(with_progress) -> None:
    server = HttpServer(read_only=True)
    with Memory.open("ram:", scope="ana") as ana:
        ana.add("Ana keeps bees.")
        ana.of("ben").add("Ben keeps goats.")
        whose = {b"/mcp/ana": ana, b"/mcp/ben": ana.of("ben")}

        async def app(scope, receive, send):
            memory = whose[scope["raw_path"]]
            await server.answer(memory, scope, receive, send, with_progress=with_progress)

        async def told(path: str) -> list[str]:
            transport = httpx2.ASGITransport(app=app)
            async with (
                httpx2.AsyncClient(transport=transport) as http,
                Client(streamable_http_client(f"http://x{path}", http_client=http)) as client,
            ):
                page = await called(client, "list_memories")
            return [note["text"] for note in page["notes"]]

        async with server.runs():
            assert await told("/mcp/ana") == ["Ana keeps bees."]
            assert await told("/mcp/ben") == ["Ben keeps goats."]


async def test_read_only_it_has_no_tool_that_writes() -> None:
    assert await HttpServer(read_only=True).tools() == READING
    assert await HttpServer(read_only=False).tools() == READING | WRITING
