"""LangChain's names come from one module, which says what to install where LangChain is not."""

import subprocess
import sys

from tests.conftest import ROOT

WITHOUT = "import sys; sys.modules['langchain_core'] = None; import graphmem.integrations.langchain"


def test_without_langchain_the_extra_is_named() -> None:
    ran = subprocess.run(
        [sys.executable, "-c", WITHOUT], cwd=ROOT, capture_output=True, text=True, check=False
    )
    assert "pip install 'graphmem[langchain]'" in ran.stderr
