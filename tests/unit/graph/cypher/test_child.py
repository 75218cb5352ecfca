"""The process that copies and answers: two lines of JSON, or an error, and nothing left behind."""

import json
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from graphmem.memory import Memory

pytest.importorskip("arcadedb_embedded", reason="needs the extra `cypher`: arcadedb-embedded")
pytestmark = pytest.mark.cypher

MAIN = "import json, sys; sys.path[:] = json.loads(sys.argv[1]); "
MAIN += "from graphmem.graph.cypher.child import main; main()"


@pytest.fixture
def child() -> Iterator["subprocess.Popen[bytes]"]:
    with subprocess.Popen(
        [sys.executable, "-c", MAIN, json.dumps(sys.path)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    ) as running:
        yield running
        running.kill()


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    place = tmp_path / "copy"
    place.mkdir()
    with Memory.open(tmp_path / "memory.db", scope="ana") as memory:
        memory.add("The harbour is shut.", speaker="Ana")
        memory.add("So it is.", speaker="Ben")
    return place


def send(child: "subprocess.Popen[bytes]", folder: Path, **fields: Any) -> None:
    request = {
        "url": str(folder.parent / "memory.db"),
        "scope": "ana",
        "statement": "MATCH (n:Note {kind: 'turn'}) RETURN n.text AS text ORDER BY text",
        "parameters": {},
        "rows": 1,
        "folder": str(folder),
    }
    assert child.stdin is not None
    child.stdin.write(json.dumps({**request, **fields}).encode() + b"\n")
    child.stdin.flush()


def replies(child: "subprocess.Popen[bytes]") -> list[dict[str, Any]]:
    """Return what it says until it ends by itself, its input still open."""
    assert child.stdout is not None
    return [json.loads(line) for line in child.stdout]


def test_the_copy_is_told_and_then_the_answer(
    child: "subprocess.Popen[bytes]", folder: Path
) -> None:
    send(child, folder)
    copied, answer = replies(child)
    assert copied == {"copied": True}
    assert answer == {"columns": ["text"], "rows": [["So it is."]], "is_cut": True}
    assert child.wait(60) == 0
    assert child.stderr is not None
    assert child.stderr.read() == b""


def test_an_error_is_told_by_a_class_that_the_caller_knows(
    child: "subprocess.Popen[bytes]", folder: Path
) -> None:
    send(child, folder, url=str(folder / "absent.db"))
    (told,) = replies(child)
    assert told["error"] == "StoreUnavailableError"
    assert "absent.db" in told["message"]


def test_a_statement_that_writes_is_refused_after_the_copy(
    child: "subprocess.Popen[bytes]", folder: Path
) -> None:
    send(child, folder, statement="MATCH (n) DETACH DELETE n")
    copied, told = replies(child)
    assert copied == {"copied": True}
    assert (told["error"], "only reads" in told["message"]) == ("ConfigError", True)


def test_the_end_of_the_input_ends_it_and_takes_its_folder(
    child: "subprocess.Popen[bytes]", folder: Path
) -> None:
    send(child, folder)
    assert child.stdin is not None
    child.stdin.close()
    assert child.wait(60) == 1
    assert not folder.exists()
