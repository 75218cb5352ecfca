"""A delete that is stopped is finished by whoever opens the file next: real kills, real readers."""

import os
import resource
import signal
import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from threading import Timer

import pytest

from graphmem.batches import Batch
from graphmem.errors import StoreBusyError, StoreUnavailableError
from graphmem.graph.sqlite import compact
from graphmem.graph.sqlite.store import SqliteStore
from graphmem.testing.records import ANA, ENCODER, batch_of, turn

SECRET = "Marmoreal4471"
STEPS = ("VACUUM", "UPDATE meta", "PRAGMA wal_checkpoint", "DELETE FROM meta")
"""What a compaction runs, in order, each of them a place to be killed at."""


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """A store in which a third of the turns, spread over its pages, hold the secret."""
    made = tmp_path / "memory.db"
    with closing(SqliteStore(made)) as store:
        store.set_encoder(ENCODER)
        for first in range(0, 300, 20):
            store.write(batch_of(*(turn(i, text=said(i)) for i in range(first, first + 20))))
    return made


def said(i: int) -> str:
    return f"{SECRET} n{i} " * 8 if i % 3 == 0 else f"Lisbon is near Porto, said {i} times."


def secrets() -> list[str]:
    return [turn(i, text=said(i)).episode.id for i in range(0, 300, 3)]


def left(path: Path) -> int:
    """Count the secret in the file and all that lies beside it."""
    parts = path.parent.glob(f"{path.name}*")
    return sum(part.read_bytes().count(SECRET.encode()) for part in parts)


def is_due(path: Path) -> bool:
    """Look at the mark without opening the store, which would see to it."""
    with closing(sqlite3.connect(path)) as db:
        return compact.is_due(db)


def in_child(act: Callable[[], None]) -> int:
    """Run something in a child process; return the signal that ended it, 0 if none did."""
    child = os.fork()
    if child == 0:
        try:
            act()
        finally:
            os._exit(0)
    _, status = os.waitpid(child, 0)
    return os.WTERMSIG(status) if os.WIFSIGNALED(status) else 0


def delete_and_die_before(path: Path, step: str) -> None:
    def trace(statement: str) -> None:
        if statement.startswith(step):
            os.kill(os.getpid(), signal.SIGKILL)

    store = SqliteStore(path)
    store.delete(secrets(), Batch(scope=ANA))
    with store._file.reading() as db:
        db.set_trace_callback(trace)
    store.compact()


@pytest.mark.parametrize("step", STEPS)
def test_the_next_opening_finishes_what_a_kill_stopped(path: Path, step: str) -> None:
    assert in_child(lambda: delete_and_die_before(path, step)) == signal.SIGKILL
    assert is_due(path)
    with closing(SqliteStore(path)) as store:
        assert store.stats(ANA)["episode"] == 200
        assert not store.is_compaction_due()
        assert left(path) == 0


def test_a_delete_that_is_killed_before_it_commits_is_none(path: Path) -> None:
    def delete() -> None:
        store = SqliteStore(path)
        with store._file.writing() as db:
            compact.mark_due(db)
            os.kill(os.getpid(), signal.SIGKILL)

    assert in_child(delete) == signal.SIGKILL
    assert not is_due(path)


def test_opening_says_in_the_log_that_it_finished_a_delete(
    path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    in_child(lambda: delete_and_die_before(path, "VACUUM"))
    SqliteStore(path).close()
    assert [record.getMessage() for record in caplog.records] == [
        f"{path}: a delete was stopped before the file was rewritten; it is now"
    ]
    SqliteStore(path).close()
    assert len(caplog.records) == 1


def test_opening_says_what_to_type_while_a_reader_keeps_the_log(
    path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    in_child(lambda: delete_and_die_before(path, "PRAGMA wal_checkpoint"))
    with closing(sqlite3.connect(path, isolation_level=None)) as reader:
        reader.execute("BEGIN")
        reader.execute("SELECT count(*) FROM note").fetchone()
        SqliteStore(path).close()
    assert [record.getMessage() for record in caplog.records] == [
        f"{path}: a delete was stopped before the file was rewritten; type: graphmem store compact"
    ]


def test_opening_says_nothing_of_a_delete_that_another_process_is_at(
    path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    in_child(lambda: delete_and_die_before(path, "VACUUM"))
    with closing(sqlite3.connect(path, isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        SqliteStore(path).close()
    assert is_due(path)
    assert caplog.records == []


def test_opening_says_nothing_of_a_delete_that_another_process_ends_meanwhile(
    path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    in_child(lambda: delete_and_die_before(path, "VACUUM"))
    with closing(sqlite3.connect(path, isolation_level=None, check_same_thread=False)) as other:
        other.execute("BEGIN IMMEDIATE")
        other.execute("DELETE FROM meta WHERE key = 'compact'")
        end = Timer(0.05, lambda: other.execute("COMMIT"))
        end.start()
        SqliteStore(path).close()
        end.join()
    assert not is_due(path)
    assert caplog.records == []


def test_the_write_after_a_reader_left_empties_the_log(path: Path) -> None:
    with closing(SqliteStore(path, busy_seconds=0.05)) as store:
        with closing(sqlite3.connect(path, isolation_level=None)) as reader:
            reader.execute("BEGIN")
            reader.execute("SELECT count(*) FROM note").fetchone()
            store.delete(secrets(), Batch(scope=ANA))
            with pytest.raises(StoreBusyError, match="may still stand"):
                store.compact()
            store.write(batch_of(turn(400)))
            assert store.is_compaction_due()
            assert left(path) > 0
        store.write(batch_of(turn(401)))
        assert not store.is_compaction_due()
        assert left(path) == 0


def test_a_full_disk_leaves_the_mark_and_the_next_opening_has_room(path: Path) -> None:
    def with_no_room() -> None:
        signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
        store = SqliteStore(path)
        store.delete(secrets(), Batch(scope=ANA))
        resource.setrlimit(resource.RLIMIT_FSIZE, (16_384, 16_384))
        try:
            store.compact()
        except StoreUnavailableError:
            os.kill(os.getpid(), signal.SIGTERM)

    assert in_child(with_no_room) == signal.SIGTERM
    assert is_due(path)
    with closing(SqliteStore(path)) as store:
        assert store.stats(ANA)["episode"] == 200
    assert left(path) == 0
    assert not is_due(path)


def test_copies_for_cypher_go_with_a_delete_that_was_stopped(path: Path) -> None:
    in_child(lambda: delete_and_die_before(path, "VACUUM"))
    copies = path.with_name("memory.db.cypher")
    copies.mkdir()
    (copies / "page").write_text(SECRET, "utf-8")
    SqliteStore(path).close()
    assert not copies.exists()


def test_a_mark_set_by_another_process_meanwhile_stays(path: Path) -> None:
    with closing(sqlite3.connect(path, isolation_level=None)) as db:
        db.execute("PRAGMA journal_mode = WAL")
        compact.mark_due(db)
        (mine,) = db.execute("SELECT value FROM meta WHERE key = 'compact'").fetchone()

        def another_delete(statement: str) -> None:
            if statement.startswith("VACUUM"):
                with closing(sqlite3.connect(path)) as other, other:
                    compact.mark_due(other)

        db.set_trace_callback(another_delete)
        assert compact.finish(db)
        (theirs,) = db.execute("SELECT value FROM meta WHERE key = 'compact'").fetchone()
        assert theirs.startswith("pages:")
        assert theirs != mine


def unused_pages(path: Path) -> int:
    with closing(sqlite3.connect(path)) as db:
        return int(db.execute("PRAGMA freelist_count").fetchone()[0])


def test_a_file_shrinks_by_every_page_that_a_write_left(path: Path) -> None:
    with closing(sqlite3.connect(path, isolation_level=None)) as db:
        db.execute("CREATE TABLE ballast AS SELECT zeroblob(200000) AS weight")
        db.execute("DROP TABLE ballast")
        assert unused_pages(path) > 20
        compact.give_pages_back(db)
    assert unused_pages(path) == 0


def test_a_delete_leaves_no_unused_page(path: Path) -> None:
    with closing(SqliteStore(path)) as store:
        long = [turn(i, text=f"Heron {i}. " * 9_000, name="long") for i in range(20, 24)]
        store.write(batch_of(*long))
        store.delete([one.episode.id for one in long], Batch(scope=ANA))
        assert unused_pages(path) == 0
