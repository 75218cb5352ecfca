"""`graphmem store compact | backup | export --force` and `graphmem doctor`, as a person types."""

import json
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from graphmem.memory import Memory
from graphmem.testing import standing_clock
from tests.test_cli import Shell

SECRET = "Cloudberry77"


@pytest.fixture
def shell(tmp_path: Path) -> Shell:
    made = Shell(tmp_path)
    with Memory.open(tmp_path / "memory.db", scope="ana", clock=standing_clock) as memory:
        memory.add(f"The jam is of {SECRET}.", session="kitchen")
        memory.add("The bread is of rye.", session="kitchen")
    return made


def test_a_backup_is_a_store_and_takes_no_place(shell: Shell) -> None:
    assert "2 episodes" in shell.run("store", "backup", "backup.db").stdout
    assert shell.run("store", "dump", "--store", "backup.db").stdout == (
        shell.run("store", "dump").stdout
    )
    again = shell.run("store", "backup", "backup.db")
    assert (again.returncode, again.stderr.count("\n")) == (1, 1)


def test_an_index_is_written_at_any_size_and_a_deletion_takes_it_away(shell: Shell) -> None:
    found = shell.run("search", "What", "is", "the", "jam", "of?").stdout
    (row,) = json.loads(shell.run("store", "index", "--json").stdout)["index"]
    (base,) = (shell.folder / "memory.db-index").glob("*.base")
    assert (row["scope"], row["notes"], row["is_written"]) == ("ana", 2, True)
    assert row["bytes"] == base.stat().st_size
    assert SECRET.encode() in base.read_bytes()
    assert shell.run("search", "What", "is", "the", "jam", "of?").stdout == found
    shell.run("delete", "--all", "--yes")
    assert not base.exists()


def test_an_export_onto_a_store_is_refused_in_one_line(shell: Shell) -> None:
    before = (shell.folder / "memory.db").read_bytes()
    for force in ((), ("--force",)):
        ran = shell.run("store", "export", "memory.db", *force)
        assert (ran.returncode, ran.stderr.count("\n")) == (1, 1)
        assert "never replaced" in ran.stderr
    assert (shell.folder / "memory.db").read_bytes() == before


def test_a_delete_beside_a_reader_says_so_and_compact_finishes_it(shell: Shell) -> None:
    path = shell.folder / "memory.db"
    with closing(sqlite3.connect(path, isolation_level=None)) as reader:
        reader.execute("BEGIN")
        reader.execute("SELECT count(*) FROM note").fetchone()
        receipt = shell.json("delete", "--session", "kitchen")
        assert (receipt["episodes_deleted"], receipt["is_compaction_due"]) == (2, True)
        assert "graphmem store compact" in receipt["problems"][0]["message"]
        ran = shell.run("doctor")
        assert ran.returncode == 1
        assert "type: graphmem store compact" in " ".join(ran.stdout.split())
    assert shell.run("store", "compact").returncode == 0
    assert SECRET.encode() not in b"".join(p.read_bytes() for p in shell.folder.iterdir())
    assert shell.run("doctor").returncode == 0


def test_doctor_names_the_table_of_a_row_that_nobody_can_read(shell: Shell) -> None:
    with closing(sqlite3.connect(shell.folder / "memory.db")) as db, db:
        db.execute("UPDATE note SET tags = '[' WHERE no = 1")
    ran = shell.run("doctor")
    assert ran.returncode == 1
    said = " ".join(ran.stdout.split())
    assert "table note is damaged" in said
    assert "graphmem store salvage NEW.db" in said
    search = shell.run("search", "bread")
    assert search.stderr.count("\n") <= 1
