"""What a page of the explorer costs over a large memory: CPU milliseconds, over HTTP on loopback.

    python -m bench.explore --notes 100000

The memory is read once before, as `graphmem explore` does before it prints its link. Server and
client are one process, so the client's share is in it. One JSON line a page: the first time, and
the median of three more. `as of` is the column that a page asks for itself when it is shown: the
first one of a moment reads the store as it was then.
"""

import asyncio
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory
from time import process_time
from urllib.parse import urlencode

import httpx

from bench.harness import parser, report
from bench.invented import invented_questions, invented_turns
from graphmem.explore import explorer
from graphmem.explore.names import names_of
from graphmem.memory import Memory
from graphmem.server import Access, Grant, Memories, address_of, app_of, bound
from graphmem.server.guard import Limits
from graphmem.server.run import server_of

AGAIN = 3


def main() -> None:
    """Run and print."""
    command = parser(__doc__)
    command.add_argument("--notes", type=int, default=100_000)
    command.add_argument("--store", help="A file that holds them already, in the scope bench.")
    options = command.parse_args()
    with TemporaryDirectory() as folder:
        store = options.store or str(Path(folder) / "memory.db")
        with Memory.open(store, scope="bench") as memory:
            if not options.store:
                memory.ingest_turns(invented_turns(options.notes))
            memory.search("warm", k=1)
            with opened(memory) as client:
                for page, path in paths(memory).items():
                    report(**measured(client, page, path))


def paths(memory: Memory) -> dict[str, str]:
    """Return what is asked for, by its name."""
    (question,) = invented_questions(1)
    asked = {"q": question, "as_of": "2023-06", "side": "then"}
    note = memory.list(limit=1)[0]
    names = names_of(memory).lines
    rare = names_of(memory, part=names[-1].name[:2]).lines[-1]
    return {
        "overview": "/",
        "search": f"/search?{urlencode({'q': question})}",
        "as of": f"/search?{urlencode(asked)}",
        "sessions": "/sessions",
        "session": f"/session/{note.session_id}",
        "names": "/names",
        "names with a part": "/names?part=li",
        f"a name of {names[0].notes} notes": f"/name?id={names[0].id}",
        f"a name of {rare.notes} notes": f"/name?id={rare.id}",
        "note": f"/note/{note.id}",
        "changes": "/changes",
        "review": "/review",
    }


@contextmanager
def opened(memory: Memory) -> Iterator[httpx.Client]:
    """Give a client that has entered the pages of a memory, served on a free port."""
    access = Access()
    grant = Grant(name="bench", scopes=frozenset({memory.scope.key}), may="read")
    parts, limits = [explorer(editable=False)], Limits(seconds=600)
    app = app_of(Memories(memory), access, parts=parts, limits=limits)
    with bound("127.0.0.1", 0) as listening:
        server = server_of(app)
        thread = threading.Thread(target=lambda: asyncio.run(server.serve(sockets=[listening])))
        thread.start()
        try:
            with httpx.Client(base_url=address_of(listening), timeout=600) as client:
                client.get(f"/enter?key={access.invite(grant)}").raise_for_status()
                yield client
        finally:
            server.should_exit = True
            thread.join()


def measured(client: httpx.Client, page: str, path: str) -> dict[str, object]:
    """Return what a page costs the first time and again."""
    first, size = cpu(client, path)
    again = [cpu(client, path)[0] for _ in range(AGAIN)]
    return {
        "bench": "explore",
        "page": page,
        "bytes": size,
        "first_ms": round(1000 * first),
        "again_ms": round(1000 * median(again)),
    }


def cpu(client: httpx.Client, path: str) -> tuple[float, int]:
    """Return the CPU seconds of a page, and its bytes."""
    began = process_time()
    answer = client.get(path)
    took = process_time() - began
    answer.raise_for_status()
    return took, len(answer.content)


if __name__ == "__main__":
    main()
