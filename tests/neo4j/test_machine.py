"""The store machine on a Neo4j store, against the reference: equal dumps, equal snapshots."""

import pytest
from hypothesis import HealthCheck, settings
from hypothesis.stateful import invariant

from graphmem.graph.neo4j.store import Neo4jStore
from graphmem.testing import StoreMachine
from graphmem.testing.records import ANA, BEN
from tests.contract import stores
from tests.neo4j.picture import faults


class Neo4jMachine(StoreMachine):
    """What was written step by step is in Neo4j; the fresh builds it is held to are in RAM."""

    new_store = staticmethod(stores.neo4j)

    @invariant()
    def shows_people_what_the_records_say(self) -> None:
        assert isinstance(self.store, Neo4jStore)
        for scope in (ANA, BEN):
            assert faults(self.store, scope) == []


TestNeo4jMachine = pytest.mark.neo4j(Neo4jMachine.TestCase)
TestNeo4jMachine.settings = settings(
    max_examples=6, stateful_step_count=8, suppress_health_check=list(HealthCheck)
)
