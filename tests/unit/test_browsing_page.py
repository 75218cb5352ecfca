"""docs/browsing.md: its Python prints what it says, its commands and calls run as they stand."""

import re
import shlex
import subprocess
import sys

import pytest

from graphmem import Memory
from tests.conftest import ROOT
from tests.test_readme import FENCE
from tests.typed import Typed

PAGE = (ROOT / "docs" / "browsing.md").read_text("utf-8")
BLOCKS = FENCE.findall(PAGE)
PYTHON = [(code, BLOCKS[at + 1][1]) for at, (kind, code) in enumerate(BLOCKS) if kind == "python"]
COMMANDS = [
    *(line for kind, block in BLOCKS if kind == "sh" for line in block.splitlines()),
    *re.findall(r"`(graphmem [^`]+)`", PAGE.partition("## Read a memory")[2].partition("\n## ")[0]),
]
CALLS = re.findall(r"^\| [^|]* \| `(memory\.[^`]+)`", PAGE, re.MULTILINE)


@pytest.mark.parametrize(("code", "output"), PYTHON)
def test_a_python_block_prints_the_output_below_it(code, output, tmp_path):
    ran = subprocess.run(
        [sys.executable, "-c", code], cwd=tmp_path, capture_output=True, text=True, check=True
    )
    assert ran.stdout == output


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    """A folder with the memory of which the page speaks, for its user and an agent."""
    folder = tmp_path_factory.mktemp("page")
    for scope in ("ana", "ana/helper"):
        with Memory.open(folder / "memory.db", scope=scope) as memory:
            text = "Ben Olsen, the plumber, works at Havn Pipes."
            memory.add(text, id="card", speaker="Ana", metadata={"year": 2023, "channel": "mail"})
    return folder


@pytest.mark.parametrize("command", COMMANDS)
def test_a_command_runs_as_it_stands(command, folder, monkeypatch, capsys):
    typed = Typed(folder, monkeypatch, lambda: capsys.readouterr().out, "ana")
    assert typed.run(*shlex.split(command)[1:])


@pytest.mark.parametrize("call", CALLS)
def test_a_call_runs_as_it_stands(call, folder):
    with Memory.open(folder / "memory.db", scope="ana", must_exist=True) as memory:
        assert eval(call, {"memory": memory}) is not None


def test_the_page_has_commands_and_calls():
    assert (len(PYTHON), len(COMMANDS) > 10, len(CALLS) > 7) == (2, True, True)
