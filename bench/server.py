"""The server under load: 32 clients for a minute while one writes, and one client alone before.

    python -m bench.server --seconds 60 --pause 1

The server is a process of its own on loopback with a store of 2,000 turns in 8 scopes. Each client
has the token of one scope, searches without pause and looks at every answer: a word of another
scope in it, or none of its own, is a wrong scope. Then as long again the same clients each pause
between two questions, as people and agents do. Three JSON lines: `idle` (one client), `crowd` and
`paced`.

`wait_ms` is what a search waited in the server for a thread, of `ms`, which the client waited.
`server_cpu_ms` and `client_cpu_ms` are the processor's time an answer on either side, the writer's
in them: clients that never pause keep every core busy, so n of them wait at least for n times the
server's, shared by the cores that the clients leave it, however it is programmed.
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


async def clients(
    url: str, tokens: dict[str, str], n: int, seconds: float, pause: float
) -> dict[str, Any]:
    """Have n clients search for some seconds, each with pauses; return what was seen."""
    seen: dict[str, Any] = {"seconds": [], "statuses": [], "wrong": 0}
    until = time.perf_counter() + seconds

    async def one(at: int) -> None:
        scope = SCOPES[at % len(SCOPES)]
        headers = {"Authorization": f"Bearer {tokens[scope]}"}
        async with httpx2.AsyncClient(base_url=url, headers=headers, timeout=120) as client:
            asked = at
            await asyncio.sleep(pause * at / n)  # not all at once
            while time.perf_counter() < until:
                await search(client, scope, asked, seen)
                asked += 1
                await asyncio.sleep(pause)

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


class Stage:
    """One stage of the bench: who asks, for how long, beside whom, and what is read of it."""

    def __init__(self, url: str, tokens: dict[str, str], process: int) -> None:
        self._url, self._tokens, self._process = url, tokens, process

    async def run(self, name: str, n: int, seconds: float, pause: float, *, writes: bool) -> float:
        """Run a stage and report it; return the p95 of a search in milliseconds."""
        before, waits = (_cpu_of(self._process), time.process_time()), await self._waits()
        grown, wrote = [memory_of(self._process)], {"written": 0, "write_errors": 0}

        async def watch() -> None:
            for _ in range(int(seconds)):
                await asyncio.sleep(1)
                grown.append(memory_of(self._process))

        others = [watch()]
        asking = clients(self._url, self._tokens, n, seconds, pause)
        if writes:
            wrote, seen, _ = await asyncio.gather(
                write(self._url, self._tokens["writer"], seconds), asking, *others
            )
        else:
            seen, _ = await asyncio.gather(asking, *others)
        server, own = _cpu_of(self._process) - before[0], time.process_time() - before[1]
        answers = len(seen["statuses"]) + wrote["written"]
        waited = [now - then for now, then in zip(await self._waits(), waits, strict=True)]
        report(
            bench="server", stage=name, clients=n, seconds=seconds, pause=pause,
            requests=len(seen["statuses"]),
            errors=sum(status != 200 for status in seen["statuses"]),
            wrong_scopes=seen["wrong"], **wrote,
            ms={"p50": ms(seen["seconds"]), "p95": ms(seen["seconds"], 95)},
            wait_ms=round(1_000 * waited[1] / max(waited[0], 1), 2),
            server_cpu_ms=round(1_000 * server / answers, 2),
            client_cpu_ms=round(1_000 * own / answers, 2),
            server_mb={"before": grown[0], "half": grown[len(grown) // 2], "end": grown[-1],
                       "most": max(grown)},
            load=round(os.getloadavg()[0], 1), cores=os.cpu_count(),
        )  # fmt: skip
        return ms(seen["seconds"], 95)

    async def _waits(self) -> tuple[float, float]:
        """Return how many readings of the server were begun, and the seconds that they waited."""
        headers = {"Authorization": f"Bearer {self._tokens['metrics']}"}
        async with httpx2.AsyncClient(base_url=self._url, headers=headers) as client:
            told = (await client.get("/metrics")).text
        found = dict(re.findall(r'graphmem_wait_seconds_(\w+)\{right="read"\} (\S+)', told))
        return float(found.get("count", 0)), float(found.get("sum", 0))


def _cpu_of(process: int) -> float:
    """Return the seconds that a process has had of the processor."""
    fields = Path(f"/proc/{process}/stat").read_text("utf-8").rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


async def measured(stage: Stage, seconds: float, pause: float) -> None:
    """Report one client alone, then all with a writer beside them, without and with pauses."""
    idle = await stage.run("idle", 1, IDLE_SECONDS, 0, writes=False)
    crowd = await stage.run("crowd", CLIENTS, seconds, 0, writes=True)
    paced = await stage.run("paced", CLIENTS, seconds, pause, writes=True)
    report(bench="server", p95_over_idle={
        "crowd": round(crowd / idle, 1), "paced": round(paced / idle, 1)
    })  # fmt: skip


def main() -> None:
    """Fill a store, serve it, measure, print a line a stage."""
    command = parser(__doc__)
    command.add_argument("--seconds", type=float, default=60.0)
    command.add_argument("--pause", type=float, default=1.0, help="seconds between two questions")
    given = command.parse_args()
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        with Memory.open(folder / "memory.db", scope=SCOPES[0]) as memory:
            for scope in SCOPES:
                memory.of(scope).ingest_turns(turns(scope, TURNS))
        tokens = tokens_in(folder)
        with served(folder) as (url, process):
            asyncio.run(clients(url, tokens, len(SCOPES), 3, 0))  # each scope is read once
            asyncio.run(measured(Stage(url, tokens, process), given.seconds, given.pause))


def tokens_in(folder: Path) -> dict[str, str]:
    """Make a token that reads each scope, one that writes the first, one for metrics, by name."""
    file = TokenFile(folder / "graphmem-tokens.json")
    rights = {**dict.fromkeys(SCOPES, "read"), "writer": "write", "metrics": "metrics"}
    tokens = {name: new_token() for name in rights}
    for name, may in rights.items():
        scopes = {"writer": [SCOPES[0]], "metrics": []}.get(name, [name])
        file.add(tokens[name], name=name, scopes=scopes, may=may, at=START)
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
