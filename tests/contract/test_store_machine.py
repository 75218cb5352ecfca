"""The store machine, run on every kind of store."""

from hypothesis import settings

from tests.contract.store_machine import StoreMachine


class SqliteMachine(StoreMachine):
    kind = "sqlite"


TestRamMachine = StoreMachine.TestCase
TestRamMachine.settings = settings(max_examples=60, stateful_step_count=15)
TestSqliteMachine = SqliteMachine.TestCase
TestSqliteMachine.settings = settings(max_examples=15, stateful_step_count=15)
