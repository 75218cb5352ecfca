"""Only a store that is a file is backed up as one."""

from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path

import pytest

from graphmem.errors import ConfigError
from graphmem.graph import dump
from graphmem.graph.transfer.backup import back_up, keep_backup
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


def test_the_newest_backups_are_kept_and_nothing_else_of_the_folder_is_touched(
    tmp_path: Path,
) -> None:
    folder = tmp_path / "backups"
    folder.mkdir()
    (folder / "graphmem-notes.db").write_text("mine")
    with closing(open_store(tmp_path / "memory.db")) as store:
        filled(store)
        kept = [
            keep_backup(store, folder, now=datetime(2025, 3, day, tzinfo=UTC), keep=2)
            for day in (1, 2, 3)
        ]
    assert [len(each.removed) for each in kept] == [0, 0, 1]
    assert sorted(path.name for path in folder.iterdir()) == [
        "graphmem-20250302T000000Z.db",
        "graphmem-20250303T000000Z.db",
        "graphmem-notes.db",
    ]


def test_a_store_that_is_no_file_is_exported(tmp_path: Path) -> None:
    kept = keep_backup(
        filled(open_store("ram:")),
        tmp_path / "backups",
        now=datetime(2025, 3, 1, tzinfo=UTC),
        keep=1,
    )
    assert kept.file.name == "graphmem-20250301T000000Z.jsonl"
    assert kept.records["note"] > 0
    assert kept.file.stat().st_size > 0
