"""A verb as a tool: our own errors are told, others are not hidden."""

import inspect
import threading

import pytest

pytest.importorskip("mcp", reason="needs the extra `mcp`")

from mcp.server.mcpserver.exceptions import ToolError

from graphmem import InputError
from graphmem.integrations.mcp.told import told


async def test_our_own_errors_become_a_tools_and_no_others():
    def wrong(message: str) -> None:
        raise InputError(message)

    def broken() -> None:
        raise RuntimeError("inside")

    with pytest.raises(ToolError, match="a blank text"):
        await told(wrong)("a blank text")
    with pytest.raises(RuntimeError):
        await told(broken)()


async def test_the_verb_runs_in_a_thread_under_its_own_signature():
    def verb(k: int = 5) -> tuple[int, str]:
        """Say where."""
        return k, threading.current_thread().name

    tool = told(verb)
    assert inspect.signature(tool) == inspect.signature(verb)
    assert (await tool(k=2))[0] == 2
    assert (await tool())[1] != threading.main_thread().name
