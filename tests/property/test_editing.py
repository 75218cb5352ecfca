"""Any sequence of a person's acts ends as the same sequence without what was undone or deleted."""

from pathlib import Path

from hypothesis import HealthCheck, settings

from graphmem.contracts import GraphStore
from graphmem.registry import open_store
from graphmem.testing import standing_clock
from tests.property.editing import EditingMachine


class SqliteEditingMachine(EditingMachine):
    """The tested store is a file."""

    def new_store(self, folder: Path, number: int) -> GraphStore:
        """Return a file as the first store, those it is held to in memory."""
        place = folder / "0.db" if number == 0 else "ram:"
        return open_store(place, clock=standing_clock)


TestEditingInMemory = EditingMachine.TestCase
TestEditingInMemory.settings = settings(
    max_examples=25, stateful_step_count=14, suppress_health_check=list(HealthCheck)
)
TestEditingInAFile = SqliteEditingMachine.TestCase
TestEditingInAFile.settings = settings(
    max_examples=12, stateful_step_count=14, suppress_health_check=list(HealthCheck)
)
