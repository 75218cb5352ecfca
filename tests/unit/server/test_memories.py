"""The memories of one store by scope."""

from graphmem.server import Memories
from graphmem.types import ScopeKey
from tests.unit.server.notes import told

ANA, BEN = ScopeKey("ana"), ScopeKey("ben")


def test_each_scope_has_its_own_memory_of_one_store(memories: Memories) -> None:
    assert told(memories.of(ANA)) == ["Ana keeps bees."]
    assert told(memories.of(BEN)) == ["Ben keeps goats."]
    assert memories.of(ANA).store is memories.of(BEN).store
    assert memories.of(BEN) is memories.of(BEN)


def test_so_many_are_kept_and_no_more(memories: Memories) -> None:
    few = Memories(memories.of(ANA), most=2)
    first = few.of(BEN)
    for name in ("c", "d", "e"):
        assert told(few.of(ScopeKey(name))) == []
    assert few.of(BEN) is not first
    assert told(few.of(BEN)) == ["Ben keeps goats."]


def test_the_counts_are_those_of_all_scopes(memories: Memories) -> None:
    assert memories.counts()["episode"] == 2
    assert "bytes" not in memories.counts()
