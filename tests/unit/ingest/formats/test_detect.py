"""Formats told by content."""

import json
from pathlib import Path

import pytest

from graphmem.ingest.formats.detect import detect_format
from graphmem.ingest.reading.turns import SourceFile

TURN = {"session": "s", "speaker": "Ana", "text": "Hi"}
PASSAGE = {"id": "p1", "title": "T", "text": "x"}
MESSAGE = {"role": "user", "content": "Hi"}
LOCOMO = {"qa": [{"text": 1, "mapping": {}}], "conversation": {"session_1": []}, "sample_id": "c"}
CHATGPT = {"title": "t", "messages_count": 1, "mapping": {"a": {"message": {"content": {}}}}}


def lines(*values: object) -> str:
    return "".join(json.dumps(value) + "\n" for value in values)


@pytest.mark.parametrize(
    ("name", "text", "format"),
    [
        ("a.jsonl", lines(TURN, TURN), "turns"),
        ("a.jsonl", lines("no object", TURN), "turns"),
        ("a.jsonl", "{broken\n" + lines(TURN), "turns"),
        ("a.jsonl", lines({"text": "Hi", "speaker": "A"} | {"long": "x" * 100}), "turns"),
        ("a.jsonl", lines(MESSAGE | {"session": "s"}), "turns"),
        ("a.jsonl", lines(PASSAGE, PASSAGE), "corpus"),
        ("a.jsonl", lines(MESSAGE, MESSAGE), "messages"),
        ("a.jsonl", lines({"messages": [MESSAGE]}), "messages"),
        ("a.jsonl", json.dumps([TURN], indent=1), "turns"),
        ("conversations.json", json.dumps([LOCOMO]), "locomo"),
        ("conversations.json", json.dumps(LOCOMO, indent=2), "locomo"),
        ("conversations.json", json.dumps([CHATGPT]), "chatgpt"),
        ("conversations.json", json.dumps([MESSAGE], indent=2), "messages"),
        ("conversations.json", json.dumps([{"type": "human", "data": {}}]), "messages"),
        ("conversations.json", json.dumps([PASSAGE]), "corpus"),
        ("conversations.json", json.dumps([CHATGPT])[:-20], "chatgpt"),
        ("a.txt", lines(TURN, TURN), "turns"),
        ("a.txt", "[2024-05-01 10:03] Ana: Hi\n[2024-05-01 10:04] Ben: Hi\n", "transcript"),
        ("a.txt", "Ana: Hi\nBen: Hello\nAna: How?\nso\nBen: Well\n", "transcript"),
        ("a.md", "# Session 1 - 2024-05-01\n\n**Ana**: Hi\n\n**Ben**: Hello\n", "transcript"),
        ("a.md", "# Guide\nNote: this is prose.\n\nMore of it here.\nAnd here.\n", "documents"),
        ("a.txt", "Size: 3\nColour: red\nPrice: 4\nWeight: 2\nShop: here\n", "documents"),
        ("README", "Plain words.\n", "documents"),
        ("a.jsonl", lines({"question": "?", "answer": "!", "gold_ids": []}), None),
        ("a.json", json.dumps([1, 2, [3]]), None),
        ("a.json", "42", None),
        ("a.png", "Ana: Hi\n", None),
        ("program", "\x7fELF\0\0", None),
    ],
)
def test_a_format_is_told_by_what_is_in_the_file(
    tmp_path: Path, name: str, text: str, format: str | None
) -> None:
    path = tmp_path / name
    path.write_text(text, "utf-8")
    assert detect_format(SourceFile.at(path, root=tmp_path)) == format


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16"])
def test_a_mark_at_the_beginning_hides_nothing(tmp_path: Path, encoding: str) -> None:
    path = tmp_path / "a.json"
    path.write_text(json.dumps([CHATGPT], indent=1), encoding)
    assert detect_format(SourceFile.at(path, root=tmp_path)) == "chatgpt"


def test_a_conversation_behind_more_questions_than_turns_is_still_one(tmp_path: Path) -> None:
    asked = [{"question": f"Who fed goat {n}?", "answer": "Ana", "category": 4} for n in range(400)]
    path = tmp_path / "talk.json"
    path.write_text(json.dumps([LOCOMO | {"qa": asked}]), "utf-8")
    assert detect_format(SourceFile.at(path, root=tmp_path)) == "locomo"
