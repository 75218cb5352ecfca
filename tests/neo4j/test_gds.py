"""PageRank by Graph Data Science, on a server that may lack it.

Where it is there, the contract of rankers runs on it: GRAPHMEM_TEST_NEO4J_URI of such a server.
"""

import pytest

from graphmem.errors import ConfigError, StoreError
from graphmem.graph.neo4j import gds
from graphmem.graph.neo4j.connect import connect
from tests.neo4j.servers import server


@pytest.fixture
def ask():
    one = connect(server().uri, environment=server().environment)
    with one.driver:
        ask = gds.asker(one)
        if ask(gds.INSTALLED, {}) != [[0]]:
            pytest.skip("this server has Graph Data Science")
        yield ask


@pytest.mark.neo4j
def test_a_server_without_the_library_is_an_error_that_says_what_to_do(ask) -> None:
    with pytest.raises(ConfigError, match=r"no Graph Data Science.*plugins folder"):
        gds.GdsRanker(server().uri, environment=server().environment)


@pytest.mark.neo4j
@pytest.mark.parametrize("statement", [gds.PROJECT, gds.RANK, gds.DROP])
def test_the_statements_are_cypher_that_misses_the_library_alone(ask, statement) -> None:
    with pytest.raises(
        StoreError, match=r"(Unknown function 'gds\.|procedure with the name `gds\.)"
    ):
        ask(f"EXPLAIN {statement}", {})
