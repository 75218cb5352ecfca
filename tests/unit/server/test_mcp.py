"""MCP at /mcp: the official client through all of ASGI, each token with its own memory."""

import asyncio
import json
from contextlib import asynccontextmanager

import pytest
from mcp import Client
from mcp.client.streamable_http import streamable_http_client
from mcp.shared.exceptions import MCPError

from graphmem.server import whole_app
from graphmem.types import ScopeKey
from tests.server import ORIGIN, client_of, grant, running
from tests.unit.integrations.mcp.test_server import READING, WRITING, chat_of, progress_of

HEAD = {"Accept": "application/json, text/event-stream", "Content-Type": "application/json"}


@pytest.fixture
async def app(memories, access):
    seen = []
    made = whole_app(memories, access, watchers=[seen.append])
    made.seen = seen
    async with running(made):
        yield made


@asynccontextmanager
async def official(app, token, query=""):
    url = f"{ORIGIN}/mcp{query}"
    async with (
        client_of(app, token) as http,
        Client(streamable_http_client(url, http_client=http)) as one,
    ):
        yield one


async def test_each_token_has_the_tools_of_its_right_on_the_memory_of_its_scope(
    app, access
) -> None:
    for scope, may, tools in (
        ("ana", "read", READING),
        ("ben", "write", READING | WRITING),
    ):
        async with official(app, access.let_in(grant(scope, may=may))) as client:
            assert {tool.name for tool in (await client.list_tools()).tools} == tools
            page = await client.call_tool("list_memories", {})
            (note,) = page.structured_content["notes"]
            assert note["text"].startswith(scope.title())
            resource = await client.read_resource(f"memory://note/{note['id']}")
            assert json.loads(resource.contents[0].text) == note


async def test_many_at_once_are_each_told_of_their_own_memory(app, access) -> None:
    async def asked(scope: str) -> None:
        async with official(app, access.let_in(grant(scope))) as client:
            for _ in range(3):
                found = await client.call_tool("search_memories", {"query": "What is kept?"})
                texts = {hit["note"]["text"] for hit in found.structured_content["hits"]}
                assert all(text.startswith(scope.title()) for text in texts)

    await asyncio.gather(*(asked(scope) for scope in ("ana", "ben") * 4))


async def test_a_long_call_tells_its_progress(app, access, memories) -> None:
    async with official(app, access.let_in(grant("ben", may="write"))) as client:
        heard = await progress_of(client, "add_messages", {"messages": chat_of(60)})
        assert heard == [(n, 60, "messages remembered") for n in (25, 50, 60)]
        assert await progress_of(client, "search_memories", {"query": "Who keeps goats?"}) == []
    assert memories.of(ScopeKey("ben")).count(session="chat") == 60


async def test_a_scope_is_named_in_the_url_and_another_is_refused(app, access, memories) -> None:
    token = access.let_in(grant("ana", "ben"))
    async with official(app, token, "?scope=ben") as client:
        page = await client.call_tool("list_memories", {})
    assert [one["text"] for one in page.structured_content["notes"]] == ["Ben keeps goats."]
    call = {"jsonrpc": "2.0", "id": 1, "method": "tools/list"}
    async with client_of(app, access.let_in(grant("ana"))) as one:
        assert (await one.post("/mcp?scope=ben", json=call, headers=HEAD)).status_code == 403
    async with client_of(app, token) as one:
        assert (await one.post("/mcp", json=call, headers=HEAD)).status_code == 400
    (note,) = memories.of(ScopeKey("ben")).list().notes
    async with official(app, access.let_in(grant("ana", may="write"))) as client:
        for tool in ("get_memory", "delete_memory"):
            assert (await client.call_tool(tool, {"id": note.id})).is_error
        with pytest.raises(MCPError):
            await client.read_resource(f"memory://note/{note.id}")


async def test_who_may_only_read_is_refused_what_writes_and_the_audit_names_the_tool(
    app, access
) -> None:
    call = {"jsonrpc": "2.0", "id": 1, "method": "tools/call", "params": {"name": "add_memory",
            "arguments": {"text": "Ana keeps wasps."}}}  # fmt: skip
    async with client_of(app, access.let_in(grant("ana"))) as one:
        assert (await one.post("/mcp", json=call, headers=HEAD)).status_code == 403
    done = app.seen[-1]
    assert (done.verb, done.right, done.status, done.scope) == ("add_memory", "write", 403, "ana")


@pytest.mark.parametrize(
    ("body", "status"),
    [(b"{", 400), (b"[]", 400), (b"null", 400), (b"[" * 90_000, 400), (b"{}", 400)],
)
async def test_what_is_no_message_is_refused(app, access, body, status) -> None:
    async with client_of(app, access.let_in(grant("ana"))) as one:
        assert (await one.post("/mcp", content=body, headers=HEAD)).status_code == status


async def test_a_name_that_is_no_tool_is_never_counted(app, access) -> None:
    call = {"jsonrpc": "2.0", "id": 1, "method": "tools/call", "params": {"name": "gm_pasted"}}
    async with client_of(app, access.let_in(grant("ana"))) as one:
        await one.post("/mcp", json=call, headers=HEAD)
    assert app.seen[-1].verb == "mcp"


async def test_without_a_token_nothing_is_answered(app) -> None:
    call = {"jsonrpc": "2.0", "id": 1, "method": "tools/list"}
    async with client_of(app) as one:
        answer = await one.post("/mcp", json=call, headers=HEAD)
    assert (answer.status_code, "tools" in answer.text) == (401, False)
