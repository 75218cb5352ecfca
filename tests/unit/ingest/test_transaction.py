"""What was planned ahead is written only if the scope is still as it was when it was planned."""

import pytest

from graphmem.batches import Batch
from graphmem.contracts import GraphStore
from graphmem.errors import StoreBusyError, StoreError
from graphmem.ingest.transaction import in_one_transaction
from graphmem.registry import open_store
from graphmem.testing.records import ANA, BEN, turn


class Counting:
    """Plans how many episodes there are; before the first plan is returned, something happens."""

    def __init__(self, store: GraphStore, meanwhile: Batch | None = None) -> None:
        self.store, self.meanwhile = store, meanwhile
        self.made: list[int] = []

    def __call__(self) -> int:
        self.made.append(self.store.stats(ANA)["episode"])
        meanwhile, self.meanwhile = self.meanwhile, None
        if meanwhile is not None:
            self.store.write(meanwhile)
        return self.made[-1]


@pytest.fixture
def store() -> GraphStore:
    return open_store("ram:")


def bare(i: int, **where: object) -> Batch:
    one = turn(i, **where)
    return Batch(scope=one.episode.scope, sessions=(one.session,), episodes=(one.episode,))


def test_a_plan_is_made_once_while_nobody_writes(store: GraphStore) -> None:
    plan = Counting(store)
    assert in_one_transaction(store, ANA, plan=plan, write=lambda n: n + 10) == (0, 10)
    assert plan.made == [0]


def test_a_plan_is_made_again_if_its_scope_was_written_meanwhile(store: GraphStore) -> None:
    plan = Counting(store, bare(1))
    assert in_one_transaction(store, ANA, plan=plan, write=lambda n: n + 10) == (1, 11)
    assert plan.made == [0, 1]


def test_another_scopes_writes_do_not_matter(store: GraphStore) -> None:
    plan = Counting(store, bare(1, scope=BEN))
    assert in_one_transaction(store, ANA, plan=plan, write=str) == (0, "0")
    assert plan.made == [0]


def test_a_record_that_went_away_meanwhile_is_planned_without(store: GraphStore) -> None:
    tries: list[str] = []

    def plan() -> str:
        tries.append("read")
        if len(tries) == 1:
            store.write(bare(1))
            raise LookupError("gone between two reads")
        return "planned"

    assert in_one_transaction(store, ANA, plan=plan, write=str.upper) == ("planned", "PLANNED")


@pytest.mark.parametrize("error", [StoreError("broken"), KeyError("absent")])
def test_an_error_is_the_callers_if_nobody_wrote(store: GraphStore, error: Exception) -> None:
    tries: list[str] = []

    def plan() -> str:
        tries.append("read")
        raise error

    with pytest.raises(type(error), match=r"broken|absent"):
        in_one_transaction(store, ANA, plan=plan, write=str)
    assert tries == ["read"]


def test_other_errors_are_never_tried_again(store: GraphStore) -> None:
    tries: list[str] = []

    def plan() -> str:
        tries.append("read")
        store.write(bare(1))
        raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        in_one_transaction(store, ANA, plan=plan, write=str)
    assert tries == ["read"]


def test_a_write_that_fails_leaves_nothing(store: GraphStore) -> None:
    def write(_: int) -> None:
        store.write(bare(1))
        raise StoreBusyError("later")

    with pytest.raises(StoreBusyError):
        in_one_transaction(store, ANA, plan=Counting(store), write=write)
    assert store.stats(ANA)["episode"] == 0
