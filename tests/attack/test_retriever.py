"""A retriever that many threads ask while one writes: no error, no document of another scope."""

import threading
from concurrent.futures import ThreadPoolExecutor

import pytest

pytest.importorskip("langchain_core", reason="needs the extra `langchain`")

from graphmem import Memory
from graphmem.integrations.langchain import GraphmemRetriever
from tests.attack.amount import attacks

THREADS = 32


@pytest.mark.parametrize("place", ["ram:", "orchard.db"])
def test_many_threads_ask_while_two_scopes_are_written(tmp_path, place) -> None:
    store = place if place.endswith(":") else tmp_path / place
    with Memory.open(store, scope="ana") as memory:
        other = memory.of("ben")
        for number in range(40):
            memory.add(f"Ana planted pear tree {number} near the mill.", session=f"s{number % 4}")
        other.add("Ben planted pear trees near the mill.")
        retriever = GraphmemRetriever(memory=memory)
        asked = threading.Event()

        def write() -> int:
            number = 0
            while not asked.wait(0.01):
                memory.add(f"Ana watered pear tree {number}.", session="water")
                other.add(f"Ben watered pear tree {number} near the mill.")
                number += 1
            return number

        def ask(number: int) -> set[str]:
            found = retriever.invoke(f"Who planted pear tree {number % 40} near the mill?")
            return {document.metadata["scope"] for document in found}

        with ThreadPoolExecutor(THREADS + 1) as pool:
            written = pool.submit(write)
            try:
                scopes = list(pool.map(ask, range(THREADS * attacks(5))))
            finally:
                asked.set()
            assert written.result() > 0
        assert all(found == {"ana"} for found in scopes)
