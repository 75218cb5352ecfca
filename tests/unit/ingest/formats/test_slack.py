"""A Slack export: a folder a channel, a file a day."""

import json
from pathlib import Path

from tests.unit.ingest.read_file import read


def export(tmp_path: Path) -> Path:
    root = tmp_path / "export"
    (root / "tea").mkdir(parents=True)
    users = [
        {"id": "U1", "team_id": "T", "name": "mia", "profile": {"real_name": "Mia Roe"}},
        {"id": "U2", "team_id": "T", "name": "tom", "profile": {"display_name": "Tom"}},
    ]
    (root / "users.json").write_text(json.dumps(users))
    day = [
        {"type": "message", "user": "U1", "ts": "1739124300.000100", "text": "Kettle on, <@U2>?"},
        {"type": "message", "subtype": "channel_join", "user": "U2", "ts": "1739124301.0",
         "text": "<@U2> has joined"},
        {"type": "message", "user": "U2", "ts": "1739124360.000200",
         "thread_ts": "1739124300.000100",
         "text": "See <https://tea.example|the list> in <#C1|tea> &amp; more"},
        {"type": "message", "user": "U9", "user_profile": {"real_name": "Ida"},
         "ts": "1739124370.0", "text": "Late"},
    ]  # fmt: skip
    (root / "tea" / "2025-02-09.json").write_text(json.dumps(day))
    return root


def test_people_channels_and_links_are_read_as_the_screen_shows_them(tmp_path: Path) -> None:
    turns, _ = read(export(tmp_path))
    assert [(turn.speaker, turn.text) for turn in turns] == [
        ("Mia Roe", "Kettle on, @Tom?"),
        ("Tom", "See the list (https://tea.example) in #tea & more"),
        ("Ida", "Late"),
    ]
    assert all(turn.said_at for turn in turns)


def test_a_thread_is_a_session_and_so_is_a_channels_day(tmp_path: Path) -> None:
    turns, _ = read(export(tmp_path))
    assert [turn.session for turn in turns] == [
        "tea 2025-02-09", "tea thread 1739124300.000100", "tea 2025-02-09",
    ]  # fmt: skip


def test_lists_of_people_are_named_and_joins_are_counted(tmp_path: Path) -> None:
    _, problems = read(export(tmp_path))
    assert [(problem.source, problem.skipped) for problem in problems] == [
        ("tea/2025-02-09.json", False), ("users.json", True),
    ]  # fmt: skip
    assert problems[0].message.startswith("1 messages without text")
