"""A memory goes to a server and comes back byte for byte, whatever stops it on the way."""

import os
import signal
import time
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest

from graphmem.contracts import GraphStore
from graphmem.graph import dump
from graphmem.graph.neo4j.store import Neo4jStore
from graphmem.graph.transfer import stream
from graphmem.graph.transfer.move import copy
from graphmem.registry import open_store
from graphmem.testing import standing_clock
from graphmem.testing.records import ANA, ENCODER, batch_of, change, filled, turn
from tests.neo4j.servers import empty_store, server

pytestmark = pytest.mark.neo4j
TURNS = 400


def test_all_there_is_goes_there_and_back(tmp_path: Path) -> None:
    source, last = filled(open_store(tmp_path / "a.db")), open_store(tmp_path / "b.db")
    with closing(source), closing(last), closing(empty_store(clock=standing_clock)) as between:
        moved = copy(source, between)
        assert copy(between, last).records == moved.records
        assert moved.records["tombstone"] == 1
        for store in (between, last):
            assert list(dump(store)) == list(dump(source))
            for kind in ("note", "change", "tombstone"):
                assert list(store.scan(kind, ANA)) == list(source.scan(kind, ANA))


def on_server() -> GraphStore:
    return Neo4jStore(server().uri, environment=server().environment)


def killed(source: Callable[[], GraphStore], target: Callable[[], GraphStore]) -> int:
    """Copy in a child process that is killed while it writes; return what it had written."""
    child = os.fork()
    if child == 0:
        with closing(source()) as left, closing(target()) as right:
            copy(left, right)
        os._exit(0)
    with closing(target()) as watched:
        while (count := watched.stats(ANA)["note"]) == 0:
            time.sleep(0.02)
    os.kill(child, signal.SIGKILL)
    assert os.WIFSIGNALED(os.waitpid(child, 0)[1])
    return count


def test_a_copy_that_is_killed_both_ways_goes_on(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(stream, "CHUNK_ITEMS", 10)
    first, last = tmp_path / "a.db", tmp_path / "b.db"
    with closing(open_store(first)) as store:
        store.set_encoder(ENCODER)
        turns = [turn(i, name=f"s{i % 7}") for i in range(TURNS)]
        store.write(batch_of(*turns))
        store.apply([change(one.note, "tags", (str(i),), n=i) for i, one in enumerate(turns[:9])])
        expected = list(dump(store))
    empty_store(clock=standing_clock).close()
    ways = [(lambda: open_store(first), on_server), (on_server, lambda: open_store(last))]
    for source, target in ways:
        assert 0 < killed(source, target) < TURNS
        with closing(source()) as left, closing(target()) as right:
            assert copy(left, right).known > 0
            assert list(dump(right)) == expected
