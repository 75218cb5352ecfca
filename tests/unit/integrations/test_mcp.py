"""MCP's names come from one module, which says what to install where the library is not."""

import subprocess
import sys

from tests.conftest import ROOT

WITHOUT = "import sys; sys.modules['mcp'] = None; import graphmem.integrations.mcp"


def test_without_the_library_the_extra_is_named() -> None:
    ran = subprocess.run(
        [sys.executable, "-c", WITHOUT], cwd=ROOT, capture_output=True, text=True, check=False
    )
    assert "pip install 'graphmem[mcp]'" in ran.stderr
