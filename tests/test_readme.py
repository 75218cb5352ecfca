"""The README's Python runs as it stands and prints what it says."""

import re
import subprocess
import sys
from pathlib import Path

from tests.conftest import ROOT

FENCE = re.compile(r"^```(\w+)\n(.*?)^```", re.MULTILINE | re.DOTALL)


def test_the_first_python_block_prints_the_output_below_it(tmp_path: Path) -> None:
    blocks = FENCE.findall((ROOT / "README.md").read_text("utf-8"))
    at = next(i for i, (language, _) in enumerate(blocks) if language == "python")
    (_, code), (language, output) = blocks[at], blocks[at + 1]
    assert language == "text"
    ran = subprocess.run(
        [sys.executable, "-c", code], cwd=tmp_path, capture_output=True, text=True, check=True
    )
    assert ran.stdout == output


def test_every_shell_command_of_the_readme_runs(tmp_path: Path) -> None:
    blocks = FENCE.findall((ROOT / "README.md").read_text("utf-8"))
    commands = [
        line
        for language, block in blocks
        if language == "sh"
        for line in block.splitlines()
        if line.startswith("graphmem ")
    ]
    assert len(commands) >= 3
    for command in commands:
        line = command.replace("data/samples", str(ROOT / "data" / "samples"))
        ran = subprocess.run(
            ["bash", "-c", line.replace("graphmem ", f"{sys.executable} -m graphmem ", 1)],
            cwd=tmp_path,
            capture_output=True,
            text=True,
            check=False,
            env={"PYTHONPATH": str(ROOT), "PATH": "/usr/bin:/bin"},
        )
        assert ran.returncode == 0, ran.stderr


def test_every_document_that_the_readme_names_is_there() -> None:
    text = (ROOT / "README.md").read_text("utf-8")
    linked = re.findall(r"\]\((docs/[\w./-]+)\)", text)
    assert linked
    assert [path for path in linked if not (ROOT / path).is_file()] == []
