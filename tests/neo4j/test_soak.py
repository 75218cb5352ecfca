"""Many threads at once on two scopes: nothing is lost, doubled or seen by the other scope."""

import time
from contextlib import closing

import pytest

from bench.soak import Soak
from graphmem.graph.neo4j.store import Neo4jStore
from graphmem.testing import standing_clock
from graphmem.testing.records import ENCODER
from tests.neo4j.servers import empty_store, server

pytestmark = pytest.mark.neo4j
SECONDS = 20


def test_ten_threads_on_two_scopes_leave_what_one_fresh_build_would() -> None:
    with closing(empty_store(clock=standing_clock)) as store:
        store.set_encoder(ENCODER)
    one = server()
    soak = Soak(
        lambda: Neo4jStore(one.uri, environment=one.environment), time.monotonic() + SECONDS
    )
    soak.run()
    assert soak.faults == []
    assert min(soak.done[act] for act in ("turns written", "turns deleted", "searches")) > 0
