"""The server under load: 32 clients for a minute while one writes, and one client alone before.

    python -m bench.server --seconds 60

The server is a process of its own on loopback with a store of 2,000 turns in 8 scopes. Each client
has the token of one scope, searches without pause and looks at every answer: a word of another
scope in it, or none of its own, is a wrong scope. One JSON line.
"""

import asyncio
import os
import re
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import httpx2

from bench.harness import ms, parser, report
from graphmem import Memory
from graphmem.ids import ONE_BY_ONE
from graphmem.ingest import Turn
from graphmem.server import TokenFile, new_token

SCOPES = tuple(f"user{n}" for n in range(8))
TURNS, CLIENTS, IDLE_SECONDS = 250, 32, 10
START = datetime(2024, 5, 1, 9, tzinfo=UTC)
THINGS = "kiln bicycle harbour garden violin ledger orchard ferry telescope bakery".split()
PEOPLE = "Maria Ivan Omar Lena Tiago Ines Oskar Noor".split()


def word(scope: str) -> str:
    """Return the word that every turn of a scope has, and no turn of another."""
    return f"{scope}mark"


def turns(scope: str, n: int, *, first: int = 0) -> list[Turn]:
    """Return n turns of a scope."""
    return [
        Turn(
            collection="",
            session=f"{ONE_BY_ONE}{i // 20}",
            text=f"{PEOPLE[i % 8]} said of the {THINGS[i % 10]} that {word(scope)} {i} is done, "
            f"and the {THINGS[i * 7 % 10]} waits for {PEOPLE[i * 3 % 8]}.",
            source_id=f"{scope}-{i}",
            speaker=PEOPLE[i * 5 % 8],
            said_at=START + timedelta(minutes=11 * i),
            where="bench",
        )
        for i in range(first, first + n)
    ]


async def search(client: httpx2.AsyncClient, scope: str, n: int, seen: dict[str, Any]) -> None:
    """Search once, and write down how long it took and whether the answer was right."""
    question = f"What did {PEOPLE[n % 8]} say of the {THINGS[n * 3 % 10]}?"
    begun = time.perf_counter()
    answer = await client.post("/api/v1/search", json={"question": question, "k": 10})
    seen["seconds"].append(time.perf_counter() - begun)
    seen["statuses"].append(answer.status_code)
    marks = set(re.findall(r"user\d+mark", answer.text))
    seen["wrong"] += marks != {word(scope)}


async def clients(url: str, tokens: dict[str, str], n: int, seconds: float) -> dict[str, Any]:
    """Have n clients search for some seconds; return what was seen."""
    seen: dict[str, Any] = {"seconds": [], "statuses": [], "wrong": 0}
    until = time.perf_counter() + seconds

    async def one(at: int) -> None:
        scope = SCOPES[at % len(SCOPES)]
        headers = {"Authorization": f"Bearer {tokens[scope]}"}
        async with httpx2.AsyncClient(base_url=url, headers=headers, timeout=120) as client:
            asked = at
            while time.perf_counter() < until:
                await search(client, scope, asked, seen)
                asked += 1

    await asyncio.gather(*(one(at) for at in range(n)))
    return seen


async def write(url: str, token: str, seconds: float) -> dict[str, int]:
    """Add turns to the first scope until the time is over."""
    until, written, errors = time.perf_counter() + seconds, 0, 0
    headers = {"Authorization": f"Bearer {token}"}
    async with httpx2.AsyncClient(base_url=url, headers=headers, timeout=120) as client:
        while time.perf_counter() < until:
            (turn,) = turns(SCOPES[0], 1, first=TURNS + written)
            body = {"text": turn.text, "speaker": turn.speaker, "session": turn.session}
            answer = await client.post("/api/v1/notes", json=body)
            written += answer.status_code == 201
            errors += answer.status_code != 201
    return {"written": written, "write_errors": errors}


def memory_of(process: int) -> int:
    """Return the MB of memory that a process holds."""
    status = Path(f"/proc/{process}/status").read_text("utf-8")
    found = re.search(r"VmRSS:\s+(\d+)", status)
    return int(found.group(1)) // 1_024 if found else 0


async def measured(url: str, tokens: dict[str, str], pid: int, seconds: float) -> dict[str, Any]:
    """Return the figures of one client, then of all with a writer beside them."""
    await clients(url, tokens, len(SCOPES), 3)  # each scope is read once
    idle = await clients(url, tokens, 1, IDLE_SECONDS)
    grown = [memory_of(pid)]

    async def watch() -> None:
        for _ in range(int(seconds)):
            await asyncio.sleep(1)
            grown.append(memory_of(pid))

    busy, wrote, _ = await asyncio.gather(
        clients(url, tokens, CLIENTS, seconds), write(url, tokens["writer"], seconds), watch()
    )
    half = len(grown) // 2
    return {
        "clients": CLIENTS,
        "seconds": seconds,
        "requests": len(busy["statuses"]),
        "errors": sum(status != 200 for status in busy["statuses"]),
        "wrong_scopes": busy["wrong"] + idle["wrong"],
        **wrote,
        "idle_ms": {"p50": ms(idle["seconds"]), "p95": ms(idle["seconds"], 95)},
        "busy_ms": {"p50": ms(busy["seconds"]), "p95": ms(busy["seconds"], 95)},
        "server_mb": {
            "before": grown[0],
            "half": grown[half],
            "end": grown[-1],
            "most": max(grown),
        },
    }


def main() -> None:
    """Fill a store, serve it, measure, print one line."""
    command = parser(__doc__)
    command.add_argument("--seconds", type=float, default=60.0)
    seconds = command.parse_args().seconds
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        with Memory.open(folder / "memory.db", scope=SCOPES[0]) as memory:
            for scope in SCOPES:
                memory.of(scope).ingest_turns(turns(scope, TURNS))
        tokens = tokens_in(folder)
        with served(folder) as (url, process):
            figures = asyncio.run(measured(url, tokens, process, seconds))
        report(bench="server", **figures, load=os.getloadavg()[0], cores=os.cpu_count())


def tokens_in(folder: Path) -> dict[str, str]:
    """Make a token that reads each scope, and one that writes the first; return them by name."""
    file = TokenFile(folder / "graphmem-tokens.json")
    tokens = {name: new_token() for name in (*SCOPES, "writer")}
    for name, token in tokens.items():
        scope, may = (SCOPES[0], "write") if name == "writer" else (name, "read")
        file.add(token, name=name, scopes=[scope], may=may, at=START)
    return tokens


@contextmanager
def served(folder: Path) -> Iterator[tuple[str, int]]:
    """Serve a folder's store; give the URL and the process."""
    options = ["--port", "0", "--store", "memory.db", "--per-minute", "1000000"]
    process = subprocess.Popen(
        [sys.executable, "-m", "graphmem", "serve", *options],
        cwd=folder,
        env={**os.environ, "PYTHONPATH": str(Path(__file__).parent.parent)},
        stdout=subprocess.PIPE,
        text=True,
    )
    assert process.stdout is not None
    try:
        yield process.stdout.readline().removeprefix("serving ").strip(), process.pid
    finally:
        process.send_signal(signal.SIGTERM)
        process.wait(60)
        process.stdout.close()


if __name__ == "__main__":
    main()
