"""A server that dies in the middle of an ingest and comes back: nothing is lost or doubled."""

from collections.abc import Iterator
from contextlib import closing
from threading import Event, Thread

import pytest

import graphmem.ingest
from graphmem.graph import dump
from graphmem.ingest import Turn
from graphmem.memory import Memory
from graphmem.registry import open_encoder, open_extractor, open_store
from graphmem.testing import standing_clock
from graphmem.types import Scope
from tests.neo4j.servers import empty_store, started
from tests.property.test_guarantees import START

pytestmark = pytest.mark.neo4j
TURNS = 120
KILLED_AT = 60


def turns(reached: Event) -> Iterator[Turn]:
    """Yield turns of several sessions; tell when the server is to be killed."""
    for i in range(TURNS):
        if i == KILLED_AT:
            reached.set()
        yield Turn(
            collection="",
            session=f"s{i // 40}",
            source_id=f"D{i}",
            speaker=("Ana", "Ben")[i % 2],
            text=f"Turn {i}: we met {('Maria', 'Omar', 'Ivan')[i % 3]} in Porto last week.",
            said_at=START,
            where=f"made:{i}",
        )


def test_an_ingest_goes_on_when_a_killed_server_is_back(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(graphmem.ingest, "EPISODES_PER_WRITE", 20)
    server = started()
    store = empty_store(clock=standing_clock)
    reached = Event()
    failures: list[Exception] = []
    with closing(memory_in(store)) as memory, closing(memory_in(open_store("ram:"))) as clean:

        def ingest() -> None:
            try:
                memory.ingest_turns(turns(reached))
            except Exception as error:  # noqa: BLE001 - told to the test's own thread
                failures.append(error)

        thread = Thread(target=ingest)
        thread.start()
        assert reached.wait(120)
        server.kill()
        assert thread.is_alive()
        server.start()
        thread.join(180)
        assert not thread.is_alive()
        assert failures == []
        clean.ingest_turns(turns(Event()))
        assert list(dump(store)) == list(dump(clean.store))


def memory_in(store: object) -> Memory:
    return Memory(
        store,  # type: ignore[arg-type]
        Scope("ana"),
        encoder=open_encoder("rules"),
        extractor=open_extractor("rules"),
        clock=standing_clock,
    )
