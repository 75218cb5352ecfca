"""LangMem's tools and an agent of LangChain's on the store, with a model that follows a script."""

import pytest

pytest.importorskip("langgraph", reason="needs the extra `langgraph`")
pytest.importorskip("langmem", reason="needs the extra `dev-langchain`")
pytest.importorskip("langchain", reason="needs the extra `dev-langchain`")

from langchain.agents import create_agent
from langchain_core.language_models.fake_chat_models import GenericFakeChatModel
from langchain_core.messages import AIMessage, ToolMessage
from langmem import create_manage_memory_tool, create_search_memory_tool

from graphmem.integrations.langgraph import label_of

TEMPLATE = ("memories", "{langgraph_user_id}")


class Scripted(GenericFakeChatModel):
    """Says what it is told to, with tools or without."""

    def bind_tools(self, tools, **_):
        return self


def says(*calls, last="done"):
    messages = [
        AIMessage("", tool_calls=[{"name": name, "args": args, "id": f"call-{number}"}])
        for number, (name, args) in enumerate(calls)
    ]
    return Scripted(messages=iter([*messages, AIMessage(last)]))


def configured(user):
    return {"configurable": {"langgraph_user_id": user}}


def test_langmems_tools_create_update_find_and_delete(store):
    namespace = ("memories", "ana")
    manage = create_manage_memory_tool(namespace=namespace, store=store)
    search = create_search_memory_tool(namespace=namespace, store=store)
    made = manage.invoke({"content": "Ana lives in Lisbon", "action": "create"})
    key = made.split()[-1]
    assert "Lisbon" in search.invoke({"query": "Where does Ana live?", "limit": 3})
    manage.invoke({"content": "Ana lives in Porto", "action": "update", "id": key})
    found = search.invoke({"query": "Where does Ana live?", "limit": 3})
    assert "Porto" in found
    assert "Lisbon" not in found
    manage.invoke({"action": "delete", "id": key})
    assert store.search(namespace) == []


@pytest.mark.parametrize("user", ["ana", "ana@example.org"])
def test_an_agent_remembers_and_looks_up_for_its_user_alone(store, user):
    tools = [
        create_manage_memory_tool(namespace=TEMPLATE),
        create_search_memory_tool(namespace=TEMPLATE),
    ]
    model = says(
        ("manage_memory", {"content": "Ana likes tea", "action": "create"}),
        ("search_memory", {"query": "What does Ana like?"}),
        last="You like tea.",
    )
    store.put(("memories", "ben"), "k", {"content": "Ben likes coffee"})
    agent = create_agent(model, tools=tools, store=store)
    asked = {"messages": [("user", "Remember that I like tea. What do I like?")]}
    said = agent.invoke(asked, config=configured(label_of(user)))["messages"]
    told = [message.content for message in said if isinstance(message, ToolMessage)]
    assert "Ana likes tea" in told[1]
    assert "coffee" not in told[1]
    assert said[-1].content == "You like tea."
    (kept,) = store.search(("memories", label_of(user)))
    assert kept.value == {"content": "Ana likes tea"}


async def test_the_same_agent_from_a_loop(store):
    model = says(("manage_memory", {"content": "Ana likes figs", "action": "create"}))
    agent = create_agent(model, tools=[create_manage_memory_tool(namespace=TEMPLATE)], store=store)
    await agent.ainvoke({"messages": [("user", "I like figs")]}, config=configured("ana"))
    assert (await store.asearch(("memories", "ana"), query="figs"))[0].value == {
        "content": "Ana likes figs"
    }
