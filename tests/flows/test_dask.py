"""The ingest flow on a cluster of two processes: the same store as without one."""

from contextlib import closing
from importlib.util import find_spec

import pytest

from graphmem import Memory
from graphmem.graph import dump
from graphmem.testing import standing_clock
from tests.flows.conftest import Server
from tests.flows.test_server import dumped
from tests.neo4j import servers as neo4j

pytestmark = [pytest.mark.flows, pytest.mark.timeout(600)]


@pytest.fixture(autouse=True)
def _dask() -> None:
    if find_spec("prefect_dask") is None:
        pytest.skip("needs the extra `dask`: pip install 'graphmem[dask]'")


def test_the_ingest_flow_on_two_processes_makes_the_same_store(server: Server) -> None:
    ran = server.run("tests.flows.on_dask", "inbox", "dask.db")
    assert ran.returncode == 0, ran.stderr[-3000:]
    with Memory.open(server.folder / "one.db", scope="ana") as memory:
        added = memory.ingest(server.folder / "inbox").episodes_added
    assert f"{added} added, 2 processes" in ran.stdout
    assert dumped(server, "dask.db") == dumped(server, "one.db")


@pytest.mark.slow
@pytest.mark.neo4j
def test_many_machines_fill_a_store_on_a_server(server: Server) -> None:
    folder = "inbox/dialogues"
    with closing(neo4j.empty_store(clock=standing_clock)) as store:
        one = neo4j.server()
        ran = server.run("tests.flows.on_dask", folder, one.uri, **one.environment)
        assert ran.returncode == 0, ran.stderr[-3000:]
        assert "2 processes" in ran.stdout
        filled = list(dump(store))
    with Memory.open(server.folder / "plain-dialogues.db", scope="ana") as memory:
        memory.ingest(server.folder / folder)
        assert filled == list(dump(memory.store))
