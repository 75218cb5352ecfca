"""A memory copied from SQLite to Neo4j and back, killed on the way and run again. JSON lines.

python -m bench.neo4j_copy                    # 100,000 notes, four mentions and a vector each
python -m bench.neo4j_copy --notes 10000
"""

import os
import signal
import tempfile
import time
from collections.abc import Callable
from contextlib import closing
from hashlib import blake2b
from pathlib import Path

from bench.harness import parser, report
from bench.neo4j_store import DIM, batches
from graphmem.contracts import GraphStore
from graphmem.graph import dump
from graphmem.graph.neo4j.store import Neo4jStore
from graphmem.graph.transfer.move import copy
from graphmem.registry import open_store
from graphmem.types import EncoderIdentity
from scripts.neo4j_server import Neo4jServer, running


def main() -> None:
    """Copy there and back, each time killed once; compare the dumps."""
    command = parser(__doc__)
    command.add_argument("--notes", type=int, default=100_000)
    command.add_argument("--heap", default="1g")
    command.add_argument("--kill-after", type=float, default=20.0, help="seconds of the first try")
    options = command.parse_args()
    with tempfile.TemporaryDirectory() as folder, running(heap=options.heap) as server:
        first, last = Path(folder) / "first.db", Path(folder) / "last.db"
        with closing(open_store(first)) as store:
            store.set_encoder(EncoderIdentity("bench@1", DIM))
            for batch in batches(options.notes, has_vectors=True):
                store.write(batch)
        there = [
            tried(lambda: copied(open_store(first), opened(server)), options.kill_after),
            measured("there", lambda: copied(open_store(first), opened(server))),
        ]
        back = [
            tried(lambda: copied(opened(server), open_store(last)), options.kill_after),
            measured("back", lambda: copied(opened(server), open_store(last))),
        ]
        report(
            bench="copy", notes=options.notes, there_s=round(sum(there)), back_s=round(sum(back)),
            total_s=round(sum(there) + sum(back)), same_dump=digest(first) == digest(last),
            load=os.getloadavg()[0],
        )  # fmt: skip


def opened(server: Neo4jServer) -> Neo4jStore:
    """Open the server's store."""
    environment = {"NEO4J_USER": server.user, "NEO4J_PASSWORD": server.password}
    return Neo4jStore(server.uri, environment=environment)


def copied(source: GraphStore, target: GraphStore) -> int:
    """Copy and close both; return how many notes were there."""
    with closing(source), closing(target):
        return copy(source, target).known


def tried(call: Callable[[], int], seconds: float) -> float:
    """Run a call in a child process and kill it after a while; return how long it ran."""
    began = time.perf_counter()
    child = os.fork()
    if child == 0:
        call()
        os._exit(0)
    while time.perf_counter() - began < seconds and os.waitpid(child, os.WNOHANG)[0] == 0:
        time.sleep(0.1)
    try:
        os.kill(child, signal.SIGKILL)
        os.waitpid(child, 0)
    except (ProcessLookupError, ChildProcessError):
        report(bench="kill", note="the copy was done before")
    return time.perf_counter() - began


def measured(name: str, call: Callable[[], int]) -> float:
    """Return the seconds of a call, and print them with the CPU seconds of this process."""
    began, cpu = time.perf_counter(), time.process_time()
    known = call()
    took = time.perf_counter() - began
    report(
        bench="copy", way=name, seconds=round(took, 1), known=known,
        client_cpu_s=round(time.process_time() - cpu, 1),
    )  # fmt: skip
    return took


def digest(path: Path) -> str:
    """Return a hash of all that a store says."""
    found = blake2b()
    with closing(open_store(path)) as store:
        for line in dump(store):
            found.update(line.encode())
    return found.hexdigest()


if __name__ == "__main__":
    main()
