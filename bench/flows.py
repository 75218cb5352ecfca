"""What a Prefect flow adds to the plain call: 20,000 turns in 200 files. One JSON line.

python -m bench.flows     # needs the extra `flows`; the start of its server is left out
python -m bench.flows --turns 4000 --files 40 --rounds 1
"""

import json
import os
import socket
import statistics
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

from bench.harness import parser, report
from bench.invented import invented_turns
from graphmem.graph import dump
from graphmem.memory import Memory
from graphmem.registry import open_store

SCOPE = "bench"


def main() -> None:
    """Read the command line, and report."""
    arguments = parser(__doc__)
    arguments.add_argument("--turns", type=int, default=20_000)
    arguments.add_argument("--files", type=int, default=200)
    arguments.add_argument("--rounds", type=int, default=3)
    given = arguments.parse_args()
    with tempfile.TemporaryDirectory(prefix="graphmem-bench-") as made, served(Path(made)):
        folder, rows = Path(made) / "talks", []
        write_files(folder, given.turns, given.files)
        run_flow(folder, Path(made) / "warm.db")
        for number in range(given.rounds):
            plain, flow = (Path(made) / f"{kind}{number}.db" for kind in ("plain", "flow"))
            began = time.perf_counter()
            run_plain(folder, plain)
            middle = time.perf_counter()
            run_flow(folder, flow)
            rows.append((middle - began, time.perf_counter() - middle))
            assert dumped(plain) == dumped(flow), "faster is worthless when it is another store"
    report(
        bench="flows",
        turns=given.turns,
        files=given.files,
        plain_seconds=round(statistics.median(plain for plain, _ in rows), 2),
        flow_seconds=round(statistics.median(flow for _, flow in rows), 2),
        times_plain=round(statistics.median(flow / plain for plain, flow in rows), 3),
    )


def write_files(folder: Path, turns: int, files: int) -> None:
    """Write the turns, sessions whole, into so many files of JSON lines."""
    folder.mkdir()
    lines = [
        json.dumps(
            {
                "session": turn.session,
                "id": turn.source_id,
                "speaker": turn.speaker,
                "text": turn.text,
                "said_at": turn.said_at and turn.said_at.isoformat(),
            }
        )
        for turn in invented_turns(turns)
    ]
    size = -(-len(lines) // files)
    for number in range(files):
        part = lines[number * size : (number + 1) * size]
        (folder / f"{number:04d}.jsonl").write_text("\n".join(part) + "\n")


def run_plain(folder: Path, store: Path) -> None:
    """Ingest by the call that the command makes."""
    with Memory.open(store, scope=SCOPE) as memory:
        memory.ingest(folder)


def run_flow(folder: Path, store: Path) -> None:
    """Ingest by one run of the flow."""
    from flows.ingest import ingest_folder
    from flows.parameters import Place

    ingest_folder(folder, place=Place(store=str(store), scope=SCOPE))


def dumped(path: Path) -> list[str]:
    """Return what a store holds."""
    with closing(open_store(path, must_exist=True)) as store:
        return list(dump(store))


@contextmanager
def served(home: Path) -> Iterator[None]:
    """Have a Prefect server on loopback while it lasts; tell this process's Prefect of it."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    os.environ.update(
        PREFECT_HOME=str(home / "prefect"),
        PREFECT_API_URL=f"http://127.0.0.1:{port}/api",
        PREFECT_SERVER_ANALYTICS_ENABLED="false",
        DO_NOT_TRACK="1",
        PREFECT_LOGGING_LEVEL="ERROR",
    )
    command = ("prefect", "server", "start", "--host", "127.0.0.1", "--port", str(port), "--no-ui")
    with subprocess.Popen(
        [sys.executable, "-m", *command], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    ) as server:
        try:
            wait_for(f"http://127.0.0.1:{port}/api/health")
            yield
        finally:
            server.terminate()


def wait_for(url: str) -> None:
    """Return when a server answers; TimeoutError after three minutes."""
    for _ in range(360):
        try:
            with urllib.request.urlopen(url, timeout=5):
                return
        except (urllib.error.URLError, ConnectionError):
            time.sleep(0.5)
    raise TimeoutError(f"{url} does not answer")


if __name__ == "__main__":
    main()
