"""A transaction is whole or none, a reader sees one state, and an error says what to do."""

import sqlite3
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from pathlib import Path
from threading import Event

import pytest

from graphmem.errors import StoreBusyError, StoreDamagedError, StoreError
from graphmem.graph.sqlite.file import SqliteFile

ADD = "INSERT INTO meta VALUES (?, 'x')"
COUNT = "SELECT count(*) FROM meta WHERE value = 'x'"


@pytest.fixture
def file(tmp_path: Path) -> Iterator[SqliteFile]:
    with closing(SqliteFile(tmp_path / "memory.db", busy_seconds=0.05)) as opened:
        yield opened


def count(file: SqliteFile) -> int:
    with file.reading() as db:
        return int(db.execute(COUNT).fetchone()[0])


def test_what_fails_half_way_leaves_nothing(file: SqliteFile) -> None:
    def fail() -> None:
        with file.writing() as db:
            db.execute(ADD, ("a",))
            raise RuntimeError

    with pytest.raises(RuntimeError):
        fail()
    assert count(file) == 0
    with file.writing() as db:
        db.execute(ADD, ("a",))
    assert count(file) == 1


def test_a_reader_sees_one_state_while_another_writes(file: SqliteFile) -> None:
    with closing(SqliteFile(file.path, busy_seconds=0.05)) as other, other.reading() as db:
        before = db.execute(COUNT).fetchone()
        with file.writing() as writer:
            writer.execute(ADD, ("a",))
        assert db.execute(COUNT).fetchone() == before
    assert count(file) == 1


def test_a_thread_reads_what_was_committed_while_another_one_writes(file: SqliteFile) -> None:
    def seen() -> tuple[int, int, bool]:
        with file.reading():
            inside = count(file)
        with file.one_state() as db:
            return inside, db.execute(COUNT).fetchone()[0], file.is_writing

    with ThreadPoolExecutor(2) as pool:
        with file.writing() as db:
            db.execute(ADD, ("a",))
            assert (count(file), file.is_writing) == (1, True)
            found = [pool.submit(seen) for _ in range(8)]
            assert {one.result(30) for one in found} == {(0, 0, False)}
        assert pool.submit(seen).result(30) == (1, 1, False)


def test_what_is_committed_stands_in_the_file_though_a_thread_reads_beside_it(
    file: SqliteFile, tmp_path: Path
) -> None:
    reads = Event()

    def read() -> int:
        with file.reading() as db:
            seen = int(db.execute(COUNT).fetchone()[0])
            reads.set()
            time.sleep(0.05)
        return seen

    with ThreadPoolExecutor(1) as pool:
        with file.writing() as db:
            db.execute(ADD, ("a",))
            before = pool.submit(read)
            assert reads.wait(30)
        copy = tmp_path / "copy.db"
        copy.write_bytes(file.path.read_bytes())
        with closing(sqlite3.connect(copy)) as alone:
            assert (before.result(30), alone.execute(COUNT).fetchone()) == (0, (1,))


def test_who_reads_beside_a_writer_is_told_that_the_file_was_closed(tmp_path: Path) -> None:
    file = SqliteFile(tmp_path / "memory.db", busy_seconds=0.05)
    with file.writing(), ThreadPoolExecutor(1) as pool:
        assert pool.submit(count, file).result(30) == 0
    file.close()
    with pytest.raises(StoreError, match="is closed"):
        count(file)
    with pytest.raises(StoreError, match="is closed"), file._beside.reading():
        pytest.fail("it is closed")
    assert not (tmp_path / "memory.db-wal").exists()


def test_a_second_writer_is_told_to_try_again(file: SqliteFile) -> None:
    def write() -> None:
        with other.writing() as db:
            db.execute(ADD, ("b",))

    with closing(SqliteFile(file.path, busy_seconds=0.05)) as other, file.writing():
        with pytest.raises(StoreBusyError, match="try again") as refusal:
            write()
        assert refusal.value.transient


def test_a_table_that_is_not_there_is_damage(file: SqliteFile) -> None:
    with file.writing() as db:
        db.execute("DROP TABLE note")
    with pytest.raises(StoreDamagedError, match="no such table: note"):
        _count_notes(file)


def _count_notes(file: SqliteFile) -> None:
    with file.reading() as db:
        db.execute("SELECT count(*) FROM note").fetchone()


def test_a_closed_file_says_so(file: SqliteFile) -> None:
    file.close()
    with pytest.raises(StoreError, match="is closed"):
        count(file)
    assert not file.is_writable


def test_a_file_is_made_with_what_compaction_needs(file: SqliteFile) -> None:
    with file.reading() as db:
        found = [
            db.execute(f"PRAGMA {name}").fetchone()[0]
            for name in ("page_size", "journal_mode", "secure_delete", "auto_vacuum")
        ]
    assert found == [8_192, "wal", 1, 2]
