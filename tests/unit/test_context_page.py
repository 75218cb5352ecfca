"""The page about hits and contexts: its Python runs as it stands and prints what it says."""

import re
import subprocess
import sys
from pathlib import Path

import pytest

from tests.conftest import ROOT

FENCE = re.compile(r"^```(\w+)\n(.*?)^```", re.MULTILINE | re.DOTALL)
BLOCKS = FENCE.findall((ROOT / "docs" / "context.md").read_text("utf-8"))


@pytest.mark.parametrize("at", [i for i, (kind, _) in enumerate(BLOCKS) if kind == "python"])
def test_a_block_of_python_prints_the_output_below_it(tmp_path: Path, at: int) -> None:
    (_, code), (language, output) = BLOCKS[at], BLOCKS[at + 1]
    assert language == "text"
    ran = subprocess.run(
        [sys.executable, "-c", code], cwd=tmp_path, capture_output=True, text=True, check=True
    )
    assert ran.stdout == output
