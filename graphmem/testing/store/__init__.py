"""The store contract: what a graph store must do, as classes of tests."""

from hypothesis import HealthCheck, settings
from hypothesis.stateful import run_state_machine_as_test

from graphmem.contracts import GraphStore
from graphmem.registry import open_store
from graphmem.testing.machine import StoreMachine
from graphmem.testing.records import ANA, ENCODER, batch_of, differences, turn
from graphmem.testing.store.changes import ChangesContract
from graphmem.testing.store.deleting import DeletingContract
from graphmem.testing.store.derived import DerivedContract
from graphmem.testing.store.evolved import EvolvedContract
from graphmem.testing.store.imported import ImportedContract
from graphmem.testing.store.journal import JournalContract
from graphmem.testing.store.refreshed import RefreshContract
from graphmem.testing.store.refusing import RefusingContract
from graphmem.testing.store.scopes import ScopesContract
from graphmem.testing.store.snapshots import SnapshotContract
from graphmem.testing.store.transactions import TransactionContract
from graphmem.testing.store.writing import WritingContract


class StoreContract(
    WritingContract,
    RefusingContract,
    DerivedContract,
    ChangesContract,
    EvolvedContract,
    DeletingContract,
    ScopesContract,
    SnapshotContract,
    RefreshContract,
    TransactionContract,
    ImportedContract,
    JournalContract,
):
    """What every graph store promises: subclass it, say `new_store`, and pytest runs it all.

    An implementation that fails one of these is not a store.
    """

    histories = 15
    """Random histories of writes, changes and deletes that are compared with fresh builds."""

    def test_any_history_ends_in_what_a_fresh_build_gives(self) -> None:
        contract = self

        class Machine(StoreMachine):
            new_store = staticmethod(contract.new_store)

        run_state_machine_as_test(
            Machine,
            settings=settings(
                max_examples=self.histories,
                stateful_step_count=15,
                deadline=None,
                suppress_health_check=list(HealthCheck),
            ),
        )

    def test_its_snapshot_is_the_one_of_the_reference_store(self, store: GraphStore) -> None:
        reference = open_store("ram:")
        reference.set_encoder(ENCODER)
        turns = [turn(i, name=f"s{i % 3}") for i in range(14)]
        for one in (reference, store):
            one.write(batch_of(*turns))
        assert differences(store.snapshot((ANA,), None), reference.snapshot((ANA,), None)) == []
