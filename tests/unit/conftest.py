"""A Java machine in the process of the tests, which can be started once."""

import pytest


@pytest.fixture(scope="session")
def java(tmp_path_factory: pytest.TempPathFactory) -> None:
    """The machine, started."""
    pytest.importorskip("arcadedb_embedded", reason="needs the extra `cypher`: arcadedb-embedded")
    from graphmem.graph.cypher import arcade

    arcade.start(tmp_path_factory.mktemp("java"))
