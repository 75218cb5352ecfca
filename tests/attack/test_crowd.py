"""A crowd of threads that search, write, and do both at once: in turns, and none for ever."""

from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest

from graphmem import Memory
from graphmem.asking import readonly
from graphmem.fair_queue import PYTHON
from tests.attack.amount import attacks
from tests.spelled import SpelledEncoder

THREADS = 16
SOON = 120


@pytest.mark.parametrize("place", ["ram:", "orchard.db"])
def test_searches_inside_transactions_beside_writers_and_readers_all_end(tmp_path, place) -> None:
    store = place if place.endswith(":") else tmp_path / place
    with Memory.open(store, scope="ana") as memory:
        for number in range(20):
            memory.add(f"Ana planted pear tree {number} near the mill.", session=f"s{number % 4}")
        question = "Who planted pear trees near the mill?"

        def act(number: int) -> int:
            kind = number % 4
            if kind == 0:
                return len(memory.store.atomically(lambda: memory.search(question)))
            if kind == 1:
                memory.add(f"Ana watered pear tree {number}.", session="water", id=f"w{number % 7}")
            if kind == 2:
                return len(memory.search(question, as_of="2030"))
            return len(memory.search(question)) + memory.count()

        with ThreadPoolExecutor(THREADS) as pool:
            done = [pool.submit(act, number) for number in range(THREADS * attacks(4))]
            assert all(one.result(SOON) > 0 for one in done)
    assert PYTHON._working is None
    assert not PYTHON._waiting


def test_a_search_has_its_turn_until_it_is_done_but_as_it_encodes(monkeypatch) -> None:
    has_turn: dict[str, bool] = {}

    class Watching(SpelledEncoder):
        def encode_tokens(self, texts: list[str]) -> Any:
            has_turn["encoding"] = PYTHON._place is not None
            return super().encode_tokens(texts)

    def hits_across(*given: Any) -> Any:
        has_turn["reading"] = PYTHON._place is not None
        return read(*given)

    read = readonly.hits_across
    monkeypatch.setattr(readonly, "hits_across", hits_across)
    with Memory.open("ram:", scope="ana", encoder=Watching()) as memory:
        memory.add("Ana planted a pear tree.", speaker="Ana")
        assert has_turn == {"encoding": False}
        has_turn.clear()
        assert memory.search("Who planted a tree?")
    assert has_turn == {"encoding": False, "reading": True}
