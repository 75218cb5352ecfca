"""ZIP archives are read as the folders that they hold."""

import json
import tempfile
import zipfile
from pathlib import Path

import pytest

from tests.unit.ingest.read_file import read

CHAT = "09/02/2025, 18:05 - Mia: Soup?\n09/02/2025, 18:06 - Tom: Yes\n"


def packed(path: Path, files: dict[str, str]) -> Path:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, text in files.items():
            archive.writestr(name, text)
    return path


def test_an_archive_gives_the_turns_of_the_folder_that_it_holds(tmp_path: Path) -> None:
    files = {"b/chat.txt": CHAT, "a.jsonl": json.dumps({"text": "Hi", "speaker": "Ida"})}
    turns, problems = read(packed(tmp_path / "export.zip", files))
    assert problems == []
    assert [(turn.speaker, turn.text) for turn in turns] == [
        ("Ida", "Hi"), ("Mia", "Soup?"), ("Tom", "Yes"),
    ]  # fmt: skip
    assert turns[1].collection.endswith("export.zip/b/chat.txt")
    assert turns[1].where == "export.zip/b/chat.txt:1"


def test_a_slack_archive_finds_the_names_of_its_people(tmp_path: Path) -> None:
    users = [{"id": "U1", "team_id": "T", "profile": {"real_name": "Mia Roe"}}]
    day = [{"type": "message", "user": "U1", "ts": "1739124300.0001", "text": "Hi"}]
    files = {"tea/2025-02-09.json": json.dumps(day), "users.json": json.dumps(users)}
    (turn,), _ = read(packed(tmp_path / "slack.zip", files))
    assert (turn.speaker, turn.session) == ("Mia Roe", "tea 2025-02-09")


@pytest.mark.parametrize("name", ["../chat.txt", "/etc/chat.txt", "a/../../chat.txt"])
def test_a_name_that_leads_out_is_left_out_and_named(tmp_path: Path, name: str) -> None:
    turns, problems = read(packed(tmp_path / "a.zip", {name: CHAT}))
    assert turns == []
    assert any("leads out" in problem.message for problem in problems)
    assert not (tmp_path.parent / "chat.txt").exists()


def test_a_bomb_is_left_out_before_it_is_unpacked(tmp_path: Path) -> None:
    path = tmp_path / "a.zip"
    with (
        zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive,
        archive.open("chat.txt", "w", force_zip64=True) as out,
    ):
        for _ in range(300):
            out.write(b"0" * 1024**2)
    turns, problems = read(path)
    assert turns == []
    assert "would unpack to 314,572,800 bytes" in problems[0].message


def test_pictures_are_one_line_and_a_broken_archive_is_said(tmp_path: Path) -> None:
    files = {"chat.txt": CHAT} | {f"IMG-{n}.jpg": "x" for n in range(40)}
    turns, problems = read(packed(tmp_path / "a.zip", files))
    assert len(turns) == 2
    assert [problem.message for problem in problems] == ["40 files of unknown kinds left out: .jpg"]
    whole = (tmp_path / "a.zip").read_bytes()
    (tmp_path / "b.zip").write_bytes(whole[:40] + b"\0" * 60 + whole[100:])
    _, problems = read(tmp_path / "b.zip")
    assert any(problem.skipped for problem in problems)


def test_nothing_stays_behind(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path / "tmp"))
    (tmp_path / "tmp").mkdir()
    read(packed(tmp_path / "a.zip", {"chat.txt": CHAT}))
    assert list((tmp_path / "tmp").iterdir()) == []
