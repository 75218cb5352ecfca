"""Only a store that is a file is backed up as one."""

from contextlib import closing
from pathlib import Path

import pytest

from graphmem.errors import ConfigError
from graphmem.graph import dump
from graphmem.graph.transfer.backup import back_up
from graphmem.registry import open_store
from graphmem.testing.records import filled


def test_a_store_that_is_no_file_names_the_export(tmp_path: Path) -> None:
    with pytest.raises(ConfigError, match="graphmem store export FILE"):
        back_up(filled(open_store("ram:")), tmp_path / "backup.db")
    assert not list(tmp_path.iterdir())


def test_a_backup_opens_as_a_store(tmp_path: Path) -> None:
    with closing(open_store(tmp_path / "memory.db")) as store:
        filled(store)
        counts = back_up(store, tmp_path / "backup.db")
        before = list(dump(store))
    assert counts["tombstone"] == 1
    with closing(open_store(tmp_path / "backup.db")) as copy:
        assert list(dump(copy)) == before
