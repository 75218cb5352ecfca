"""The tools that an agent is given: typed, told of errors, never out of their scope."""

import pytest

pytest.importorskip("langchain_core", reason="needs the extra `langchain`")

from langchain_core.tools import BaseTool

from graphmem.integrations.langchain import memory_tools


@pytest.fixture
def tools(memory) -> dict[str, BaseTool]:
    return {tool.name: tool for tool in memory_tools(memory)}


def test_the_arguments_are_typed_and_described(tools):
    assert set(tools) == {"save_memory", "search_memory", "forget_memory"}
    for tool in tools.values():
        assert tool.description
        assert all(field["description"] for field in tool.args.values())
    assert tools["search_memory"].args["k"]["maximum"] == 50


def test_what_is_saved_is_found_and_what_is_forgotten_is_not(memory, tools):
    saved = tools["save_memory"].invoke({"text": "My bicycle is called Rosinante."})
    assert saved.startswith("saved as e")
    asked = {"query": "What is my bicycle called?", "k": 1}
    found = tools["search_memory"].invoke(asked)
    assert "Ana, Thu 20 June 2024 12:00: My bicycle is called Rosinante." in found
    id_ = found.partition("]")[0].removeprefix("[")
    assert tools["forget_memory"].invoke({"id": id_}) == "forgotten: 1 episode(s)"
    assert "Rosinante" not in tools["search_memory"].invoke(asked)
    assert memory.search("Rosinante") == []


def test_the_hits_are_the_artifact_of_a_search(tools):
    call = {"name": "search_memory", "args": {"query": "choir"}, "id": "1", "type": "tool_call"}
    message = tools["search_memory"].invoke(call)
    assert message.artifact[0]["text"].startswith("In Lisbon I found a choir")


def test_filters_narrow_a_search(tools):
    asked = {"query": "Who was in Lisbon?", "since": "2024-05-10", "until": "2024-05-20"}
    assert tools["search_memory"].invoke(asked).count("\n") == 0
    assert "Tiago" in tools["search_memory"].invoke(asked)


def test_nothing_found_is_said(tools):
    assert tools["search_memory"].invoke({"query": "zeppelin"}) == "nothing is remembered of that"


@pytest.mark.parametrize(
    ("name", "arguments", "told"),
    [
        ("save_memory", {"text": "   "}, "blank"),
        ("save_memory", {"text": "x", "said_at": "soon"}, "soon"),
        ("search_memory", {"query": "x", "since": "soon"}, "since"),
        ("search_memory", {"query": "x", "k": 0}, "validation"),
        ("search_memory", {"query": "x", "scope": "ben"}, "validation"),
        ("forget_memory", {"id": "n" + "0" * 24}, "in this scope"),
    ],
)
def test_a_mistake_is_told_and_ends_no_agent(tools, name, arguments, told):
    assert told in tools[name].invoke(arguments)


def test_what_was_forgotten_stays_so_unless_said_otherwise(tools):
    said = {"text": "The code is 1234.", "said_at": "2024-06-01"}
    id_ = tools["save_memory"].invoke(said).removeprefix("saved as ")
    tools["forget_memory"].invoke({"id": id_})
    assert "stays so" in tools["save_memory"].invoke(said)


def test_another_scopes_memory_cannot_be_forgotten(memory, tools):
    note = memory.of("ben").list().notes[0]
    assert "in this scope" in tools["forget_memory"].invoke({"id": note.id})
    assert memory.of("ben").count() == 1
