"""A LangGraph agent with a memory in a file, in two conversations; no key, no network.

The model follows a script where yours would think. Everything else is real: run it twice, and the
second run begins with what the first one remembered.
"""

import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

from langchain.agents import create_agent
from langchain.agents.middleware.types import InputAgentState
from langchain_core.language_models import LanguageModelInput
from langchain_core.language_models.fake_chat_models import GenericFakeChatModel
from langchain_core.messages import AIMessage, HumanMessage, ToolMessage
from langchain_core.runnables import Runnable, RunnableConfig
from langchain_core.tools import BaseTool
from langmem import create_manage_memory_tool, create_search_memory_tool

from graphmem import Memory, Scope
from graphmem.integrations.langgraph import GraphmemStore, label_of

USER = "ana@example.org"
NAMESPACE = ("{langgraph_user_id}", "memories")


class ScriptedModel(GenericFakeChatModel):
    """Says its messages one by one, whatever it is asked."""

    def bind_tools(
        self,
        tools: Sequence[dict[str, Any] | type | Callable[..., Any] | BaseTool],
        **_: object,
    ) -> Runnable[LanguageModelInput, AIMessage]:
        return self


def calling(name: str, **arguments: object) -> AIMessage:
    return AIMessage("", tool_calls=[{"name": name, "args": arguments, "id": name}])


def talk(store: GraphmemStore, said: str, *script: AIMessage) -> None:
    """Hold one conversation and print what the tools and the model answered."""
    agent = create_agent(
        ScriptedModel(messages=iter(script)),
        tools=[create_manage_memory_tool(NAMESPACE), create_search_memory_tool(NAMESPACE)],
        store=store,
    )
    config: RunnableConfig = {"configurable": {"langgraph_user_id": label_of(USER)}}
    asked: InputAgentState = {"messages": [HumanMessage(said)]}
    print(f"user: {said}")
    for message in agent.invoke(asked, config=config)["messages"]:
        if isinstance(message, ToolMessage):
            print(f"  {message.name} called")
        elif isinstance(message, AIMessage) and message.content:
            print(f"agent: {message.content}")


def main(file: Path) -> None:
    with Memory.open(file, scope="agent") as memory:
        store = GraphmemStore(memory)
        talk(
            store,
            "I have moved to Lisbon, and I like fado.",
            calling("manage_memory", content="Ana lives in Lisbon.", action="create"),
            calling("manage_memory", content="Ana likes fado.", action="create"),
            AIMessage("Noted."),
        )
    with Memory.open(file, scope="agent") as memory:
        store = GraphmemStore(memory)
        talk(
            store,
            "Where might I go tonight?",
            calling("search_memory", query="Where does Ana live, and what does she like?"),
            AIMessage("To a fado house in Lisbon."),
        )
        # The same memory, without LangGraph: its scope is the user's.
        (hit,) = memory.of(Scope(USER, "memories")).search("What does Ana like?", k=1)
        print(f"kept: {hit.note.text}")


if __name__ == "__main__":
    main(Path(sys.argv[1] if len(sys.argv) > 1 else "agent.db"))
