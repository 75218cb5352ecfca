"""All tests in this folder need the MCP library; they call tools as a client does."""

import pytest

pytest.importorskip("mcp", reason="needs the extra `mcp`")
