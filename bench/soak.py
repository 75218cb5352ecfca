"""Ten threads write, delete and search two scopes of one Neo4j store for a while. One JSON line.

    python -m bench.soak --minutes 10

At the end each scope must be what one fresh build of what was written and not deleted gives.
"""

import os
import random
import time
from collections import Counter
from collections.abc import Callable
from contextlib import closing
from dataclasses import dataclass, field
from itertools import count
from pathlib import Path
from threading import Lock, Thread

from bench.harness import parser, report
from bench.neo4j_copy import opened
from graphmem.batches import Batch
from graphmem.contracts import GraphStore
from graphmem.graph import dump
from graphmem.graph.neo4j.store import Neo4jStore
from graphmem.registry import open_store
from graphmem.testing.records import ENCODER, PLACES, SampleTurn, batch_of, turn, vectors
from graphmem.types import EpisodeId, ScopeKey
from scripts.neo4j_server import running

SCOPES = (ScopeKey("ana"), ScopeKey("ben/helper"))
WRITERS, READERS = 3, 2
"""Threads of each kind a scope: ten in all."""
PER_WRITE = 4
REST_SECONDS = 2.0
"""What a thread waits for between two acts, at most."""


@dataclass(slots=True)
class Soak:
    """What was done, what is left to be there, and what went wrong."""

    open: Callable[[], Neo4jStore]
    until: float
    """On the monotonic clock."""
    live: dict[ScopeKey, dict[EpisodeId, SampleTurn]] = field(
        default_factory=lambda: {scope: {} for scope in SCOPES}
    )
    gone: dict[ScopeKey, set[EpisodeId]] = field(
        default_factory=lambda: {scope: set() for scope in SCOPES}
    )
    done: Counter[str] = field(default_factory=Counter)
    faults: list[str] = field(default_factory=list)
    lock: Lock = field(default_factory=Lock)

    def run(self) -> None:
        """Run every thread until the time is up, then hold the scopes to fresh builds."""
        threads = [
            Thread(target=self._guarded, args=(act, scope, number))
            for scope in SCOPES
            for act, n in ((self._write, WRITERS), (self._read, READERS))
            for number in range(n)
        ]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        with closing(self.open()) as store:
            for scope in SCOPES:
                self._check(store, scope)

    def _guarded(self, act: Callable[[ScopeKey, int], None], scope: ScopeKey, number: int) -> None:
        try:
            act(scope, number)
        except Exception as error:  # noqa: BLE001 - a thread that ends is a fault to report
            self.faults.append(f"{act.__name__} {scope}: {type(error).__name__}: {error}")

    def _write(self, scope: ScopeKey, number: int) -> None:
        """Write some turns, some twice, and now and then delete some of one's own."""
        dice, places, own = random.Random(f"{scope}{number}"), count(number * 1_000_000), []
        with closing(self.open()) as store:
            while time.monotonic() < self.until:
                made = [
                    turn(next(places), name=f"s{number}", scope=scope) for _ in range(PER_WRITE)
                ]
                for _ in range(dice.choice((1, 1, 2))):
                    store.write(batch_of(*made, scope=scope))
                own += made
                with self.lock:
                    self.live[scope] |= {one.episode.id: one for one in made}
                    self.done["turns written"] += PER_WRITE
                if dice.random() < 0.3:
                    chosen = [own.pop(dice.randrange(len(own))).episode.id for _ in range(2)]
                    store.delete(chosen, Batch(scope=scope))
                    with self.lock:
                        self.gone[scope].update(chosen)
                        self.done["turns deleted"] += len(chosen)
                        for id_ in chosen:
                            del self.live[scope][id_]
                time.sleep(dice.uniform(0, REST_SECONDS))

    def _read(self, scope: ScopeKey, number: int) -> None:
        """Take snapshots and search the server's index; what comes must be of this scope."""
        dice, snapshot = random.Random(f"{scope}r{number}"), None
        (other,) = set(SCOPES) - {scope}
        with closing(self.open()) as store:
            while time.monotonic() < self.until:
                snapshot = store.snapshot((scope,), None, snapshot)
                near = store.nearest(scope, vectors(dice.choice(PLACES), 1)[0], k=5)
                found = {*snapshot.note_ids, *(id_ for id_, _ in near)}
                with self.lock:
                    self.done["searches"] += 1
                    leaked = found & {one.note.id for one in self.live[other].values()}
                    self.faults += [f"{scope} shows {id_} of {other}" for id_ in leaked]
                time.sleep(dice.uniform(0, REST_SECONDS))

    def _check(self, store: GraphStore, scope: ScopeKey) -> None:
        with closing(open_store("ram:")) as fresh:
            fresh.set_encoder(ENCODER)
            fresh.write(batch_of(*self.live[scope].values(), scope=scope))
            here, there = (
                [line for line in dump(s) if _is_of(scope, line)] for s in (store, fresh)
            )
        if here != there:
            lost, strange = (len(set(a) - set(b)) for a, b in ((there, here), (here, there)))
            self.faults.append(f"{scope}: {lost} records lost, {strange} that should not be there")
        buried = {stone.episode for stone in store.scan("tombstone", scope)}
        if buried != self.gone[scope]:
            self.faults.append(f"{scope}: {len(buried ^ self.gone[scope])} tombstones differ")


def _is_of(scope: ScopeKey, line: str) -> bool:
    return f'"scope":"{scope}"' in line and '"kind":"tombstone"' not in line


def resident_mb(pid: int) -> int:
    """Return the resident memory of a process, 0 where there is no /proc."""
    path = Path(f"/proc/{pid}/statm")
    return int(path.read_text("ascii").split()[1]) * 4096 >> 20 if path.exists() else 0


def main() -> None:
    """Soak a server of its own; watch the memory of this process and of the server."""
    command = parser(__doc__)
    command.add_argument("--minutes", type=float, default=10.0)
    options = command.parse_args()
    with running(heap="512m") as server:
        with closing(opened(server)) as store:
            store.set_encoder(ENCODER)
        soak = Soak(lambda: opened(server), time.monotonic() + 60 * options.minutes)
        watcher = Thread(target=soak.run)
        watcher.start()
        seen: list[tuple[int, int]] = []
        while watcher.is_alive():
            seen.append((resident_mb(os.getpid()), resident_mb(server.pid)))
            watcher.join(5)
        third = len(seen) // 3
        line = {
            "bench": "soak", "minutes": options.minutes, **soak.done, "faults": soak.faults,
            "client_mb": [seen[third][0], seen[-1][0]], "server_mb": [seen[third][1], seen[-1][1]],
            "load": os.getloadavg()[0],
        }  # fmt: skip
        report(**line)


if __name__ == "__main__":
    main()
