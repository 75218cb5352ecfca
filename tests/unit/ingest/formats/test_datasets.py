"""Data sets as their authors publish them."""

from pathlib import Path

import pytest

from tests.unit.ingest.read_file import read, write_json, write_lines

LONG = {
    "question_id": "q1", "question": "When?", "answer": "never", "answer_session_ids": ["s1"],
    "haystack_dates": ["2025/02/09 (Sun) 18:05"], "haystack_session_ids": ["s1"],
    "haystack_sessions": [[
        {"role": "user", "content": "I sold the boat.", "has_answer": True},
        {"role": "assistant", "content": "Good."}]],
}  # fmt: skip
HOTPOT = {
    "_id": "q1",
    "question": "Where?",
    "answer": "there",
    "supporting_facts": [["Pier", 0]],
    "context": [["Pier", ["A pier is long.", " It stands."]], ["Quay", ["A quay is wide."]]],
}
MUSIQUE = {"id": "2hop", "question": "Where?", "answer": "there", "paragraphs": [
    {"idx": 0, "title": "Pier", "paragraph_text": "A pier is long.", "is_supporting": True},
    {"idx": 1, "title": "Quay", "paragraph_text": "A quay is wide.", "is_supporting": False}],
}  # fmt: skip


def test_a_haystack_session_under_two_questions_has_the_same_turns(tmp_path: Path) -> None:
    turns, problems = read(write_json(tmp_path / "a.json", [LONG, LONG | {"question_id": "q2"}]))
    assert problems == []
    assert [(turn.speaker, turn.text) for turn in turns[:2]] == [
        ("user", "I sold the boat."), ("assistant", "Good."),
    ]  # fmt: skip
    assert turns[0].said_at is not None
    assert [turn.source_id for turn in turns[:2]] == [turn.source_id for turn in turns[2:]]
    assert "never" not in {turn.text for turn in turns}


@pytest.mark.parametrize("record", [HOTPOT, MUSIQUE])
def test_the_passages_of_multi_hop_questions_are_read(
    tmp_path: Path, record: dict[str, object]
) -> None:
    for path in (
        write_json(tmp_path / "a.json", [record]),
        write_lines(tmp_path / "a.jsonl", [record]),
    ):
        turns, problems = read(path)
        assert problems == []
        assert [turn.title for turn in turns] == ["Pier", "Quay"]
        assert all(turn.is_passage for turn in turns)
        assert turns[0].text.startswith("A pier is long.")


def test_of_a_tree_the_best_replies_are_read(tmp_path: Path) -> None:
    tree = {"message_tree_id": "t1", "tree_state": "ready_for_export", "prompt": {
        "message_id": "m1", "text": "How?", "role": "prompter", "replies": [
            {"message_id": "m2", "text": "Badly.", "role": "assistant", "rank": 1, "replies": []},
            {"message_id": "m3", "text": "Well.", "role": "assistant", "rank": 0, "replies": []},
        ]}}  # fmt: skip
    turns, problems = read(write_lines(tmp_path / "a.jsonl", [tree]))
    assert problems == []
    assert [(turn.speaker, turn.text) for turn in turns] == [
        ("user", "How?"),
        ("assistant", "Well."),
    ]


@pytest.mark.parametrize("format", ["longmemeval", "multihop", "oasst-tree"])
def test_another_record_is_named_as_none(tmp_path: Path, format: str) -> None:
    turns, problems = read(write_lines(tmp_path / "a.jsonl", [{"x": 1}, 3]), format)
    assert turns == []
    assert all(problem.skipped for problem in problems)
