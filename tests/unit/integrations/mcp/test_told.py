"""A verb as a tool: our own errors are told, others are not hidden."""

import inspect
import threading

import pytest

pytest.importorskip("mcp", reason="needs the extra `mcp`")

from mcp.server.mcpserver import Context
from mcp.server.mcpserver.exceptions import ToolError

from graphmem import InputError
from graphmem.integrations.mcp.told import told


async def test_our_own_errors_become_a_tools_and_no_others():
    def wrong(message: str) -> None:
        raise InputError(message)

    def broken() -> None:
        raise RuntimeError("inside")

    with pytest.raises(ToolError, match="a blank text"):
        await told(wrong)("a blank text", context=None)
    with pytest.raises(RuntimeError):
        await told(broken)(context=None)


async def test_the_verb_runs_in_a_thread_under_its_own_signature_and_a_context():
    def verb(k: int = 5) -> tuple[int, str]:
        """Say where."""
        return k, threading.current_thread().name

    tool = told(verb)
    k, context = inspect.signature(tool).parameters.values()
    assert k == inspect.signature(verb).parameters["k"]
    assert (context.name, context.annotation) == ("context", Context)
    assert (await tool(k=2, context=None))[0] == 2
    assert (await tool(context=None))[1] != threading.main_thread().name
