"""The ingest flow on a cluster of two processes: the same store as without one."""

from importlib.util import find_spec

import pytest

from graphmem import Memory
from tests.flows.conftest import Server
from tests.flows.test_server import dumped

pytestmark = [pytest.mark.flows, pytest.mark.timeout(600)]


def test_the_ingest_flow_on_two_processes_makes_the_same_store(server: Server) -> None:
    if find_spec("prefect_dask") is None:
        pytest.skip("needs the extra `dask`: pip install 'graphmem[dask]'")
    ran = server.run("tests.flows.on_dask", "inbox", "dask.db")
    assert ran.returncode == 0, ran.stderr[-3000:]
    with Memory.open(server.folder / "one.db", scope="ana") as memory:
        added = memory.ingest(server.folder / "inbox").episodes_added
    assert f"{added} added" in ran.stdout
    assert dumped(server, "dask.db") == dumped(server, "one.db")
