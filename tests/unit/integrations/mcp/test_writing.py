"""What is written through a tool is the memory's; all of them together: see test_server."""

import pytest

pytest.importorskip("mcp", reason="needs the extra `mcp`")

from mcp import Client

from graphmem.integrations.mcp import server_of


async def test_what_a_tool_adds_is_found_by_the_memory_with_its_time_and_session(memory):
    asked = {"text": "The choir sang.", "said_at": "2024-06-02", "session": "choir"}
    async with Client(server_of(memory)) as client:
        added = (await client.call_tool("add_memory", asked)).structured_content
    (episode,) = memory.get(*added["ids"])
    assert (episode.text, f"{episode.said_at:%Y-%m-%d}") == ("The choir sang.", "2024-06-02")


async def test_the_same_again_is_known_and_what_was_erased_stays_so(memory):
    asked = {"text": "The code is 1234.", "said_at": "2024-06-01", "session": "codes"}
    async with Client(server_of(memory)) as client:
        (id_,) = (await client.call_tool("add_memory", asked)).structured_content["ids"]
        await client.call_tool("delete_memory", {"id": id_})
        again = (await client.call_tool("add_memory", asked)).structured_content
    assert (again["added"], again["ids"]) == (0, [])
    assert again["problems"] != []
    assert memory.count(session="codes") == 0
