"""The page's Python runs as it stands, with the server that Prefect starts for one run."""

import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.conftest import ROOT, SAMPLES
from tests.flows.conftest import environment, needs_prefect

pytestmark = [pytest.mark.flows, pytest.mark.timeout(600)]


def test_the_first_python_block_ingests_without_a_server_of_ones_own(tmp_path: Path) -> None:
    needs_prefect()
    page = (ROOT / "docs" / "prefect.md").read_text("utf-8")
    code = re.findall(r"^```python\n(.*?)^```", page, re.M | re.S)[0]
    shutil.copytree(SAMPLES / "dialogues", tmp_path / "data" / "samples" / "dialogues")
    ran = subprocess.run(
        [sys.executable, "-c", code], cwd=tmp_path, env=environment(tmp_path / "home"),
        capture_output=True, text=True, check=False, timeout=300,
    )  # fmt: skip
    assert ran.returncode == 0, ran.stderr[-3000:]
    assert re.fullmatch(r"2 files, \d+ turns\n", ran.stdout)
    assert (tmp_path / "memory.db").exists()
