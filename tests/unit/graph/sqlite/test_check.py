"""What SQLite cannot tell, references and spans do; a sound store gives no finding."""

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from graphmem.graph.sqlite.check import table_of_damage
from graphmem.graph.sqlite.store import SqliteStore
from graphmem.graph.transfer.examine import examine
from graphmem.testing.records import filled


@pytest.fixture
def path(tmp_path: Path) -> Path:
    made = tmp_path / "memory.db"
    with closing(SqliteStore(made)) as store:
        filled(store)
        store.compact()
    return made


@pytest.fixture
def db(path: Path) -> Iterator[sqlite3.Connection]:
    with closing(sqlite3.connect(path, isolation_level=None)) as opened:
        yield opened


def found(path: Path) -> str:
    with closing(SqliteStore(path)) as store:
        return "\n".join(examine(store, full=True))


def test_a_sound_store_gives_no_finding(path: Path) -> None:
    assert found(path) == ""


@pytest.mark.parametrize(
    ("statement", "said"),
    [
        ("DELETE FROM session WHERE no = 1", "of table episode whose session_no is in no row"),
        ("DELETE FROM name WHERE no = 1", "of table mention whose name_no is in no row"),
        ("DELETE FROM note WHERE no = 2", "of table vector whose note_no is in no row"),
        ("DELETE FROM origin WHERE note_no = 1", "1 notes of table note without an origin"),
        ("UPDATE mention SET start = 900, end = 901 WHERE note_no = 1", "spans of table mention"),
        ("UPDATE claim SET end = 900 WHERE note_no = 1", "spans of table claim"),
        ("UPDATE mention SET kind = 77 WHERE note_no = 1", "table mention is damaged"),
        ("UPDATE note SET keywords = '[}' WHERE no = 1", "table note is damaged"),
        ("UPDATE note SET said_at = 'noon' WHERE no = 1", "table note is damaged"),
        ("UPDATE note SET sentences = x'00' WHERE no = 1", "table note is damaged"),
        ("UPDATE episode SET metadata = '{' WHERE no = 1", "table episode is damaged"),
        ("UPDATE note SET kind = 'session' WHERE no IN (1, 2)", "several notes of kind session"),
        ("UPDATE vector SET note_row = x'0011' WHERE note_no = 1", "table vector is damaged"),
        ("UPDATE change SET after = '{' WHERE seq = 1", "is damaged"),
        ("UPDATE meta SET value = 'many' WHERE key = 'dim'", "table meta is damaged"),
    ],
)
def test_what_sqlite_takes_for_sound_is_found(
    path: Path, db: sqlite3.Connection, statement: str, said: str
) -> None:
    assert db.execute(statement).rowcount > 0
    db.close()
    assert said in found(path)


def test_the_table_of_a_damaged_page_is_named(path: Path, db: sqlite3.Connection) -> None:
    query = "SELECT rootpage FROM sqlite_schema WHERE name = 'vector'"
    (page,) = db.execute(query).fetchone()
    db.close()
    assert table_of_damage(path) is None
    raw = bytearray(path.read_bytes())
    raw[(page - 1) * 8_192 : page * 8_192] = b"\xff" * 8_192
    path.write_bytes(raw)
    assert table_of_damage(path) == "vector"
    assert "SQLite finds" in found(path)
