"""Every bench can be asked what it measures, and stands above nothing but the package."""

import ast
import subprocess
import sys
from pathlib import Path

import pytest

from tests.conftest import ROOT

SHARED = {"__init__", "harness", "invented"}
FILES = sorted((ROOT / "bench").glob("*.py"))
BENCHES = [path for path in FILES if path.stem not in SHARED]


@pytest.mark.parametrize("path", BENCHES, ids=lambda path: path.stem)
def test_help_of_a_bench_shows_the_command_that_runs_it(path: Path) -> None:
    ran = subprocess.run(
        [sys.executable, "-m", f"bench.{path.stem}", "--help"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
    )
    assert f"python -m bench.{path.stem}" in ran.stdout


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_no_bench_imports_from_the_command_line(path: Path) -> None:
    imported = {
        name
        for node in ast.walk(ast.parse(path.read_text("utf-8")))
        if isinstance(node, ast.Import | ast.ImportFrom)
        for name in (
            [alias.name for alias in node.names]
            if isinstance(node, ast.Import)
            else [node.module or ""]
        )
    }
    assert not [name for name in imported if name.startswith("graphmem.cli")]
