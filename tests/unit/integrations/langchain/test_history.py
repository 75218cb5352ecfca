"""A session's messages: what is read back is what was added."""

from concurrent.futures import ThreadPoolExecutor

import pytest

pytest.importorskip("langchain_core", reason="needs the extra `langchain`")

from langchain_core.messages import AIMessage, HumanMessage, SystemMessage, ToolMessage

from graphmem import InputError, Memory
from graphmem.integrations.langchain import GraphmemChatMessageHistory

CALL = {"name": "look_up", "args": {"city": "Porto"}, "id": "call-1"}
TALK = [
    SystemMessage("Answer in one sentence."),
    HumanMessage("Which hotel in Porto is quiet?", id="h-1"),
    AIMessage("", tool_calls=[CALL]),
    ToolMessage("Casa Azul, Rua das Flores", tool_call_id="call-1"),
    AIMessage("The Casa Azul is quiet.", additional_kwargs={"seen": [1, 2.5, None]}),
    HumanMessage([{"type": "text", "text": "Thank you!"}, {"type": "text", "text": "\0 😀"}]),
]


@pytest.fixture
def history(memory):
    return GraphmemChatMessageHistory(memory, "hotel talk")


def test_messages_come_back_whole_and_in_order(history):
    history.add_messages(TALK)
    assert [*map(vars, history.messages)] == [*map(vars, TALK)]


def test_equal_messages_at_one_moment_are_all_kept(history):
    for _ in range(3):
        history.add_messages([HumanMessage("yes"), AIMessage("yes"), HumanMessage("yes")])
    assert [message.type for message in history.messages] == ["human", "ai", "human"] * 3


def test_more_than_a_page_is_read_back(history, monkeypatch):
    monkeypatch.setattr("graphmem.integrations.langchain.history.PAGE", 4)
    said = [HumanMessage(f"line {number}") for number in range(11)]
    history.add_messages(said)
    assert [message.content for message in history.messages] == [m.content for m in said]


def test_what_was_said_is_found_by_search_and_kept_from_other_scopes(memory, history):
    history.add_messages(TALK)
    hits = memory.search("Which hotel is quiet?", k=2, session="hotel talk", speaker="assistant")
    assert "The Casa Azul is quiet." in [hit.note.text for hit in hits]
    assert GraphmemChatMessageHistory(memory.of("ben"), "hotel talk").messages == []


def test_clear_erases_the_session_alone_and_twice_is_once(memory, history):
    history.add_messages(TALK)
    before = memory.count() - len(TALK)
    history.clear()
    history.clear()
    assert history.messages == []
    assert memory.count() == before
    history.add_messages(TALK[:2])
    assert len(history.messages) == 2


def test_a_turn_that_no_message_brought_is_its_speakers(memory, history):
    memory.add("Hello.", speaker="user", session="hotel talk")
    memory.add("Good evening.", speaker="assistant", session="hotel talk")
    assert [(m.type, m.content) for m in history.messages] == [
        ("human", "Hello."),
        ("ai", "Good evening."),
    ]


def test_a_message_that_json_cannot_hold_is_refused_and_nothing_is_kept(history):
    odd = HumanMessage("hi", additional_kwargs={"file": object()})
    with pytest.raises(InputError, match="JSON"):
        history.add_messages([HumanMessage("fine"), odd])
    assert history.messages == []


def test_threads_of_a_pool_may_use_one_history_of_a_file(tmp_path):
    with Memory.open(tmp_path / "chat.db", scope="ana") as memory:
        history = GraphmemChatMessageHistory(memory, "many")
        said = [[HumanMessage(f"message {number}")] for number in range(20)]
        with ThreadPoolExecutor(8) as pool:
            list(pool.map(history.add_messages, said))
        found = sorted(message.content for message in history.messages)
        assert found == sorted(m.content for (m,) in said)


async def test_a_loop_may_use_it(history):
    await history.aadd_messages(TALK[:2])
    assert [m.type for m in await history.aget_messages()] == ["system", "human"]
    await history.aclear()
    assert await history.aget_messages() == []
