"""`graphmem serve` and `graphmem token` as processes: a real socket, the official MCP client."""

import json
import os
import re
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import asynccontextmanager, contextmanager
from pathlib import Path
from typing import Any

import pytest

pytest.importorskip("starlette", reason="needs the extra `server`")

import httpx2
from mcp import Client
from mcp.client.streamable_http import streamable_http_client

from graphmem import Memory
from tests.conftest import ROOT
from tests.unit.integrations.mcp.test_server import READING, WRITING, every_tool_once

SAID = "Ana keeps bees behind the chapel."
WAIT = 120
"""Seconds that a server may take to come up on a machine that does other things."""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    with Memory.open(tmp_path / "memory.db", scope="ana") as memory:
        memory.add(SAID, speaker="Ana", said_at="2024-05-02")
        memory.of("ben").add("On the hill our friend Ben keeps goats.", speaker="Ben")
    return tmp_path


def command(folder: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "graphmem", *arguments],
        cwd=folder,
        env={**os.environ, "PYTHONPATH": str(ROOT), "GRAPHMEM_STORE": "memory.db"},
        capture_output=True,
        text=True,
        check=False,
    )


@contextmanager
def served(folder: Path, *options: str) -> Iterator[tuple[str, str]]:
    """Run the server on a free port; give its URL and the token that it printed, if any."""
    with (folder / "stderr").open("w") as errors:
        process = subprocess.Popen(
            [sys.executable, "-m", "graphmem", "serve", "--port", "0", *options],
            cwd=folder,
            env={**os.environ, "PYTHONPATH": str(ROOT), "GRAPHMEM_STORE": "memory.db"},
            stdout=subprocess.PIPE,
            stderr=errors,
            text=True,
        )
    assert process.stdout is not None
    try:
        url = process.stdout.readline().removeprefix("serving ").strip()
        assert url.startswith("http://127.0.0.1:"), (folder / "stderr").read_text()
        own = not (folder / "graphmem-tokens.json").exists()
        token = process.stdout.readline().rpartition(": ")[2].strip() if own else ""
        yield url, token
    finally:
        process.send_signal(signal.SIGTERM)
        process.wait(WAIT)
        process.stdout.close()


@asynccontextmanager
async def official(url: str, token: str) -> Any:
    async with (
        httpx2.AsyncClient(headers={"Authorization": f"Bearer {token}"}, timeout=WAIT) as http,
        Client(streamable_http_client(f"{url}/mcp", http_client=http)) as client,
    ):
        yield client


async def test_whoever_starts_it_has_a_token_and_every_tool_works_over_http(folder: Path) -> None:
    with served(folder, "--scope", "ana", "--log") as (url, token):
        async with official(url, token) as client:
            assert {tool.name for tool in (await client.list_tools()).tools} == READING | WRITING
            assert await every_tool_once(client) == READING | WRITING
        with pytest.raises(ExceptionGroup):
            async with official(url, "wrong"):
                pass
        headers = {"Authorization": f"Bearer {token}"}
        async with httpx2.AsyncClient(base_url=url, timeout=WAIT) as anyone:
            assert (await anyone.get("/healthz")).status_code == 200
            assert (await anyone.get("/api/v1/notes")).status_code == 401
            found = await anyone.post(
                "/api/v1/search", json={"question": "Who keeps bees?"}, headers=headers
            )
            assert found.json()["hits"][0]["text"] == SAID
            goats = await anyone.get("/api/v1/notes?scope=ben", headers=headers)
            assert (goats.status_code, "goats" in goats.text) == (403, False)
            foreign = {**headers, "Host": "evil.example"}
            assert (await anyone.get("/api/v1/notes", headers=foreign)).status_code == 421
    logged = (folder / "stderr").read_text("utf-8")
    audited = (folder / "graphmem-audit.jsonl").read_text("utf-8")
    lines = [json.loads(line) for line in audited.splitlines()]
    assert {"search", "add_memory", "undo_change"} <= {line["verb"] for line in lines}
    assert {line["status"] for line in lines} >= {200, 401, 403, 421}
    assert '"verb": "search"' in logged
    for secret in (token, SAID, "bees", "goats", "Ana drinks", "ben"):
        assert secret not in logged + audited


async def test_tokens_of_the_file_are_made_listed_used_and_revoked(folder: Path) -> None:
    token = command(folder, "token", "add", "phone", "--scope", "ana").stdout.strip()
    both = ("token", "add", "desk", "--scope", "ana", "--scope", "ben", "--may", "write", "--json")
    desk = json.loads(command(folder, *both).stdout)
    listed = command(folder, "token", "list")
    assert re.search(r"phone\W+read\W+ana\b", listed.stdout)
    assert token not in listed.stdout
    rows = json.loads(command(folder, "token", "list", "--json").stdout)
    assert [(row["name"], row["may"], row["scopes"]) for row in rows] == [
        ("desk", "write", ["ana", "ben"]),
        ("phone", "read", ["ana"]),
    ]
    with served(folder) as (url, _):
        async with httpx2.AsyncClient(base_url=url + "/api/v1", timeout=WAIT) as client:
            phone = {"Authorization": f"Bearer {token}"}
            whole = {"Authorization": f"Bearer {desk['token']}"}
            assert (await client.get("/notes/count", headers=phone)).json() == {"count": 1}
            added = {"text": "Ben has nine goats."}
            assert (await client.post("/notes", json=added, headers=phone)).status_code == 403
            answer = await client.post("/notes?scope=ben", json=added, headers=whole)
            assert answer.status_code == 201
            assert command(folder, "token", "revoke", "phone").returncode == 0
            assert (await client.get("/notes/count", headers=phone)).status_code == 401
    assert command(folder, "token", "revoke", "phone").returncode == 1


@pytest.mark.parametrize(
    ("options", "told"),
    [
        ((), "--scope"),
        (("--scope", "ana", "--host", "0.0.0.0"), "graphmem token add"),
        (("--scope", "ana", "--audit", "nowhere/audit.jsonl"), "--audit"),
    ],
)
def test_what_cannot_be_served_safely_is_one_line_with_the_cure(
    folder: Path, options: tuple[str, ...], told: str
) -> None:
    ran = command(folder, "serve", "--port", "0", *options)
    assert (ran.returncode, ran.stdout) == (1, "")
    assert told in ran.stderr
    assert ran.stderr.count("\n") == 1
