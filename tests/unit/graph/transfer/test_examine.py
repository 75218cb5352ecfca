"""A store that is well gives no finding, whichever kind it is."""

from contextlib import closing
from pathlib import Path

from graphmem.graph.transfer.examine import examine
from graphmem.registry import open_store
from graphmem.testing.records import filled


def test_a_sound_store_of_each_kind_is_found_well(tmp_path: Path) -> None:
    for url in ("ram:", str(tmp_path / "memory.db")):
        with closing(open_store(url)) as store:
            assert examine(filled(store), full=True) == []


def test_an_empty_store_is_well(tmp_path: Path) -> None:
    with closing(open_store(tmp_path / "memory.db")) as store:
        assert examine(store) == []
