"""`graphmem ingest`: what is said of each file, and how the command ends."""

import json
import os
import re
import signal
import sqlite3
import subprocess
import sys
import time
from contextlib import closing
from pathlib import Path

import pytest

CHAT = "2/9/25, 6:05 PM - Mia: Soup?\n2/9/25, 6:06 PM - Tom: Yes\n2/20/25, 6:06 PM - Tom: Late\n"


def ingest(
    folder: Path, *arguments: str, given: bytes | None = None
) -> subprocess.CompletedProcess[bytes]:
    return subprocess.run(
        [sys.executable, "-m", "graphmem", "ingest", *arguments, "--store", "m.db", "--scope", "u"],
        cwd=folder, input=given, capture_output=True, check=False,
    )  # fmt: skip


def test_each_file_is_told_as_what_it_was_read_and_pictures_are_one_line(tmp_path: Path) -> None:
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "chat.txt").write_text(CHAT)
    (tmp_path / "in" / "z.jsonl").write_text('{"text": "one"}\n{broken\n')
    for number in range(120):
        (tmp_path / "in" / f"A{number}.jpg").write_bytes(b"x")
    done = ingest(tmp_path, "in")
    said = done.stdout.decode().replace("\n", " ")
    assert done.returncode == 0
    assert "chat.txt: transcript, 3 turns in 1 session" in said
    assert "z.jsonl: turns, 1 turn in 1 session, 1 without speaker, 1 without date" in said
    assert "skipped, 120 times: unknown kind" in said
    assert "skipped: z.jsonl:2: broken JSON" in said


def test_a_named_path_that_gave_nothing_ends_with_three(tmp_path: Path) -> None:
    (tmp_path / "chat.txt").write_text(CHAT)
    (tmp_path / "x.bin").write_bytes(b"\0\1")
    assert ingest(tmp_path, "chat.txt").returncode == 0
    assert ingest(tmp_path, "chat.txt").returncode == 0, "known turns are something"
    assert ingest(tmp_path, "chat.txt", "x.bin").returncode == 3


def test_with_strict_anything_left_out_ends_with_three(tmp_path: Path) -> None:
    (tmp_path / "a.jsonl").write_text('{"text": "one"}\n{broken\n')
    assert ingest(tmp_path, "a.jsonl").returncode == 0
    assert ingest(tmp_path, "a.jsonl", "--strict").returncode == 3


def test_a_dry_run_shows_turns_and_makes_no_store(tmp_path: Path) -> None:
    (tmp_path / "chat.txt").write_text(CHAT * 3)
    done = ingest(tmp_path, "chat.txt", "--dry-run")
    said = done.stdout.decode()
    assert "2025-02-09 18:05  Mia: Soup?" in said
    assert "and 4 more" in said
    assert "the month first" in said
    assert not (tmp_path / "m.db").exists()


def test_the_standard_input_is_a_file(tmp_path: Path) -> None:
    done = ingest(tmp_path, "-", "--json", given=CHAT.encode())
    receipt = json.loads(done.stdout)
    assert [report["turns"] for report in receipt["read"]] == [3]
    again = json.loads(ingest(tmp_path, "-", "--json", given=CHAT.encode()).stdout)
    assert (again["episodes_added"], again["episodes_known"]) == (0, 3)


@pytest.mark.parametrize("format", ["documents", "transcript"])
def test_bytes_are_never_stored_as_text(tmp_path: Path, format: str) -> None:
    (tmp_path / "a.pdf").write_bytes(b"%PDF-1.7\n\0\1\2 stream")
    done = ingest(tmp_path, "a.pdf", "--format", format)
    assert done.returncode == 3
    assert b"it is a PDF; leave --format away" in done.stdout


def test_a_row_in_the_settings_reads_a_format_of_ones_own(tmp_path: Path) -> None:
    (tmp_path / "graphmem.toml").write_text(
        '[[json_chats]]\nname = "ferry"\nmarks = ["words"]\ntext = "words"\n'
    )
    (tmp_path / "a.json").write_text('[{"words": "Low tide."}]')
    done = ingest(tmp_path, "a.json", "--dry-run")
    assert "a.json: ferry" in done.stdout.decode()
    (tmp_path / "graphmem.toml").write_text('[[json_chats]]\nname = "ferry"\nmark = ["words"]\n')
    done = ingest(tmp_path, "a.json")
    assert done.returncode == 1
    assert "unknown key 'mark'; did you mean 'marks'" in done.stderr.decode().replace("\n", " ")


def long_chat(folder: Path, turns: int) -> Path:
    path = folder / "long.jsonl"
    with path.open("w") as out:
        for number in range(turns):
            turn = {"session": f"s{number // 200}", "speaker": "Mia", "id": f"m{number}"}
            out.write(json.dumps(turn | {"text": f"Soup number {number} for Tom"}) + "\n")
    return path


def test_stopped_by_the_keyboard_it_says_what_is_kept_and_goes_on(tmp_path: Path) -> None:
    long_chat(tmp_path, 6_000)
    command = [sys.executable, "-m", "graphmem", "ingest", "long.jsonl", "--store", "m.db"]
    with subprocess.Popen(
        [*command, "--scope", "u"], cwd=tmp_path, stdout=subprocess.PIPE, stderr=subprocess.PIPE
    ) as running:
        while running.poll() is None and not episodes(tmp_path / "m.db"):
            time.sleep(0.02)
        running.send_signal(signal.SIGINT)
        said = running.communicate(timeout=60)[1].decode()
    said = " ".join(said.split())
    assert running.returncode == 130
    kept = re.search(r"stopped at long.jsonl:\d+; ([\d,]+) episodes", said)
    assert kept is not None, said
    assert "type the same command to go on" in said
    count = int(kept[1].replace(",", ""))
    assert 0 < count < 6_000
    again = json.loads(ingest(tmp_path, "long.jsonl", "--json").stdout)
    assert (again["episodes_known"], again["episodes_added"]) == (count, 6_000 - count)


def episodes(store: Path) -> int:
    """Return how many episodes another process has written so far."""
    if not store.exists():
        return 0
    try:
        with closing(sqlite3.connect(f"file:{store}?mode=ro", uri=True)) as reader:
            return int(reader.execute("SELECT count(*) FROM episode").fetchone()[0])
    except sqlite3.OperationalError:  # its tables are not there yet
        return 0


@pytest.mark.skipif(sys.platform == "win32", reason="needs a terminal of POSIX")
def test_a_terminal_gets_a_bar_of_bytes_and_a_pipe_none(tmp_path: Path) -> None:
    import pty

    long_chat(tmp_path, 1_500)
    ours, theirs = pty.openpty()
    command = [sys.executable, "-m", "graphmem", "ingest", "long.jsonl", "--store", "m.db"]
    with subprocess.Popen(
        [*command, "--scope", "u"], cwd=tmp_path, stdout=subprocess.DEVNULL, stderr=theirs,
        env=os.environ | {"TERM": "xterm", "COLUMNS": "110"},
    ) as running:  # fmt: skip
        os.close(theirs)
        shown = b""
        while True:
            try:
                read = os.read(ours, 65_536)
            except OSError:  # Linux's way to say that the other end is closed
                break
            if not read:
                break
            shown += read
    os.close(ours)
    assert running.returncode == 0
    assert re.search(rb"\d+(?:\.\d+)?/\d+(?:\.\d+)? kB", shown), shown[-400:]
    assert re.search(rb"\d:\d\d:\d\d", shown)
    assert ingest(tmp_path, "long.jsonl").stderr == b""
