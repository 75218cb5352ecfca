"""What the reading tools refuse and narrow; all of them together are tested with the server."""

import pytest

pytest.importorskip("mcp", reason="needs the extra `mcp`")

from mcp import Client

from graphmem.integrations.mcp import server_of


async def answered(memory, name, **arguments):
    async with Client(server_of(memory)) as client:
        return (await client.call_tool(name, arguments)).structured_content


@pytest.mark.parametrize(
    ("filters", "speakers"),
    [
        ({"speaker": "Tiago"}, {"Tiago"}),
        ({"session": "choir"}, {"Ana"}),
        ({"since": "2024-05-10", "until": "2024-05-31"}, {"Tiago"}),
    ],
)
async def test_filters_narrow_a_search_and_a_list(memory, filters, speakers):
    asked = {"query": "Who was in Lisbon?", **filters}
    found = await answered(memory, "search_memories", **asked)
    assert {hit["note"]["speaker"] for hit in found["hits"]} == speakers
    page = await answered(memory, "list_memories", **filters)
    assert {note["speaker"] for note in page["notes"]} == speakers


async def test_what_was_true_then_is_asked_with_as_of(memory):
    asked = {"query": "Who was in Lisbon?", "as_of": "2024-05-03"}
    found = await answered(memory, "search_memories", **asked)
    assert len(found["hits"]) == 1


async def test_facts_are_found_by_their_parts(memory):
    fact = memory.facts()[0]
    asked = {"ask": "facts", "subject": fact.subject}
    found = await answered(memory, "graph_query", **asked)
    assert fact.id in {one["id"] for one in found["facts"]}
