"""ChatGPT's export."""

import json
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from tests.unit.ingest.read_file import read, write_json


def node(name: str, parent: str | None, children: list[str], **message: Any) -> dict[str, Any]:
    full = {"id": f"m-{name}", **message} if message else None
    return {"id": name, "parent": parent, "children": children, "message": full}


def said(role: str, *parts: object, **more: Any) -> dict[str, Any]:
    content = {"content_type": "text", "parts": list(parts)}
    return {"author": {"role": role}, "content": content, **more}


CONVERSATION = {
    "title": "Moving",
    "create_time": 1714557780.5,
    "conversation_id": "c-1",
    "current_node": "d2",
    "mapping": {
        "root": node("root", None, ["s"]),
        "s": node("s", "root", ["a"], **said("system", "")),
        "a": node("a", "s", ["d1", "d2"], **said("user", "Where?", create_time=1714557790)),
        "d1": node("d1", "a", [], **said("assistant", "An older answer")),
        "d2": node("d2", "a", [], **said("assistant", "Lisbon", {"asset": "x"}, "and Porto")),
    },
}


def test_the_shown_branch_is_read_and_the_abandoned_one_is_not(tmp_path: Path) -> None:
    turns, problems = read(write_json(tmp_path / "conversations.json", [CONVERSATION]))
    assert problems == []
    assert [(turn.speaker, turn.text, turn.source_id) for turn in turns] == [
        ("user", "Where?", "m-a"), ("assistant", "Lisbon\nand Porto", "m-d2"),
    ]  # fmt: skip
    assert {(turn.collection, turn.session) for turn in turns} == {("chatgpt", "c-1")}
    assert turns[0].metadata == {"conversation_title": "Moving"}


def test_a_message_without_a_time_has_that_of_the_message_before(tmp_path: Path) -> None:
    turns, _ = read(write_json(tmp_path / "a.json", [CONVERSATION]))
    assert [turn.said_at for turn in turns] == [datetime(2024, 5, 1, 10, 3, 10, tzinfo=UTC)] * 2


def test_without_a_current_node_the_last_leaf_ends_the_branch(tmp_path: Path) -> None:
    turns, _ = read(write_json(tmp_path / "a.json", [CONVERSATION | {"current_node": None}]))
    assert turns[-1].text == "Lisbon\nand Porto"


def test_a_tree_that_bites_its_tail_ends(tmp_path: Path) -> None:
    mapping = {
        "a": node("a", "b", ["b"], **said("user", "x")),
        "b": node("b", "a", ["a"], **said("user", "y")),
    }
    turns, _ = read(write_json(tmp_path / "a.json", {"mapping": mapping, "current_node": "b"}))
    assert [turn.text for turn in turns] == ["x", "y"]


def test_hidden_messages_and_the_programs_state_are_left_out(tmp_path: Path) -> None:
    hidden = said("user", "hidden", metadata={"is_visually_hidden_from_conversation": True})
    state = {"author": {"role": "tool"}, "content": {"content_type": "thoughts", "text": "hm"}}
    mapping = {
        "a": node("a", None, ["b"], **hidden),
        "b": node("b", "a", ["c"], **state),
        "c": node("c", "b", [], **said("user", "seen")),
    }
    turns, problems = read(write_json(tmp_path / "a.json", [{"mapping": mapping}]))
    assert [(turn.text, turn.session) for turn in turns] == [("seen", "a.json#1")]
    assert problems == []


def test_what_stands_before_the_break_of_a_cut_export_is_taken(tmp_path: Path) -> None:
    path = tmp_path / "conversations.json"
    path.write_text(json.dumps([CONVERSATION, CONVERSATION])[:-40], "utf-8")
    turns, (problem,) = read(path)
    assert len(turns) == 2
    assert (problem.source, problem.skipped) == ("conversations.json#2", True)
    assert "ingest the file again" in problem.message


def test_an_element_that_is_no_conversation_is_skipped(tmp_path: Path) -> None:
    turns, problems = read(write_json(tmp_path / "a.json", [CONVERSATION, 3, {"mapping": []}]))
    assert len(turns) == 2
    assert [problem.source for problem in problems] == ["a.json#2", "a.json#3"]


def _chat(*messages: dict[str, object], **extra: object) -> list[object]:
    nodes = {
        f"n{n}": {"parent": f"n{n - 1}" if n else None, "children": [f"n{n + 1}"],
                  "message": {"id": f"n{n}", **message}}
        for n, message in enumerate(messages)
    }  # fmt: skip
    nodes[f"n{len(messages) - 1}"]["children"] = []
    return [
        {"conversation_id": "c", "mapping": nodes, "current_node": f"n{len(messages) - 1}"} | extra
    ]


def _message(role: str, text: str, kind: str = "text", **more: object) -> dict[str, object]:
    content = {"content_type": kind, "parts": [text], "text": text}
    return {"author": {"role": role}, "content": content, **more}


def test_only_what_the_screen_shows_is_read(tmp_path: Path) -> None:
    city, cite = '\ue200entity\ue202["city","Porto"]\ue201', "\ue200cite\ue202turn0\ue201"
    shown = f"Pears in {city} {cite} are ripe【3†a】."
    value = _chat(
        _message("user", "Pears?"),
        _message("assistant", "find(pears)", "code", recipient="browser"),
        _message("tool", "a page", "tether_browsing_display"),
        _message("assistant", "The user likes pears.", recipient="bio"),
        _message("assistant", shown, recipient="all"),
    )
    turns, problems = read(write_json(tmp_path / "c.json", value))
    assert problems == []
    assert [turn.text for turn in turns] == ["Pears?", "Pears in Porto are ripe."]


def test_a_chat_that_is_not_to_be_remembered_is_left_out_and_said(tmp_path: Path) -> None:
    value = _chat(_message("user", "secret"), is_do_not_remember=True)
    turns, problems = read(write_json(tmp_path / "c.json", value))
    assert turns == []
    assert "not to be remembered" in problems[0].message


def test_a_branch_whose_beginning_is_missing_is_said(tmp_path: Path) -> None:
    value = _chat(_message("user", "one"), _message("assistant", "two"))
    del value[0]["mapping"]["n0"]  # type: ignore[index]
    turns, problems = read(write_json(tmp_path / "c.json", value))
    assert [turn.text for turn in turns] == ["two"]
    assert "'n0' is not in the export" in problems[0].message
