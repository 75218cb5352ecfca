"""A SQLite store as a file: other processes, damage, a full disk, and what a delete leaves."""

import os
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from tempfile import TemporaryDirectory
from threading import Thread

import pytest

from graphmem.batches import Batch
from graphmem.errors import (
    StoreBusyError,
    StoreDamagedError,
    StoreError,
    StoreUnavailableError,
    StoreVersionError,
)
from graphmem.graph import dump
from graphmem.graph.sqlite import block
from graphmem.graph.sqlite.schema import MIGRATIONS, VERSION
from graphmem.graph.sqlite.store import SqliteStore
from graphmem.testing.records import (
    ANA,
    ENCODER,
    batch_of,
    change,
    differences,
    note_now,
    summary_of,
    superseding,
    turn,
)
from graphmem.types import ScopeKey
from tests.conftest import ROOT
from tests.unit.graph.sqlite.older import NAMES, everything, expected, made_by_version7


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "memory.db"


@pytest.fixture
def store(path: Path) -> Iterator[SqliteStore]:
    with closing(SqliteStore(path, busy_seconds=0.05)) as opened:
        opened.set_encoder(ENCODER)
        yield opened


def run(code: str, *arguments: str) -> str:
    """Run code in another process and return what it prints."""
    finished = subprocess.run(
        [sys.executable, "-c", code, *arguments],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    assert finished.returncode == 0, finished.stderr
    return finished.stdout


# Opening


def test_a_reopened_store_holds_what_was_written(store: SqliteStore, path: Path) -> None:
    store.write(batch_of(turn(0), turn(1)))
    before = list(dump(store))
    store.close()
    with closing(SqliteStore(path)) as again:
        assert list(dump(again)) == before
        assert again.encoder() == ENCODER


@pytest.mark.parametrize("name", NAMES)
def test_a_file_of_version_7_opens_with_all_that_it_held(path: Path, name: str) -> None:
    with closing(SqliteStore(made_by_version7(path, name))) as store:
        assert list(everything(store)) == expected(name)
        assert store.findings(full=True) == []


def test_a_file_of_version_7_no_longer_says_a_thing_twice(path: Path) -> None:
    said = b"I planted tulips behind the shed"
    assert made_by_version7(path, "talk").read_bytes().count(said) == 3
    with closing(SqliteStore(path)):
        pass
    assert path.read_bytes().count(said) == 1


def test_a_file_of_version_7_shrinks_to_what_is_left(tmp_path: Path) -> None:
    path = made_by_version7(tmp_path / "old.db", "talk")
    with closing(SqliteStore(path)), closing(sqlite3.connect(path)) as db:
        assert db.execute("PRAGMA freelist_count").fetchone() == (0,)


def test_what_comes_to_a_file_of_version_7_joins_what_it_held(path: Path) -> None:
    with closing(SqliteStore(made_by_version7(path, "records"))) as store:
        known = store.stats(ANA)
        store.write(batch_of(turn(0), turn(1), turn(9)))
        grown = store.stats(ANA)
        assert {kind: grown[kind] - known[kind] for kind in ("episode", "note")} == {
            "episode": 1,
            "note": 1,
        }
        store.delete([turn(9).episode.id], Batch(scope=ANA))
        assert store.stats(ANA) | {"bytes": 0, "tombstone": 1} == known | {"bytes": 0}


def test_damage_in_a_file_of_version_7_is_left_for_who_reads_it(path: Path) -> None:
    made_by_version7(path, "talk")
    with closing(sqlite3.connect(path)) as db:
        db.execute("UPDATE note SET said_at = 'noon' WHERE no = 1")
        db.commit()
    with closing(SqliteStore(path)) as store, pytest.raises(StoreDamagedError, match="table note"):
        list(store.scan("note", ScopeKey("noor")))


def made_older(path: Path) -> None:
    """Make a file of version 2, whose journal knew the fields of notes only."""
    made_by_version7(path, "records")
    with closing(sqlite3.connect(path)) as db:
        db.execute("CREATE TABLE was AS SELECT * FROM change WHERE kind = 'note'")
        db.execute("DELETE FROM link WHERE origin IN (SELECT id FROM change WHERE kind <> 'note')")
        db.execute("DROP TABLE change")
        db.execute("DROP TABLE need")
        (statement,) = (s for s in MIGRATIONS[0] if s.startswith("CREATE TABLE change"))
        indexes = [s for s in MIGRATIONS[0] if "ON change" in s]
        for made in (statement, *indexes):
            db.execute(made)
        db.execute("""INSERT INTO change SELECT seq, scope_no, id, note_no, field, before, after,
            reason, author, run_id, at FROM was""")
        db.execute("DROP TABLE was")
        for column in ("utc_offset", "is_placed"):
            db.execute(f"ALTER TABLE episode DROP COLUMN {column}")
        db.execute("ALTER TABLE scope DROP COLUMN imports")
        db.execute("PRAGMA user_version = 2")
        db.commit()


def test_a_file_from_before_links_were_changed_opens_with_its_journal(path: Path) -> None:
    made_older(path)
    later = ('"source":', '"entity":')
    with closing(SqliteStore(path)) as store:
        found = [line for line in everything(store) if line.startswith("change ")]
        wanted = [line for line in expected("records") if line.startswith("change ")]
        assert found == [line for line in wanted if not any(part in line for part in later)]
        assert found
        store.delete([turn(2).episode.id], Batch(scope=ANA))
        assert note_now(store, turn(1).note).valid_until is None
        assert store.findings(full=True) == []


def test_a_file_from_before_tokens_were_kept_opens_and_keeps_those_that_come(path: Path) -> None:
    made_older(path)
    with closing(sqlite3.connect(path)) as db:
        db.execute("DROP TABLE token")
        db.execute("PRAGMA user_version = 1")
    with closing(SqliteStore(path)) as again:
        assert again.snapshot((ANA,), None).vectors.tokens is None
        assert (again.stats(ANA)["vector"], again.stats(ANA)["token"]) == (8, 0)
        again.write(batch_of(*(turn(i) for i in range(8))))
        assert again.stats(ANA)["token"] == 7
        assert again.snapshot((ANA,), None).vectors.tokens is not None


def test_a_file_of_a_newer_version_is_refused_untouched(store: SqliteStore, path: Path) -> None:
    store.close()
    with closing(sqlite3.connect(path)) as db:
        db.execute(f"PRAGMA user_version = {VERSION + 1}")
    before = path.read_bytes()
    with pytest.raises(StoreVersionError, match="pip install --upgrade"):
        SqliteStore(path)
    assert path.read_bytes() == before


def test_a_file_that_is_no_database_is_refused_untouched(path: Path) -> None:
    path.write_text("Dear diary, " * 1_000, "utf-8")
    with pytest.raises(StoreError, match="not a memory"):
        SqliteStore(path)
    assert path.read_text("utf-8").startswith("Dear diary")


def test_another_programs_database_is_refused_untouched(path: Path) -> None:
    with closing(sqlite3.connect(path)) as db:
        db.execute("CREATE TABLE cookies (a)")
    before = path.read_bytes()
    with pytest.raises(StoreError, match="another program"):
        SqliteStore(path)
    assert path.read_bytes() == before


def test_a_damaged_file_is_a_clear_error(store: SqliteStore, path: Path) -> None:
    store.write(batch_of(*(turn(i) for i in range(60))))
    store.close()
    raw = bytearray(path.read_bytes())
    raw[8_192:] = b"\xff" * (len(raw) - 8_192)
    path.write_bytes(raw)
    with pytest.raises(StoreError, match="damaged"), closing(SqliteStore(path)) as again:
        again.read("note", ANA, [turn(0).note.id])


def test_a_folder_and_a_missing_folder_are_clear_errors(tmp_path: Path) -> None:
    with pytest.raises(StoreUnavailableError, match="is a folder"):
        SqliteStore(tmp_path)
    with pytest.raises(StoreUnavailableError, match="no folder"):
        SqliteStore(tmp_path / "nowhere" / "memory.db")


def test_a_closed_store_says_so_and_closes_twice(store: SqliteStore) -> None:
    store.close()
    store.close()
    with pytest.raises(StoreError, match="closed"):
        store.scopes()


READ_ONLY = """
import os, sys
from graphmem.errors import StoreUnavailableError
from graphmem.graph.sqlite.store import SqliteStore
from graphmem.testing.records import ANA, batch_of, turn
batch = batch_of(turn(5))
if os.getuid() == 0:
    os.setuid(65_534)
store = SqliteStore(sys.argv[1])
print(len(list(store.scan("note", ANA))))
try:
    store.write(batch)
except StoreUnavailableError as error:
    print(error)
store.close()
"""


@pytest.mark.skipif(os.name != "posix", reason="permissions are set as on Unix")
@pytest.mark.parametrize("folder_mode", [0o555, 0o777])
def test_what_may_only_be_read_opens_and_refuses_to_be_written(folder_mode: int) -> None:
    with TemporaryDirectory() as folder:
        path = Path(folder) / "memory.db"
        with closing(SqliteStore(path)) as store:
            store.set_encoder(ENCODER)
            store.write(batch_of(turn(0), turn(1)))
        path.chmod(0o444)
        Path(folder).chmod(folder_mode)
        notes, error = run(READ_ONLY, str(path)).splitlines()
        Path(folder).chmod(0o777)
    assert notes == "2"
    assert str(path) in error
    assert "only be read" in error


# Processes and threads


READER = """
import sys
from graphmem.graph.sqlite.store import SqliteStore
from graphmem.testing.records import ANA
store, seen = SqliteStore(sys.argv[1]), []
while not seen or seen[-1] < int(sys.argv[2]):
    snapshot = store.snapshot((ANA,), None)
    counts = store.stats(ANA)
    assert counts["note"] == counts["episode"] == counts["vector"], counts
    assert len(snapshot.note_ids) <= counts["note"]
    seen.append(counts["note"])
assert seen == sorted(seen)
print(len(set(seen)))
"""


def test_other_processes_read_whole_writes_while_one_writes(store: SqliteStore, path: Path) -> None:
    turns = [turn(i) for i in range(120)]
    store.write(batch_of(turns[0]))
    readers = [
        subprocess.Popen(
            [sys.executable, "-c", READER, str(path), str(len(turns))],
            cwd=ROOT,
            stdout=subprocess.PIPE,
            text=True,
        )
        for _ in range(2)
    ]
    for one in turns[1:]:
        store.write(batch_of(one))
    seen = [reader.communicate(timeout=120)[0] for reader in readers]
    assert [reader.returncode for reader in readers] == [0, 0], seen


def test_a_second_writer_waits_then_is_told_what_to_do(store: SqliteStore, path: Path) -> None:
    with closing(sqlite3.connect(path, isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        with pytest.raises(StoreBusyError, match="try again"):
            store.write(batch_of(turn(0)))
        assert store.scopes() == []
        other.execute("ROLLBACK")
    store.write(batch_of(turn(0)))
    assert store.scopes() == [ANA]


def test_threads_share_one_store(store: SqliteStore) -> None:
    turns = [turn(i) for i in range(40)]
    threads = [
        Thread(target=lambda part=part: [store.write(batch_of(one)) for one in turns[part::4]])
        for part in range(4)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert store.stats(ANA)["note"] == len(turns)


# A full disk


def test_a_full_disk_loses_nothing(store: SqliteStore) -> None:
    store.write(batch_of(turn(0)))
    before = list(dump(store))
    with store._file.reading() as db:
        (pages,) = db.execute("PRAGMA page_count").fetchone()
        db.execute(f"PRAGMA max_page_count = {pages + 2}")
    with pytest.raises(StoreUnavailableError, match=r"disk is full.*nothing was lost"):
        store.write(batch_of(*(turn(i) for i in range(1, 300))))
    assert list(dump(store)) == before
    with store._file.reading() as db:
        db.execute("PRAGMA max_page_count = 100000")
    store.write(batch_of(turn(1)))
    assert store.stats(ANA)["note"] == 2


# What a delete leaves


def test_nothing_deleted_is_left_in_any_file(store: SqliteStore, path: Path) -> None:
    secret = turn(0, text="Zanzibar0815 is near Qwertzuiop4711. It is so.")
    rest = [turn(i) for i in range(1, 30)]
    store.write(batch_of(secret, *rest, notes=(summary_of([secret, rest[0]]),)))
    store.apply([change(secret.note, "context", "Zanzibar0815 again")])
    store.apply(superseding(rest[1].note, secret.note.id, until=secret.note.said_at))
    vector = secret.record.vectors
    assert vector is not None
    traces = [b"Zanzibar0815", b"Qwertzuiop4711", vector[0].tobytes(), secret.note.id.encode()]
    assert all(trace in _all_bytes(path) for trace in traces)
    store.delete([secret.episode.id], Batch(scope=ANA))
    assert [trace for trace in traces if trace in _all_bytes(path)] == []
    store.compact()
    assert [trace for trace in traces if trace in _all_bytes(path)] == []
    assert secret.episode.id.encode() in _all_bytes(path)


def test_compacting_gives_back_the_space_between_what_stays(store: SqliteStore, path: Path) -> None:
    turns = [turn(i, text=f"{i} " + "Lisbon is near Porto. " * 20) for i in range(100)]
    store.write(batch_of(*turns))
    store.delete([one.episode.id for one in turns[::2]], Batch(scope=ANA))
    loose = path.stat().st_size
    store.compact()
    assert path.stat().st_size < loose


def _all_bytes(path: Path) -> bytes:
    return b"".join(part.read_bytes() for part in sorted(path.parent.glob(f"{path.name}*")))


def test_a_reader_that_keeps_the_log_is_told_of(store: SqliteStore, path: Path) -> None:
    store.write(batch_of(turn(0), turn(1)))
    with closing(sqlite3.connect(path, isolation_level=None)) as reader:
        reader.execute("BEGIN")
        reader.execute("SELECT count(*) FROM note").fetchone()
        store.delete([turn(0).episode.id], Batch(scope=ANA))
        with pytest.raises(StoreBusyError, match="may still stand"):
            store.compact()
        reader.execute("ROLLBACK")
    store.compact()


# Pages


def test_a_scan_goes_on_behind_its_first_page(
    store: SqliteStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    turns = [turn(i) for i in range(10)]
    store.write(batch_of(*turns))
    whole = list(dump(store))
    monkeypatch.setattr("graphmem.graph.sqlite.read.PAGE", 3)
    monkeypatch.setattr("graphmem.graph.sqlite.state.PAGE", 3)
    assert list(dump(store)) == whole


def test_a_snapshot_read_in_pages_is_the_same(
    store: SqliteStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    store.write(batch_of(*(turn(i, name=f"s{i % 2}") for i in range(20))))
    whole = store.snapshot((ANA,), None)
    monkeypatch.setattr(block, "PAGE", 3)
    assert differences(store.snapshot((ANA,), None), whole) == []
