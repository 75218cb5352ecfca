"""Turns as JSON lines."""

from datetime import UTC, datetime
from pathlib import Path

import pytest

from tests.unit.ingest.read_file import read, write_json, write_lines


def test_a_line_gives_every_part_of_a_turn(tmp_path: Path) -> None:
    line = {
        "session": "s1", "speaker": "Ana", "text": "Hi", "said_at": "2024-05-01T10:03:00Z",
        "id": 7, "position": 3, "mood": "glad",
    }  # fmt: skip
    (turn,), problems = read(write_lines(tmp_path / "a.jsonl", [line]))
    assert problems == []
    assert (turn.collection, turn.session, turn.speaker, turn.text) == ("", "s1", "Ana", "Hi")
    assert turn.said_at == datetime(2024, 5, 1, 10, 3, tzinfo=UTC)
    assert (turn.source_id, turn.position, turn.metadata) == ("7", 3, {"mood": "glad"})
    assert (turn.title, turn.is_passage, turn.where) == (None, False, "a.jsonl:1")


@pytest.mark.parametrize("key", ["content", "message", "utterance", "body"])
def test_the_names_that_others_give_are_understood(tmp_path: Path, key: str) -> None:
    line = {
        "conversation_id": 5, "role": "user", key: "Hi", "timestamp": 1714557780, "dia_id": "D1:1",
    }  # fmt: skip
    (turn,), problems = read(write_lines(tmp_path / "a.jsonl", [line]), "turns")
    assert problems == []
    assert (turn.session, turn.speaker, turn.text, turn.source_id) == ("5", "user", "Hi", "D1:1")
    assert turn.said_at == datetime(2024, 5, 1, 10, 3, tzinfo=UTC)
    assert turn.metadata == {}


def test_the_plainer_name_wins_and_the_other_is_metadata(tmp_path: Path) -> None:
    line = {"speaker": "Ana", "role": "user", "text": "Hi", "said_at": "", "date": "2024-05-01"}
    (turn,), _ = read(write_lines(tmp_path / "a.jsonl", [line]))
    assert (turn.speaker, turn.metadata) == ("Ana", {"role": "user", "said_at": ""})
    assert turn.said_at == datetime(2024, 5, 1, tzinfo=UTC)


def test_a_date_and_a_time_that_stand_apart_are_joined(tmp_path: Path) -> None:
    line = {"speaker": "Ana", "text": "Hi", "date": "01/05/2024", "time": "10:03"}
    (turn,), _ = read(write_lines(tmp_path / "a.jsonl", [line]))
    assert (turn.said_at, turn.metadata) == (datetime(2024, 5, 1, 10, 3, tzinfo=UTC), {})


def test_turns_without_session_speaker_or_date_are_kept_under_the_files_name(
    tmp_path: Path,
) -> None:
    (turn,), problems = read(write_lines(tmp_path / "a.jsonl", [{"text": "Hi"}]))
    assert problems == []
    assert (turn.session, turn.speaker, turn.said_at) == ("a.jsonl", None, None)
    assert turn.collection == f"{tmp_path.name}/a.jsonl"


def test_a_date_that_cannot_be_is_said_and_kept_as_written(tmp_path: Path) -> None:
    line = {"speaker": "Ana", "text": "Hi", "timestamp": "2024-02-30"}
    (turn,), (problem,) = read(write_lines(tmp_path / "a.jsonl", [line]))
    assert (turn.said_at, turn.metadata) == (None, {"said_at": "2024-02-30"})
    assert (problem.source, problem.skipped) == ("a.jsonl:1", False)
    assert "2024-02-30" in problem.message


def test_broken_json_in_line_3017_costs_that_line_only(tmp_path: Path) -> None:
    path = write_lines(tmp_path / "a.jsonl", [{"text": f"turn {n}"} for n in range(1, 5001)])
    lines = path.read_text("utf-8").split("\n")
    lines[3016] = '{"text": "turn 3017"'
    path.write_text("\n".join(lines), "utf-8")
    turns, (problem,) = read(path)
    assert [turn.text for turn in turns] == [f"turn {n}" for n in range(1, 5001) if n != 3017]
    assert (problem.source, problem.skipped) == ("a.jsonl:3017", True)
    assert "broken JSON" in problem.message


@pytest.mark.parametrize(
    "line", [3, None, "text", [], [["a"]], {}, {"speaker": "Ana"}, {"text": 3}, {"text": None}]
)
def test_a_line_that_is_json_but_no_turn_is_skipped_and_shown(tmp_path: Path, line: object) -> None:
    turns, (problem,) = read(write_lines(tmp_path / "a.jsonl", [{"text": "Hi"}, line]), "turns")
    assert [turn.text for turn in turns] == ["Hi"]
    assert (problem.source, problem.skipped) == ("a.jsonl:2", True)
    assert "is no turn" in problem.message


def test_what_only_lenient_parsers_take_is_taken(tmp_path: Path) -> None:
    path = tmp_path / "a.jsonl"
    path.write_bytes(b'{"text": "tab\there", "n": NaN, "big": 123456789012345678901234567890}\n')
    (turn,), _ = read(path)
    assert turn.text == "tab\there"
    assert turn.metadata == {"n": "nan", "big": "123456789012345678901234567890"}


def test_one_list_of_turns_is_read_as_well_as_lines(tmp_path: Path) -> None:
    turns, problems = read(write_json(tmp_path / "a.json", [{"speaker": "A", "text": "x"}] * 2))
    assert [turn.where for turn in turns] == ["a.json#1", "a.json#2"]
    assert problems == []
