"""All tests in this folder need LangChain."""

import pytest

pytest.importorskip("langchain_core", reason="needs the extra `langchain`")
pytest.importorskip("langchain_tests", reason="needs the extra `dev-langchain`")
