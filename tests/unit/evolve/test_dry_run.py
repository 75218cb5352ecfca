"""A dry run gives the outcome of the real thing, on files too, and leaves no trace."""

from contextlib import closing
from pathlib import Path

import pytest

from graphmem.errors import StoreError
from graphmem.evolve.dry_run import in_one_go
from graphmem.graph import dump
from graphmem.registry import open_store
from graphmem.testing.records import ANA, ENCODER, batch_of, change, note_now, turn

ONE = turn(0).note


@pytest.mark.parametrize("place", ["ram:", "memory.db"])
def test_a_dry_run_returns_what_was_done_and_undoes_it(place: str, tmp_path: Path) -> None:
    with closing(open_store(place if place == "ram:" else tmp_path / place)) as store:
        store.set_encoder(ENCODER)
        store.write(batch_of(turn(0)))
        before, token = list(dump(store)), store.version_token(ANA)

        def work() -> str:
            store.apply([change(ONE, "context", "new")])
            return note_now(store, ONE).context

        assert in_one_go(store, work, dry_run=True) == "new"
        assert (list(dump(store)), store.version_token(ANA)) == (before, token)
        assert in_one_go(store, work, dry_run=False) == "new"
        assert note_now(store, ONE).context == "new"


def test_what_the_work_raises_comes_through() -> None:
    with closing(open_store("ram:")) as store:
        store.set_encoder(ENCODER)
        store.write(batch_of(turn(0)))
        with pytest.raises(StoreError, match="never changes"):
            in_one_go(store, lambda: store.apply([change(ONE, "text", "x")]), dry_run=True)
