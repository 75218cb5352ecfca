"""A refresh finds the few sessions that were written among all, by what stands in the file."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from graphmem import Memory
from graphmem.arrays import GraphSnapshot
from graphmem.graph.sqlite import snapshot as read


@pytest.fixture
def memory(tmp_path: Path) -> Iterator[Memory]:
    with Memory.open(tmp_path / "m.db", scope="ana", encoder="rules", index="memory") as memory:
        for name in ("pine", "oak", "elm", "ash"):
            memory.add(f"I saw one {name} today.", speaker="Ana", session=name)
        yield memory


def snapshot(memory: Memory, previous: GraphSnapshot | None = None) -> GraphSnapshot:
    return memory.store.snapshot([memory.scope.key], None, previous=previous)


def assert_refreshed(memory: Memory, last: GraphSnapshot) -> GraphSnapshot:
    now, anew = snapshot(memory, last), snapshot(memory)
    assert list(now.texts) == list(anew.texts)
    assert now.session.tolist() == anew.session.tolist()
    assert now.is_memo is not None
    assert anew.is_memo is not None
    assert now.is_memo.tolist() == anew.is_memo.tolist()
    return now


def test_turns_of_old_and_new_sessions_need_no_list_of_all(
    memory: Memory, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_: object) -> None:
        raise AssertionError("all sessions were read")

    last = snapshot(memory)
    with monkeypatch.context() as patch:
        patch.setattr(read, "_sessions", refuse)
        for at, session in enumerate(["oak", "fir", "yew", "oak", "fir", None]):
            memory.add(f"There are {at} of them.", speaker="Ben", session=session)
            last = snapshot(memory, last)
    assert len(last.texts) == 10
    memory.add("It rains.", session="ash")
    assert_refreshed(memory, last)


def test_a_session_that_got_the_number_of_one_that_is_gone_stands_in_its_own_place(
    memory: Memory,
) -> None:
    last = snapshot(memory)
    for gone, new in [("ash", "box"), ("box", "lime"), ("lime", "teak"), ("teak", "alder")]:
        memory.delete_session(gone)
        memory.add(f"I saw one {new} today.", speaker="Ana", session=new)
        last = assert_refreshed(memory, last)


def test_sessions_that_are_gone_leave_the_others_where_they_stand(memory: Memory) -> None:
    last = snapshot(memory)
    memory.delete_session("oak")
    last = assert_refreshed(memory, last)
    memory.add("It rains.", session="pine")
    memory.delete_session("elm")
    assert_refreshed(memory, last)
