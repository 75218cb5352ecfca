"""The published MCP conformance suite, run on Node against the server, where somebody installed it.

    npm install --global node@22 @modelcontextprotocol/conformance@0.1.16

Run are the scenarios that ask for no tool, prompt or resource that the suite prescribes, and for
no capability that graphmem does not claim. Their questions are asked in Python too, everywhere and
over stdin and stdout: `test_mcp_scenarios`.
"""

import asyncio
import re
import shutil
import subprocess

import pytest

pytest.importorskip("mcp", reason="needs the extra `mcp`")
pytest.importorskip("starlette", reason="needs the extra `server`")

from starlette.types import ASGIApp, Receive, Scope, Send

from graphmem import Memory
from graphmem.server import Access, Memories, address_of, bound, whole_app
from graphmem.server.run import server_of
from tests.server import grant

pytestmark = pytest.mark.slow

SCENARIOS = (
    "server-initialize", "ping", "tools-list", "resources-list", "prompts-list",
    "dns-rebinding-protection",
)  # fmt: skip
SECONDS = 120


def suite() -> str | None:
    """Return the suite's command, if it is there and its Node is new enough to run it."""
    found = shutil.which("conformance")
    if found is None:
        return None
    told = subprocess.run([found, "--help"], capture_output=True, text=True, check=False)
    return found if "MCP Conformance" in told.stdout else None


def with_token(app: ASGIApp, token: str) -> ASGIApp:
    """Return the application for callers that bring no token: the suite has no option for one."""
    shown = (b"authorization", f"Bearer {token}".encode())

    async def run(scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "http":
            scope = {**scope, "headers": [*scope["headers"], shown]}
        await app(scope, receive, send)

    return run


@pytest.fixture
async def url(tmp_path):
    with Memory.open(tmp_path / "memory.db", scope="ana") as memory:
        memory.add("Ana keeps bees behind the chapel.", speaker="Ana")
    access = Access()
    token = access.let_in(grant("ana", may="write"))
    with (
        Memories.open(tmp_path / "memory.db", scope="ana") as memories,
        bound("127.0.0.1", 0) as listening,
    ):
        server = server_of(with_token(whole_app(memories, access), token))
        running = asyncio.ensure_future(server.serve(sockets=[listening]))
        yield f"{address_of(listening)}/mcp"
        server.should_exit = True
        await running


@pytest.mark.parametrize("scenario", SCENARIOS)
async def test_the_published_scenario_passes(scenario, url):
    command = suite()
    if command is None:
        pytest.skip(f"{scenario}: needs @modelcontextprotocol/conformance on Node 22")
    run = [command, "server", "--url", url, "--scenario", scenario]
    ran = await asyncio.to_thread(
        subprocess.run, run, capture_output=True, text=True, timeout=SECONDS, check=False
    )
    told = ran.stdout + ran.stderr
    assert ran.returncode == 0, told
    (passed, asked_of, failed) = re.findall(r"Passed: (\d+)/(\d+), (\d+) failed", told)[-1]
    assert (int(passed) > 0, passed, failed) == (True, asked_of, "0"), told
