"""Empty stores of every kind, for the tests that specify a store."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from graphmem.contracts import GraphStore
from graphmem.registry import open_store
from tests.conftest import standing_clock
from tests.contract.store_data import ENCODER
from tests.neo4j import servers

STORES = ("ram", "sqlite")
"""The kinds that a test opens as many of as it likes."""
Opener = Callable[[], GraphStore]


def opened(kind: str, folder: Path, number: int) -> GraphStore:
    """Open the `number`th new store of a kind, with an encoder recorded.

    A Neo4j store is a whole server: the first is one, those it is held to are in RAM.
    """
    if kind == "neo4j" and number == 0:
        store: GraphStore = servers.empty_store(clock=standing_clock)
    else:
        url = str(folder / f"{number}.db") if kind == "sqlite" else "ram:"
        store = open_store(url, clock=standing_clock)
    store.set_encoder(ENCODER)
    return store


@pytest.fixture(params=[*STORES, pytest.param("neo4j", marks=pytest.mark.neo4j)])
def opener(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Opener]:
    """Open new stores of one kind; all are closed at the end."""
    made: list[GraphStore] = []

    def open_another() -> GraphStore:
        made.append(opened(request.param, tmp_path, len(made)))
        return made[-1]

    yield open_another
    for store in made:
        store.close()


@pytest.fixture
def store(opener: Opener) -> GraphStore:
    return opener()
