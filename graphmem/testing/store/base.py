"""What every part of the store contract needs: new stores of one kind, closed at the end."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from graphmem.contracts import GraphStore
from graphmem.testing.records import ENCODER

Opener = Callable[[], GraphStore]
"""Returns another new, empty store at each call."""


class StoreCase:
    """Tests of one kind of store; `new_store` says how one is made."""

    def new_store(self, folder: Path, number: int) -> GraphStore:
        """Return a new, empty store; the test gives the folder and counts its stores from 0.

        What is stored must not depend on the time: open it with `standing_clock`.
        """
        raise NotImplementedError("the class of tests must say how a new store is made")

    def prepared(self, folder: Path, number: int) -> GraphStore:
        """Return a new store with the encoder of the invented records recorded."""
        store = self.new_store(folder, number)
        store.set_encoder(ENCODER)
        return store

    @pytest.fixture
    def opener(self, tmp_path: Path) -> Iterator[Opener]:
        """Open as many new stores as a test likes; all are closed at the end."""
        made: list[GraphStore] = []

        def open_another() -> GraphStore:
            made.append(self.prepared(tmp_path, len(made)))
            return made[-1]

        yield open_another
        for store in made:
            store.close()

    @pytest.fixture
    def store(self, opener: Opener) -> GraphStore:
        """Return one new store."""
        return opener()
