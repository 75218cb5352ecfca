"""Tables keep their numbers whole in a window of any width."""

import fcntl
import os
import pty
import re
import struct
import subprocess
import sys
import termios
from pathlib import Path

import pytest

from graphmem.memory import Memory
from tests.conftest import ROOT, SAMPLES

NUMBERS = (1_234_567, 89_012, 3.25, None)
_CODE = """
from graphmem.cli.tables import print_table
print_table(
    ("place", "grains of sand", "waves", "degrees", "boats", "span"),
    [("a beach of a rather long name [of two]", *{numbers!r}, "12 (39-78 %)")],
    title="what was counted by the sea on one day in May",
    whole=["span"],
)
"""


def in_window(columns: int, *command: str, cwd: Path = ROOT) -> str:
    """Run a command in a terminal of so many columns; return what it shows, without its colours."""
    ours, theirs = pty.openpty()
    fcntl.ioctl(theirs, termios.TIOCSWINSZ, struct.pack("HHHH", 40, columns, 0, 0))
    environment = {k: v for k, v in os.environ.items() if k not in ("COLUMNS", "LINES")}
    with subprocess.Popen(
        [sys.executable, *command],
        cwd=cwd,
        stdout=theirs,
        stdin=theirs,
        stderr=subprocess.PIPE,
        env=environment | {"TERM": "xterm", "PYTHONPATH": str(ROOT)},
    ) as process:
        os.close(theirs)
        parts = []
        while True:
            try:
                part = os.read(ours, 4096)
            except OSError:  # Linux's way to say that the other side is closed
                break
            if not part:
                break
            parts.append(part)
        errors = process.stderr.read() if process.stderr else b""
    os.close(ours)
    assert process.returncode == 0, errors
    return re.sub(r"\x1b\[[0-9;]*m", "", b"".join(parts).decode())


@pytest.mark.parametrize("columns", [40, 60, 80, 120])
def test_a_number_is_never_cut_and_no_line_is_longer_than_the_window(columns: int) -> None:
    said = in_window(columns, "-c", _CODE.format(numbers=NUMBERS))
    for whole in ("1,234,567", "89,012", "3.2", "–", "12 (39-78 %)"):
        assert whole in said
    assert "…" not in said
    table = said.partition("\n")[2].splitlines()
    assert max(len(line.rstrip()) for line in table) <= columns


def test_the_many_counts_of_a_store_are_whole_in_80_columns(tmp_path: Path) -> None:
    with Memory.open(tmp_path / "memory.db", scope="a-user-with-quite-a-long-name") as memory:
        memory.ingest(SAMPLES / "dialogues")
        counts = memory.store.stats(memory.scope.key)
    said = in_window(80, "-m", "graphmem", "store", "stats", "-s", "memory.db", cwd=tmp_path)
    assert "…" not in said
    del counts["bytes"]  # fewer once the file is closed
    assert [name for name, count in counts.items() if f"{count:,}" not in said] == []
