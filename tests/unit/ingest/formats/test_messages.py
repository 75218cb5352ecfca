"""Message lists of OpenAI and LangChain."""

import json
from datetime import UTC, datetime
from pathlib import Path

import pytest

from tests.unit.ingest.read_file import read, write_json, write_lines

OPENAI = [
    {"role": "system", "content": "Be kind."},
    {
        "role": "user",
        "name": "Ana",
        "content": [{"type": "text", "text": "Hi"}, {"type": "image_url"}],
    },
    {"role": "assistant", "content": "Hello"},
]
LANGCHAIN = {
    "data": [
        {"type": "human", "data": {"content": "Hi", "additional_kwargs": {}, "id": "m1"}},
        {"type": "ai", "data": {"content": "Hello"}},
    ],
    "plain": [{"type": "human", "content": "Hi"}, {"type": "ai", "content": "Hello"}],
    "serialised": [
        {
            "lc": 1, "type": "constructor", "id": ["langchain", "schema", "messages", name],
            "kwargs": {"content": text},
        }
        for name, text in (("HumanMessage", "Hi"), ("AIMessageChunk", "Hello"))
    ],
}  # fmt: skip


def test_openai_messages_keep_names_and_the_text_among_their_parts(tmp_path: Path) -> None:
    turns, problems = read(write_json(tmp_path / "a.json", OPENAI))
    assert problems == []
    assert [(turn.speaker, turn.text) for turn in turns] == [
        ("system", "Be kind."), ("Ana", "Hi"), ("assistant", "Hello"),
    ]  # fmt: skip
    assert {turn.session for turn in turns} == {"a.json"}


@pytest.mark.parametrize("kind", LANGCHAIN)
def test_langchain_dumps_speak_as_user_and_assistant(tmp_path: Path, kind: str) -> None:
    turns, problems = read(write_json(tmp_path / "a.json", LANGCHAIN[kind]))
    assert problems == []
    assert [(turn.speaker, turn.text) for turn in turns] == [("user", "Hi"), ("assistant", "Hello")]


@pytest.mark.parametrize("indent", [None, 2])
def test_a_list_under_messages_takes_the_objects_id(tmp_path: Path, indent: int | None) -> None:
    path = tmp_path / "a.json"
    path.write_text(json.dumps({"messages": OPENAI, "id": "run-7"}, indent=indent), "utf-8")
    turns, problems = read(path)
    assert problems == []
    assert {turn.session for turn in turns} == {"run-7"}
    assert len(turns) == 3


@pytest.mark.parametrize("indent", [None, 2])
def test_a_list_without_an_id_is_named_as_the_file(tmp_path: Path, indent: int | None) -> None:
    path = tmp_path / "a.json"
    path.write_text(json.dumps({"messages": OPENAI}, indent=indent), "utf-8")
    turns, _ = read(path)
    assert {turn.session for turn in turns} == {"a.json"}


def test_lines_of_lists_are_sessions_each(tmp_path: Path) -> None:
    path = write_lines(tmp_path / "a.jsonl", [{"messages": OPENAI}, {"messages": OPENAI}])
    turns, problems = read(path)
    assert problems == []
    assert [turn.session for turn in turns] == ["a.jsonl"] * 3 + ["a.jsonl#2"] * 3


def test_a_call_of_a_tool_without_text_is_a_counted_skip(tmp_path: Path) -> None:
    call = {"role": "assistant", "content": None, "tool_calls": [{"id": "t1"}]}
    turns, (problem,) = read(write_json(tmp_path / "a.json", [OPENAI[0], call]))
    assert len(turns) == 1
    assert (problem.source, problem.skipped) == ("a.json#2", True)


@pytest.mark.parametrize("value", [[3, [["x"]], "s"], {"messages": 3}, [{"messages": 3}]])
def test_json_that_is_no_message_list_gives_problems_only(tmp_path: Path, value: object) -> None:
    turns, problems = read(write_json(tmp_path / "a.json", value), "messages")
    assert turns == []
    assert problems
    assert all(problem.skipped for problem in problems)


def test_times_and_ids_are_read(tmp_path: Path) -> None:
    message = {"role": "user", "content": "Hi", "id": "m1", "created_at": 1714557780}
    (turn,), _ = read(write_json(tmp_path / "a.json", [message]))
    assert (turn.source_id, turn.said_at) == ("m1", datetime(2024, 5, 1, 10, 3, tzinfo=UTC))
