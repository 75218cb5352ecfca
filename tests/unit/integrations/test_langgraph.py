"""LangGraph's names come from one module, which says what to install where LangGraph is not."""

import subprocess
import sys

from tests.conftest import ROOT

WITHOUT = """
import sys
sys.modules["langgraph"] = sys.modules["langgraph.store"] = None
import graphmem.integrations.langgraph
"""


def test_without_langgraph_the_extra_is_named() -> None:
    ran = subprocess.run(
        [sys.executable, "-c", WITHOUT], cwd=ROOT, capture_output=True, text=True, check=False
    )
    assert "pip install 'graphmem[langgraph]'" in ran.stderr
