"""A question that sleeps, fills memory or is killed ends, and leaves nothing behind."""

import os
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from graphmem.errors import ConfigError, StoreError, StoreUnavailableError
from graphmem.graph.cypher import process
from graphmem.graph.cypher.answer import Limits
from graphmem.graph.cypher.ask import inspect
from graphmem.memory import Memory
from graphmem.types import ScopeKey

pytest.importorskip("arcadedb_embedded", reason="needs the extra `cypher`: arcadedb-embedded")
pytestmark = pytest.mark.cypher

ANA = ScopeKey("ana")
LIMITS = Limits(rows=10, seconds=60)
TEXTS = "MATCH (n:Note {kind: 'turn'}) RETURN n.text AS text"


@pytest.fixture
def place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A working folder, with a temporary folder of its own, in which nothing may be left."""
    temporary = tmp_path / "temporary"
    temporary.mkdir()
    monkeypatch.setenv("TMPDIR", str(temporary))
    monkeypatch.setattr(tempfile, "tempdir", str(temporary))
    monkeypatch.chdir(tmp_path)
    with Memory.open(tmp_path / "memory.db", scope="ana") as memory:
        memory.add("The code word is Quisquilia.", speaker="Ana")
    yield tmp_path
    others = {file.name for file in tmp_path.iterdir() if not file.name.startswith("memory.db")}
    assert others == {"temporary"}
    assert not (tmp_path / "memory.db.cypher").exists()
    assert wait_until(lambda: not list(temporary.iterdir()))


def wait_until(is_so) -> bool:
    for _ in range(600):
        if is_so():
            return True
        time.sleep(0.05)
    return False


def test_the_copy_is_gone_with_the_answer_and_sees_what_was_written_last(place: Path) -> None:
    assert inspect("memory.db", ANA, TEXTS, {}, LIMITS).rows == [["The code word is Quisquilia."]]
    with Memory.open("memory.db", scope="ana") as memory:
        memory.delete_all()
    assert inspect("memory.db", ANA, TEXTS, {}, LIMITS).rows == []
    left = b"".join(file.read_bytes() for file in place.rglob("*") if file.is_file())
    assert b"Quisquilia" not in left


@pytest.mark.parametrize(
    "statement",
    [
        "RETURN util.sleep(60000) AS slept",
        "RETURN size(reduce(s = '', x IN range(1, 1000000) | s + 'aaaaaaaaaa')) AS n",
        "UNWIND range(1, 1000000) AS i UNWIND range(1, 1000000) AS j RETURN count(*) AS n",
    ],
)
def test_an_expression_that_runs_on_is_ended_when_its_time_is_up(
    place: Path, statement: str
) -> None:
    with pytest.raises(StoreError, match=r"took longer than 0\.5 s; ask for less, or type --sec"):
        inspect("memory.db", ANA, statement, {}, Limits(rows=1, seconds=0.5))


def test_a_value_that_fills_the_memory_is_an_error_of_one_line(place: Path) -> None:
    doubled = "RETURN reduce(s = 'aaaaaaaaaa', x IN range(1, 40) | s + s) AS s"
    with pytest.raises(StoreError, match="needs more memory than it may take"):
        inspect("memory.db", ANA, doubled, {}, LIMITS)


def test_an_answer_that_is_too_long_is_refused(place: Path, monkeypatch) -> None:
    monkeypatch.setattr(process, "REPLY_BYTES", 1 << 20)
    long = "RETURN reduce(s = 'aaaaaaaaaa', x IN range(1, 18) | s + s) AS s"
    with pytest.raises(StoreError, match="the answer is longer than 1 MiB"):
        inspect("memory.db", ANA, long, {}, LIMITS)


@pytest.mark.parametrize(
    ("statement", "given", "said"),
    [
        ("CREATE (n:Note)", {}, "the query writes"),
        ("MATCH (n RETURN n", {}, "cannot be run: Syntax error"),
        ("RETURN " + "[" * 5_000 + "]" * 5_000, {}, "cannot be run: Expression is too deeply"),
        ("RETURN $a", {"a": b"raw"}, "a parameter is no text"),
        ("RETURN '\ud800'", {}, "cannot be"),
    ],
)
def test_what_cannot_be_run_is_refused(place: Path, statement: str, given, said: str) -> None:
    with pytest.raises(ConfigError, match=said) as refusal:
        inspect("memory.db", ANA, statement, given, LIMITS)
    assert "\n" not in str(refusal.value)


def test_an_error_of_the_store_keeps_its_class(place: Path) -> None:
    with pytest.raises(StoreUnavailableError, match="there is no store"):
        inspect("nowhere.db", ANA, TEXTS, {}, LIMITS)
    with pytest.raises(ConfigError, match=r"no scope 'anna' in memory\.db; there is: ana"):
        inspect("memory.db", ScopeKey("anna"), TEXTS, {}, LIMITS)


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT, signal.SIGKILL])
def test_a_signal_ends_the_command_its_engine_and_the_copy(place: Path, number: int) -> None:
    command = [sys.executable, "-m", "graphmem", "cypher", "RETURN util.sleep(600000)"]
    options = ["--seconds", "600", "--store", "memory.db", "--scope", "ana"]
    ran = subprocess.Popen([*command, *options], stderr=subprocess.PIPE)
    temporary = place / "temporary"
    assert wait_until(lambda: list(temporary.glob(f"{process.PREFIX}*/copy-0/*")))
    (child,) = children(ran.pid)
    os.kill(ran.pid, number)
    _, said = ran.communicate(timeout=20)
    assert ran.returncode != 0
    assert b"Traceback" not in said
    assert wait_until(lambda: not Path(f"/proc/{child}").exists())


def children(pid: int) -> list[int]:
    if not Path("/proc/self/task").exists():
        pytest.skip("needs /proc, to see the engine's process")
    return [int(one) for one in Path(f"/proc/{pid}/task/{pid}/children").read_text().split()]


def test_a_folder_left_by_a_machine_that_stopped_goes_with_the_next_question(place: Path) -> None:
    left, used = (place / "temporary" / f"{process.PREFIX}{name}" for name in ("left", "used"))
    for folder in (left, used):
        folder.mkdir()
        (folder / "text").write_text("Quisquilia", "utf-8")
        os.utime(folder, (1, 1))
    with process._locked(used):
        process.remove_left_folders()
    assert not left.exists()
    assert used.exists()
    process.remove_left_folders()
    assert not used.exists()
