"""A person's acts on a server's memory, against fresh ones in memory: equal dumps after each."""

import pytest
from hypothesis import HealthCheck, settings
from hypothesis.stateful import invariant

from graphmem.graph.neo4j.store import Neo4jStore
from graphmem.types import ScopeKey
from tests.contract import stores
from tests.neo4j.picture import faults
from tests.property.editing import EditingMachine


class Neo4jEditingMachine(EditingMachine):
    """What a person did step by step is in Neo4j; the fresh builds it is held to are in RAM."""

    new_store = staticmethod(stores.neo4j)

    @invariant()
    def shows_people_what_the_records_say(self) -> None:
        assert isinstance(self.memory.store, Neo4jStore)
        assert faults(self.memory.store, ScopeKey("ana")) == []


TestNeo4jEditing = pytest.mark.neo4j(Neo4jEditingMachine.TestCase)
TestNeo4jEditing.settings = settings(
    max_examples=5, stateful_step_count=8, suppress_health_check=list(HealthCheck)
)
