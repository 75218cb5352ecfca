"""The pages on LangChain, LangGraph, MCP, the server: their Python prints what they say."""

import os
import re
import subprocess
import sys
from itertools import pairwise
from pathlib import Path

import pytest

from tests.conftest import ROOT

FENCE = re.compile(r"^```(\w+)\n(.*?)^```", re.MULTILINE | re.DOTALL)
NEEDS = {
    "langchain.md": "langchain_core",
    "langgraph.md": "langgraph",
    "mcp.md": "mcp",
    "server.md": "starlette",
}
BLOCKS = [
    pytest.param(page, code, output, id=f"{page}-{at}")
    for page in NEEDS
    for found in [FENCE.findall((ROOT / "docs" / page).read_text("utf-8"))]
    for at, ((kind, code), (_, output)) in enumerate(pairwise(found))
    if kind == "python"
]


@pytest.mark.parametrize(("page", "code", "output"), BLOCKS)
def test_a_block_of_python_prints_the_output_below_it(
    page: str, code: str, output: str, tmp_path: Path
) -> None:
    pytest.importorskip(NEEDS[page], reason=f"the page needs {NEEDS[page]}")
    ran = subprocess.run(
        [sys.executable, "-c", code],
        cwd=tmp_path,
        capture_output=True,
        text=True,
        check=False,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
    )
    assert ran.stdout == output, ran.stderr


def test_each_page_has_a_block() -> None:
    assert {block.values[0] for block in BLOCKS} == set(NEEDS)
