"""Plain transcripts."""

from datetime import UTC, datetime
from pathlib import Path

import pytest

from graphmem.ingest.formats import transcript
from graphmem.ingest.reading.turns import Turn
from graphmem.types import Problem
from tests.unit.ingest.read_file import read


def read_text(tmp_path: Path, text: str) -> tuple[list[Turn], list[Problem]]:
    path = tmp_path / "talk.txt"
    path.write_text(text, "utf-8")
    return read(path, "transcript")


def at(*parts: int) -> datetime:
    return datetime(*parts, tzinfo=UTC)  # type: ignore[misc]


@pytest.mark.parametrize(
    "line",
    [
        "[2024-05-01 10:03] Ana: Hi: there",
        "[01/05/2024, 10:03:00] Ana: Hi: there",
        "(1 May 2024 10:03 am) Ana: Hi: there",
        "01/05/2024, 10:03 - Ana: Hi: there",
        "2024-05-01T10:03:00Z Ana: Hi: there",
        "Ana [2024-05-01 10:03]: Hi: there",
        "[2024-05-01 10:03] **Ana:** Hi: there",
    ],
)
def test_a_stamped_line_has_time_speaker_and_text(tmp_path: Path, line: str) -> None:
    (turn,), problems = read_text(tmp_path, line)
    assert problems == []
    assert (turn.speaker, turn.text, turn.said_at) == ("Ana", "Hi: there", at(2024, 5, 1, 10, 3))
    assert (turn.session, turn.where) == ("talk.txt", "talk.txt:1")


@pytest.mark.parametrize(
    ("header", "name", "day"),
    [
        ("# Session 2 - 2024-05-01", "Session 2", at(2024, 5, 1)),
        ("== Session 3 (8 May 2023) ==", "Session 3", at(2023, 5, 8)),
        ("--- 2024-05-01 ---", "2024-05-01", at(2024, 5, 1)),
        ("--- Lunch ---", "Lunch", None),
        ("Session 4: 1:56 pm on 8 May, 2023", "Session 4", at(2023, 5, 8, 13, 56)),
        ("Session 5", "Session 5", None),
        ("[Session 6]", "Session 6", None),
    ],
)
def test_a_header_names_the_session_and_dates_its_turns(
    tmp_path: Path, header: str, name: str, day: datetime | None
) -> None:
    (turn,), problems = read_text(tmp_path, f"{header}\n\nAna: Hi")
    assert problems == []
    assert (turn.session, turn.said_at) == (name, day)


def test_lines_without_a_speaker_go_on_with_the_turn(tmp_path: Path) -> None:
    text = (
        "Ana: one\n  two\n\n# Not a session\nNote: three\nhttp://four\nI need this: five\nBen: six"
    )
    turns, problems = read_text(tmp_path, text)
    assert problems == []
    assert [(turn.speaker, turn.text) for turn in turns] == [
        ("Ana", "one\n  two\n\n# Not a session\nNote: three\nhttp://four\nI need this: five"),
        ("Ben", "six"),
    ]


def test_a_line_too_long_for_a_header_is_said(tmp_path: Path) -> None:
    line = f"== {'word ' * 100}=="
    (turn,), _ = read_text(tmp_path, f"Ana: Hi\n{line}")
    assert turn.text == f"Hi\n{line}"


def test_among_stamped_lines_only_known_speakers_begin_unstamped_turns(tmp_path: Path) -> None:
    text = "[2024-05-01 10:03] Ana: one\nMilk: two\n[2024-05-01 10:04] Ben: three\nAna: four"
    turns, _ = read_text(tmp_path, text)
    assert [(turn.speaker, turn.text) for turn in turns] == [
        ("Ana", "one\nMilk: two"), ("Ben", "three"), ("Ana", "four"),
    ]  # fmt: skip
    assert turns[2].said_at == at(2024, 5, 1, 10, 4)


def test_a_time_of_day_is_put_on_the_sessions_day_and_past_midnight(tmp_path: Path) -> None:
    turns, _ = read_text(tmp_path, "--- 1 May 2024 ---\n[23:59] Ana: a\n[00:02] Ben: b")
    assert [turn.said_at for turn in turns] == [at(2024, 5, 1, 23, 59), at(2024, 5, 2, 0, 2)]


def test_a_time_of_day_without_a_day_is_kept_as_written(tmp_path: Path) -> None:
    (turn,), _ = read_text(tmp_path, "[10:03] Ana: Hi")
    assert (turn.said_at, turn.metadata) == (None, {"said_at": "10:03"})


def test_a_stamp_without_a_speaker_is_a_turn_without_one(tmp_path: Path) -> None:
    (turn,), _ = read_text(tmp_path, "[2024-05-01 10:03] Ana joined the room")
    assert (turn.speaker, turn.text) == (None, "Ana joined the room")


def test_impossible_dates_are_said_and_their_turns_kept(tmp_path: Path) -> None:
    text = "# Session 1 - 2024-02-30\nAna: a\n# Session 2\n[2024-02-30 10:03] Ben: b"
    turns, problems = read_text(tmp_path, text)
    assert [(turn.text, turn.said_at) for turn in turns] == [("a", None), ("b", None)]
    assert [(problem.source, problem.skipped) for problem in problems] == [
        ("talk.txt:1", False), ("talk.txt:4", False),
    ]  # fmt: skip


def test_two_headers_of_one_name_are_two_sessions(tmp_path: Path) -> None:
    turns, _ = read_text(tmp_path, "Session 1\nAna: a\nSession 2\nAna: b\nSession 1\nAna: c")
    assert [turn.session for turn in turns] == ["Session 1", "Session 2", "Session 1 (2)"]


def test_what_stands_before_the_first_turn_is_a_counted_skip(tmp_path: Path) -> None:
    turns, (problem,) = read_text(tmp_path, "A talk in May, recorded\n----\nAna: Hi")
    assert [turn.text for turn in turns] == ["Hi"]
    assert (problem.source, problem.skipped) == ("talk.txt:1", True)


@pytest.mark.parametrize(
    "name",
    ["北京大学", "Иван Петров", "محمد", "अनिता", "Dr. O'Neil-Ruiz", "Maria de la Cruz", "user"],
)
def test_names_in_any_script_are_speakers(tmp_path: Path, name: str) -> None:
    (turn,), problems = read_text(tmp_path, f"{name}: 🎉 مرحبا")
    assert problems == []
    assert (turn.speaker, turn.text) == (name, "🎉 مرحبا")


def test_a_turn_of_a_megabyte_is_kept_whole(tmp_path: Path) -> None:
    text = "word " * 200_000 + "\n" + " " * 500_000 + "end"
    (turn,), _ = read_text(tmp_path, f"Ana: {text}")
    assert turn.text == text


def test_a_turn_that_never_ends_comes_in_parts_by_the_same_speaker(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(transcript, "MAX_TURN", 10)
    turns, _ = read_text(tmp_path, "Ana: 0123456789\nabc\ndef\n0123456789\nx")
    assert [(turn.speaker, turn.text) for turn in turns] == [
        ("Ana", "0123456789\nabc"), ("Ana", "def\n0123456789"), ("Ana", "x"),
    ]  # fmt: skip


def test_marks_of_the_time_between_what_is_said_are_no_words(tmp_path: Path) -> None:
    (tmp_path / "meet.txt").write_text(
        "Transcript\n\n00:00:00\n\nPetra Roe: Is the oven hot?\nIvo: It is.\n\n00:05:00\n\n"
        "Petra Roe: Then bake.\nIvo: At\n10:30\n"
    )
    turns, _ = read(tmp_path / "meet.txt")
    assert [(turn.speaker, turn.text) for turn in turns] == [
        ("Petra Roe", "Is the oven hot?"),
        ("Ivo", "It is."),
        ("Petra Roe", "Then bake."),
        ("Ivo", "At\n10:30"),
    ]
