"""What every graph store promises, for each of graphmem's own."""

from pathlib import Path

import pytest

from graphmem.reading import ImportLog
from graphmem.registry import BUILT_IN
from graphmem.testing import StoreContract
from tests.contract import stores
from tests.contract.watched import WatchedContract

MADE_BY = {"ram": stores.ram, "sqlite": stores.sqlite, "neo4j": stores.neo4j}


class TestRam(StoreContract):
    new_store = staticmethod(stores.ram)
    histories = 60


class TestSqlite(WatchedContract, StoreContract):
    new_store = staticmethod(stores.sqlite)


@pytest.mark.neo4j
class TestNeo4j(WatchedContract, StoreContract):
    new_store = staticmethod(stores.neo4j)
    changes_stand_in_the_row = True
    test_any_history_ends_in_what_a_fresh_build_gives = None  # see tests/neo4j/test_machine.py


@pytest.mark.parametrize("name", ["ram", "sqlite"])
def test_own_stores_keep_what_their_imports_did(name: str, tmp_path: Path) -> None:
    opened = MADE_BY[name](tmp_path, 0)
    assert isinstance(opened, ImportLog)
    opened.close()


def test_every_registered_store_runs_the_contract() -> None:
    schemes = {name.replace("bolt", "neo4j").partition("+")[0] for name in BUILT_IN["store"]}
    assert schemes == set(MADE_BY)
