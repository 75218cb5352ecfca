"""A backup is whole whatever is written meanwhile, and takes nobody's place."""

import os
import signal
import sqlite3
import stat
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from threading import Event, Thread

import pytest

from graphmem.batches import Batch
from graphmem.errors import ConfigError, StoreError, StoreUnavailableError
from graphmem.graph import dump
from graphmem.graph.sqlite import backup
from graphmem.graph.sqlite.store import SqliteStore
from graphmem.testing.records import ANA, batch_of, filled, turn


@pytest.fixture
def store(tmp_path: Path) -> Iterator[SqliteStore]:
    with closing(SqliteStore(tmp_path / "memory.db")) as opened:
        filled(opened)
        yield opened


def test_a_backup_of_an_open_store_is_one_file_that_holds_all(
    store: SqliteStore, tmp_path: Path
) -> None:
    counts = store.back_up(tmp_path / "backup.db")
    assert counts["episode"] == sum(store.stats(scope)["episode"] for scope in store.scopes())
    assert sorted(path.name for path in tmp_path.glob("*backup*")) == ["backup.db"]
    assert stat.S_IMODE((tmp_path / "backup.db").stat().st_mode) == 0o600
    with closing(SqliteStore(tmp_path / "backup.db")) as copy:
        assert list(dump(copy)) == list(dump(store))
        copy.write(batch_of(turn(50)))


def test_a_backup_taken_while_another_connection_writes_holds_whole_writes(
    store: SqliteStore, tmp_path: Path
) -> None:
    done = Event()

    def write() -> None:
        with closing(SqliteStore(tmp_path / "memory.db")) as writer:
            for i in range(100, 10_000):
                writer.write(batch_of(turn(i)))
                if done.is_set():
                    return

    writer = Thread(target=write)
    writer.start()
    for number in range(8):
        path = tmp_path / f"{number}.db"
        counts = store.back_up(path)
        with closing(SqliteStore(path)) as copy:
            held = copy.stats(ANA)
            assert held["episode"] + 1 == counts["episode"]  # and one of another scope
            assert held["vector"] == held["episode"]
    done.set()
    writer.join()


def test_a_backup_never_takes_the_place_of_anything(store: SqliteStore, tmp_path: Path) -> None:
    (tmp_path / "letter.txt").write_text("Dear Ben", "utf-8")
    for name in ("memory.db", "letter.txt"):
        before = (tmp_path / name).read_bytes()
        with pytest.raises(ConfigError, match="name another file"):
            store.back_up(tmp_path / name)
        assert (tmp_path / name).read_bytes() == before
    with pytest.raises(StoreUnavailableError, match="cannot be written"):
        store.back_up(tmp_path / "nowhere" / "backup.db")


def test_a_damaged_store_gives_no_backup(store: SqliteStore, tmp_path: Path) -> None:
    store.write(batch_of(*(turn(i) for i in range(100, 200))))
    store.close()
    raw = bytearray((tmp_path / "memory.db").read_bytes())
    raw[-8 * 8_192 :] = bytes(8 * 8_192)
    (tmp_path / "memory.db").write_bytes(raw)
    with (
        closing(SqliteStore(tmp_path / "memory.db")) as damaged,
        pytest.raises(StoreError, match="salvage"),
    ):
        damaged.back_up(tmp_path / "backup.db")
    assert not list(tmp_path.glob("*backup*"))


def test_a_backup_holds_nothing_of_a_delete_that_was_not_finished(
    store: SqliteStore, tmp_path: Path
) -> None:
    secret = "Juniper8812 " * 30
    turns = [turn(i, text=f"{secret}{i}") for i in range(100, 160)]
    store.write(batch_of(*turns))
    store.delete([one.episode.id for one in turns], Batch(scope=ANA))
    assert store.is_compaction_due()
    store.back_up(tmp_path / "backup.db")
    assert b"Juniper8812" not in (tmp_path / "backup.db").read_bytes()
    with closing(sqlite3.connect(tmp_path / "backup.db")) as copy:
        assert copy.execute("SELECT * FROM meta WHERE key = 'compact'").fetchall() == []


def test_a_killed_backup_leaves_nothing_behind_the_next_one(
    store: SqliteStore, tmp_path: Path
) -> None:
    store.close()
    child = os.fork()
    if child == 0:
        opened = SqliteStore(tmp_path / "memory.db")
        backup._checked = lambda *_: os.kill(os.getpid(), signal.SIGKILL)
        opened.back_up(tmp_path / "backup.db")
    os.waitpid(child, 0)
    assert not (tmp_path / "backup.db").exists()
    assert list(tmp_path.glob(".backup*"))
    with closing(SqliteStore(tmp_path / "memory.db")) as opened:
        opened.back_up(tmp_path / "backup.db")
    assert not list(tmp_path.glob(".backup*"))
