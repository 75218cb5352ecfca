"""The whole server: in process, and `graphmem mcp` over stdin and stdout; the official client."""

import json
import os
import subprocess
import sys

import pytest

pytest.importorskip("mcp", reason="needs the extra `mcp`")

from mcp import Client, StdioServerParameters
from mcp.shared.exceptions import MCPError

from graphmem import Memory
from graphmem.integrations.mcp import server_of
from tests.conftest import ROOT

READING = {
    *("search_memories", "memory_context", "get_memory", "list_memories", "memory_history"),
    "graph_query",
}
WRITING = {
    *("add_memory", "add_messages", "mark_useful", "update_memory", "delete_memory"),
    "undo_change",
}


@pytest.fixture
def file(tmp_path):
    path = tmp_path / "memory.db"
    with Memory.open(path, scope="ana") as memory:
        memory.add("Ana keeps bees behind the chapel.", speaker="Ana", said_at="2024-05-02")
        memory.of("ben").add("On the hill our friend Ben keeps goats.", speaker="Ben")
    return path


def stdio(file, *options):
    return StdioServerParameters(
        command=sys.executable,
        args=["-m", "graphmem", "mcp", "--store", str(file), "--scope", "ana", *options],
        env={**os.environ, "PYTHONPATH": str(ROOT)},
    )


async def called(client, name, **arguments):
    result = await client.call_tool(name, arguments)
    assert not result.is_error, result.content
    return result.structured_content


async def refused(client, name, **arguments):
    result = await client.call_tool(name, arguments)
    assert result.is_error, result.structured_content
    return result.content[0].text


async def every_tool_once(client):
    """Call each tool, and return the names that were called."""
    added = await called(client, "add_memory", text="Ana drinks tea.", speaker="Ana")
    assert (added["added"], added["known"]) == (1, 0)
    found = await called(client, "search_memories", query="What does Ana drink?", k=1)
    note = found["hits"][0]["note"]
    assert (note["text"], found["hits"][0]["why"] != []) == ("Ana drinks tea.", True)
    assert await called(client, "get_memory", id=note["id"]) == note
    context = await called(client, "memory_context", query="Who keeps bees?", budget=100)
    assert "Ana keeps bees" in context["text"]
    page = await called(client, "list_memories", limit=1, order="oldest")
    assert [one["text"] for one in page["notes"]] == ["Ana keeps bees behind the chapel."]
    rest = await called(client, "list_memories", limit=1, order="oldest", after=page["after"])
    assert [one["text"] for one in rest["notes"]] == ["Ana drinks tea."]
    chat = [
        {
            "role": "Ana",
            "content": "My hens sleep in the boat.",
            "said_at": "2024-05-03",
            "id": "m1",
        },
        {"role": "Ola", "content": "Sell them then!", "id": "m2"},
    ]
    added = await called(client, "add_messages", messages=chat, session="hens")
    assert (added["added"], len(added["ids"]), added["problems"]) == (2, 2, [])
    assert (await called(client, "add_messages", messages=chat, session="hens"))["known"] == 2
    asked = {"question": "Where do the hens sleep?", "ids": added["ids"][:1]}
    kept = await called(client, "mark_useful", **asked)
    assert [one["after"] for one in kept["changes"]] == ["('Where do the hens sleep?',)"]
    assert len((await called(client, "mark_useful", **asked, off=True))["changes"]) == 1
    edit = await called(client, "update_memory", id=note["id"], text="Ana drinks coffee.")
    assert [one["text"] for one in edit["added"]] == ["Ana drinks coffee."]
    history = await called(client, "memory_history", id=note["id"])
    assert {change["run_id"] for change in history["changes"]} == {edit["run_id"]}
    undone = await called(client, "undo_change", id=edit["run_id"])
    assert [one["text"] for one in undone["erased"]] == ["Ana drinks coffee."]
    around = await called(client, "graph_query", ask="around", id=note["id"])
    assert note["id"] in {node["id"] for node in around["nodes"]}
    resource = await client.read_resource(f"memory://note/{note['id']}")
    assert json.loads(resource.contents[0].text) == note
    tried = await called(client, "delete_memory", id=note["id"], dry_run=True)
    assert tried == {"erased": 1, "is_dry_run": True}
    assert (await called(client, "delete_memory", id=note["id"]))["erased"] == 1
    assert "no note" in await refused(client, "get_memory", id=note["id"])
    return READING | WRITING


async def test_every_tool_works_over_stdin_and_stdout(file):
    async with Client(stdio(file)) as client:
        assert {tool.name for tool in (await client.list_tools()).tools} == READING | WRITING
        assert await every_tool_once(client) == READING | WRITING


async def progress_of(client, name, arguments):
    """Call a tool, and return what was told of its progress."""
    heard = []

    async def hear(progress, total, message):
        heard.append((progress, total, message))

    result = await client.call_tool(name, arguments, progress_callback=hear)
    assert not result.is_error, result.content
    return heard


def chat_of(n):
    """Return a long chat, as `add_messages` takes it."""
    return [{"role": "Ana", "content": f"Hen {i} laid an egg.", "id": f"h{i}"} for i in range(n)]


async def test_a_long_call_tells_its_progress_over_stdin_and_stdout(file):
    async with Client(stdio(file)) as client:
        heard = await progress_of(client, "add_messages", {"messages": chat_of(60)})
    assert heard == [(n, 60, "messages remembered") for n in (25, 50, 60)]


async def test_every_tool_works_in_process(file):
    with Memory.open(file, scope="ana") as memory:
        async with Client(server_of(memory)) as client:
            await every_tool_once(client)


async def test_read_only_has_no_tool_that_writes(file):
    async with Client(stdio(file, "--read-only")) as client:
        assert {tool.name for tool in (await client.list_tools()).tools} == READING
        assert (await called(client, "search_memories", query="bees"))["hits"]
        for name in WRITING:
            assert "nknown tool" in await refused(client, name, id="x", text="y")


async def test_the_tools_say_what_they_do_and_answer_by_a_schema(file):
    with Memory.open(file, scope="ana") as memory:
        async with Client(server_of(memory)) as client:
            tools = (await client.list_tools()).tools
    for tool in tools:
        assert tool.description
        assert tool.output_schema
        assert tool.annotations.read_only_hint == (tool.name in READING)
        assert tool.annotations.open_world_hint is False
        assert "scope" not in tool.input_schema["properties"]
    destroying = {tool.name for tool in tools if tool.annotations.destructive_hint}
    assert destroying == {"delete_memory", "undo_change"}


@pytest.mark.parametrize(
    ("name", "arguments", "told"),
    [
        ("search_memories", {}, "query"),
        ("search_memories", {"query": ""}, "query"),
        ("search_memories", {"query": "x", "k": 999}, "k"),
        ("search_memories", {"query": "x", "as_of": "someday"}, "someday"),
        ("add_memory", {"text": "   "}, "blank"),
        ("delete_memory", {"id": "n" + "0" * 24}, "in this scope"),
        ("undo_change", {"id": "c" + "0" * 24}, ""),
        ("list_memories", {"order": "best"}, "order"),
        ("graph_query", {"ask": "around"}, "needs the id"),
        ("graph_query", {"ask": "MATCH (n) DETACH DELETE n"}, "around"),
        ("drop_everything", {}, "drop_everything"),
    ],
)
async def test_a_wrong_argument_is_an_error_of_the_tool(file, name, arguments, told):
    with Memory.open(file, scope="ana") as memory:
        async with Client(server_of(memory)) as client:
            assert told in await refused(client, name, **arguments)
            assert (await called(client, "search_memories", query="bees"))["hits"]


async def test_nothing_of_another_scope_is_told_changed_or_erased(file):
    with Memory.open(file, scope="ana") as memory:
        other = memory.of("ben")
        (note,) = other.list().notes
        (named,) = [one for one in other.entities() if one.name == "Ben"]
        async with Client(server_of(memory)) as client:
            for name in ("get_memory", "memory_history", "delete_memory", "undo_change"):
                await refused(client, name, id=note.id)
            await refused(client, "update_memory", id=note.id, text="Ben keeps sheep.")
            for id_ in (note.id, note.origins[0], named.id):
                await refused(client, "graph_query", ask="around", id=id_)
            for uri in (f"memory://note/{note.id}", "memory://note/..%2Fben"):
                with pytest.raises(MCPError):
                    await client.read_resource(uri)
            asked = "Who keeps goats on the hill?"
            told = [
                await called(client, "search_memories", query=asked, k=50),
                await called(client, "memory_context", query=asked),
                await called(client, "list_memories"),
                await called(client, "graph_query", ask="entities"),
                await called(client, "graph_query", ask="facts"),
            ]
        assert not any(word in json.dumps(told) for word in ("Ben", "goats"))
        assert other.list().notes == (note,)


async def test_a_store_that_is_not_there_ends_the_command_with_one_line(tmp_path):
    ran = subprocess.run(
        [sys.executable, "-m", "graphmem", "mcp", "--read-only", "--scope", "ana"],
        cwd=tmp_path,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        capture_output=True,
        text=True,
        check=False,
        stdin=subprocess.DEVNULL,
    )
    assert ran.returncode == 1
    assert ran.stdout == ""
    assert ran.stderr.count("\n") == 1
