"""The store machine on a Neo4j store, against the reference: equal dumps, equal snapshots."""

from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings

from graphmem.contracts import GraphStore
from tests.contract.conftest import opened
from tests.contract.store_machine import StoreMachine
from tests.neo4j.servers import need


class Neo4jMachine(StoreMachine):
    """What was written step by step is in Neo4j; the fresh builds it is held to are in RAM."""

    def open(self) -> GraphStore:
        kind = "neo4j" if self.opened == 0 else "ram"
        self.opened += 1
        return opened(kind, Path(self.folder.name), 0 if kind == "neo4j" else self.opened)


@pytest.mark.neo4j
class TestNeo4jMachine(Neo4jMachine.TestCase):
    settings = settings(
        max_examples=6,
        stateful_step_count=8,
        deadline=None,
        suppress_health_check=list(HealthCheck),
    )

    def runTest(self) -> None:
        need()
        super().runTest()
