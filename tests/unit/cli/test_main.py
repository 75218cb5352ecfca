"""The command line as a whole: whatever it is given ends in one line, never in a traceback."""

import json
import os
import subprocess
import sys
from itertools import product
from pathlib import Path

import pytest

from graphmem.memory import Memory
from tests.attack.amount import GIVEN
from tests.test_cli import Shell

HOSTILE = (
    b"",
    b"\xff",
    "\u202eabc\x1b[2J\x9b31m".encode(),
    "Ü".encode(),
    b"-1",
    b"1" * 5_000,
    b"/dev/full/x",
    b"[" * 3_000,
    b"\n",
    b"ana/",
    b"neo4j://",
    b"https://127.0.0.1:1/x",
)
COMMAND_LINES = (
    (b"search", b"{}"),
    (b"search", b"Lisbon", b"--k", b"{}"),
    (b"search", b"Lisbon", b"--as-of", b"{}"),
    (b"search", b"Lisbon", b"--scope", b"{}", b"--json"),
    (b"search", b"Lisbon", b"--store", b"{}"),
    (b"search", b"Lisbon", b"--retriever", b"{}"),
    (b"get", b"{}", b"--json"),
    (b"history", b"{}"),
    (b"delete", b"{}"),
    (b"delete", b"--session", b"{}"),
    (b"ingest", b"{}"),
    (b"ingest", b"talk.jsonl", b"--format", b"{}"),
    (b"ingest", b"talk.jsonl", b"--encoder", b"{}", b"--store", b"new.db"),
    (b"cypher", b"--run", b"{}"),
    (b"cypher", b"--run", b"timeline", b"--param", b"{}"),
    (b"cypher", b"RETURN 1", b"--scope", b"{}", b"--store", b"nowhere.db"),
    (b"doctor", b"--store", b"{}"),
    (b"store", b"stats", b"--store", b"{}"),
    (b"store", b"import", b"{}"),
    (b"store", b"export", b"out.jsonl", b"--scope", b"{}"),
    (b"store", b"{}"),
    (b"{}",),
)
DRIVES = ("\x1b", "\x9b", "\u202e", "\x07")
_MAIN = """
import os, sys
from graphmem.cli import main
from graphmem.cli.app import command_named
from graphmem.cli.commands import COMMANDS
for name in COMMANDS:  # once, for all the processes that follow
    command_named(name)
for line in sys.stdin.buffer.read().split(b"\\2"):
    pid = os.fork()
    if pid == 0:
        sys.argv = ["graphmem", *map(os.fsdecode, line.split(b"\\1"))]
        main()
    _, status = os.waitpid(pid, 0)
    sys.stderr.write(f"\\n### {os.waitstatus_to_exitcode(status)}\\n")
    sys.stderr.flush()
"""


@pytest.fixture(scope="module")
def shell(tmp_path_factory: pytest.TempPathFactory) -> Shell:
    """A shell whose store holds a turn that tries to drive the terminal."""
    made = Shell(tmp_path_factory.mktemp("shell"))
    evil = "Lisbon \x1b]0;owned\x07\x1b[2J\x9b31m \u202egnp.exe"
    with Memory.open(made.folder / "memory.db", scope="ana") as memory:
        memory.add(evil, speaker="An\x1b[1ma", session="s\x1b[5m", metadata={"id": "i\x9b7m"})
        memory.add("=1+2 is a sum", speaker="Ben", metadata={"n": 2**70})
    (made.folder / "talk.jsonl").write_text('{"text": "Ben cooks."}\n', "utf-8")
    return made


def some() -> list[tuple[tuple[bytes, ...], bytes]]:
    """Return three hostile texts for each command line, so that each meets several."""
    n = len(HOSTILE)
    return [(c, HOSTILE[(3 * i + j) % n]) for i, c in enumerate(COMMAND_LINES) for j in range(3)]


@pytest.mark.skipif(not hasattr(os, "fork"), reason="runs each command in a fork of one process")
@pytest.mark.parametrize(
    "pairs",
    [
        pytest.param(some(), id="some"),
        pytest.param(
            list(product(COMMAND_LINES, HOSTILE)),
            id="all",
            marks=pytest.mark.skipif(not GIVEN, reason="set GRAPHMEM_ATTACKS to try every pair"),
        ),
    ],
)
def test_no_hostile_argument_ends_in_a_traceback(shell: Shell, pairs) -> None:
    lines = [b"\1".join(part.replace(b"{}", text) for part in line) for line, text in pairs]
    ran = subprocess.run(
        [sys.executable, "-c", _MAIN],
        input=b"\2".join(lines),
        cwd=shell.folder,
        env=shell.environment | {"GRAPHMEM_STORE": "hostile.db"},
        capture_output=True,
        check=False,
    )
    said = ran.stderr.decode(errors="surrogateescape")
    assert said.count("\n### ") == len(lines)
    for line, part in zip(lines, said.split("\n### ")[:-1], strict=True):
        assert "Traceback" not in part, (line, part)
    assert not any(mark in said for mark in DRIVES)


COMMANDS_THAT_PRINT = (
    ("search", "Lisbon"),
    ("search", "Lisbon", "--explain"),
    ("search", "Lisbon", "--json"),
    ("store", "dump"),
    ("store", "stats"),
    ("doctor",),
    ("delete", "x\x1b[2J\u202e"),
    ("ingest", "x\x1b[2J\u202e"),
    ("search", "x", "--retriever", "\x1b[2J\x9b1m"),
    ("search", "x", "--\x1b[2J"),
)


@pytest.mark.parametrize("arguments", COMMANDS_THAT_PRINT)
def test_nothing_printed_drives_the_terminal(shell: Shell, arguments: tuple[str, ...]) -> None:
    ran = shell.run(*arguments)
    assert ran.stdout or ran.stderr
    assert not [mark for mark in DRIVES if mark in ran.stdout + ran.stderr]


def test_a_record_is_shown_by_get_and_history_without_driving_the_terminal(shell: Shell) -> None:
    hit = shell.json("search", "Lisbon")["hits"][0]
    for command in ("get", "history"):
        for ending in ([], ["--json"]):
            ran = shell.run(command, hit["note"], *ending)
            assert ran.returncode == 0
            assert "owned" in ran.stdout
            assert not [mark for mark in DRIVES if mark in ran.stdout]


def test_json_holds_the_text_as_it_was_said_and_numbers_of_any_size(shell: Shell) -> None:
    hit = shell.json("search", "Lisbon")["hits"][0]
    assert hit["text"].endswith("\x9b31m \u202egnp.exe")
    sum_ = shell.json("search", "a sum")["hits"][0]
    (episode,) = shell.json("get", sum_["episodes"][0]["id"])
    assert int(episode["metadata"]["n"]) == 2**70


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="needs a disk that is always full")
@pytest.mark.parametrize("arguments", [["search", "Lisbon"], ["search", "x", "--json"], ["--help"]])
def test_an_output_that_is_full_is_an_error_of_one_line(shell: Shell, arguments) -> None:
    with Path("/dev/full").open("wb") as full:
        ran = subprocess.run(
            [sys.executable, "-m", "graphmem", *arguments],
            cwd=shell.folder,
            env=shell.environment,
            stdout=full,
            stderr=subprocess.PIPE,
            text=True,
            check=False,
        )
    assert (ran.returncode, ran.stderr) == (1, "error: No space left on device\n")


@pytest.mark.parametrize("arguments", [["store", "dump"], ["search", "x"], ["--help"]])
def test_a_closed_output_or_pipe_ends_in_no_traceback(shell: Shell, arguments) -> None:
    for shut in (">&-", "2>&- >&-", "| true"):
        command = f'"$0" -m graphmem {" ".join(arguments)} {shut}'
        ran = subprocess.run(
            ["/bin/sh", "-c", command, sys.executable],
            cwd=shell.folder,
            env=shell.environment,
            capture_output=True,
            text=True,
            check=False,
        )
        assert "Traceback" not in ran.stderr
        assert "Exception ignored" not in ran.stderr


def test_a_terminal_of_few_characters_gets_escapes(shell: Shell) -> None:
    ran = shell.run("search", "Lisbon", PYTHONIOENCODING="ascii")
    assert (ran.returncode, ran.stderr) == (0, "")


def test_every_command_reads_a_scope_alike(shell: Shell, tmp_path: Path) -> None:
    composed, decomposed = "\u00dcmit", "U\u0308mit"
    talk = str(shell.folder / "talk.jsonl")
    place = ["--store", str(tmp_path / "umit.db")]
    assert shell.run("ingest", talk, *place, "--scope", decomposed).returncode == 0
    for spelled in (composed, decomposed, "%C3%9Cmit"):
        scope = [*place, "--scope", spelled]
        assert shell.json("search", "Ben", *scope)["hits"]
        out = str(tmp_path / f"{len(spelled)}.jsonl")
        assert shell.json("store", "export", out, *scope, "--force")["records"]["episode"] == 1
    for command in (["search", "x"], ["delete", "--all", "--yes"], ["cypher", "RETURN 1"]):
        unset = shell.run(*command, *place, GRAPHMEM_SCOPE="")
        empty = shell.run(*command, *place, "--scope", "")
        assert "whose memory is it" in unset.stderr
        assert "a user that is not empty" in empty.stderr


def test_exports_in_two_folders_meet_under_a_collection(shell: Shell, tmp_path: Path) -> None:
    for month in ("may", "june"):
        (tmp_path / month).mkdir()
        (tmp_path / month / "log.txt").write_text("Ida: Ahoy\nTeo: Yes\n")
    place = ["--store", "met.db", "--collection", "boats"]
    added = [
        shell.json("ingest", str(tmp_path / m), *place)["episodes_added"] for m in ("may", "june")
    ]
    assert added == [2, 0]


def test_a_receipt_names_the_way_to_take_back_what_was_deleted(shell: Shell) -> None:
    place = ["--store", "restored.db"]
    assert shell.run("ingest", "talk.jsonl", *place).returncode == 0
    assert shell.run("delete", "--all", "--yes", *place).returncode == 0
    again = shell.run("ingest", "talk.jsonl", *place)
    assert "deleted before, left out: --restore takes them again  1" in again.stdout


def test_an_error_is_json_too_where_json_is_asked_for(shell: Shell) -> None:
    ran = shell.run("search", "x", "--json", "--scope", "ana/")
    assert ran.returncode == 1
    error = json.loads(ran.stdout)["error"]
    assert error["type"] == "ScopeError"
    assert error["message"] in " ".join(ran.stderr.split())
    wrong = shell.run("search", "x", "--json", "--no-such-option")
    assert wrong.returncode == 2
    assert "--no-such-option" in json.loads(wrong.stdout)["error"]["message"]


def test_a_question_needs_no_quotes_and_the_usual_options_are_short(shell: Shell) -> None:
    quoted = shell.run("search", "what is a sum", "--k", "1", "--store", "memory.db")
    bare = shell.run("search", "what", "is", "a", "sum", "-k", "1", "-s", "memory.db")
    assert bare.stdout == quoted.stdout
    assert "=1+2 is a sum" in bare.stdout
