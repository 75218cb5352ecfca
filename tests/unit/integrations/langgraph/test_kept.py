"""What was read of a scope is kept until it is written, and no longer than is room."""

import pytest

pytest.importorskip("langgraph", reason="needs the extra `langgraph`")

from graphmem.integrations.langgraph import kept
from graphmem.integrations.langgraph.kept import Kept


class Reader:
    def __init__(self):
        self.times = 0

    def __call__(self):
        self.times += 1
        return [self.times]


@pytest.fixture
def reader():
    return Reader()


def test_a_scope_is_read_once_until_it_is_written(memory, reader):
    found = Kept(memory.store)
    assert found.of("ana", reader) == found.of("ana", reader) == [1]
    memory.of("ben").add("Ben mended the gate.")
    assert found.of("ana", reader) == [1]
    memory.add("Ana mended the gate.")
    assert found.of("ana", reader) == [2]


def test_what_is_dropped_is_read_again(memory, reader):
    found = Kept(memory.store)
    found.of("ana", reader)
    found.drop("ana")
    found.drop("nobody")
    assert found.of("ana", reader) == [2]


def test_the_scope_that_was_asked_for_longest_ago_goes_first(memory, reader, monkeypatch):
    monkeypatch.setattr(kept, "MOST", 2)
    for name in ("a", "b"):
        memory.of(name).add("A gate.")
    found = Kept(memory.store)
    for name in ("a", "b", "a", "ana"):
        found.of(name, reader)
    assert reader.times == 3
    found.of("a", reader)
    assert reader.times == 3
    found.of("b", reader)
    assert reader.times == 4
