"""Which episodes a deletion means, and that asking twice is no error."""

import sqlite3
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from pathlib import Path
from threading import Barrier

import pytest

from graphmem.errors import ConfigError, MissingRecordError, StoreError
from graphmem.memory import Memory
from graphmem.testing import standing_clock
from graphmem.types import Note

SECRET = "Tamarind5520"
ROUNDS = 10


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "memory.db"


@pytest.fixture
def memory(path: Path) -> Iterator[Memory]:
    with Memory.open(path, scope="ana", clock=standing_clock) as opened:
        opened.store._file._busy_seconds = 0.05
        for i in range(6):
            opened.add(f"Remark {i} about the harbour.", speaker="Ana", session="talk")
        opened.add(f"The gate opens with {SECRET}.", speaker="Ana", session="gate")
        yield opened


def left(path: Path) -> int:
    parts = path.parent.glob(f"{path.name}*")
    return sum(part.read_bytes().count(SECRET.encode()) for part in parts)


def note_of_the_secret(memory: Memory) -> Note:
    (note,) = (
        note
        for note in memory.store.scan("note", memory.scope.key)
        if note.kind == "turn" and SECRET in note.text
    )
    return note


def test_a_delete_beside_a_reader_says_what_it_did_and_what_is_left(
    memory: Memory, path: Path
) -> None:
    note = note_of_the_secret(memory)
    with closing(sqlite3.connect(path, isolation_level=None)) as reader:
        reader.execute("BEGIN")
        reader.execute("SELECT count(*) FROM note").fetchone()
        receipt = memory.delete(note.id)
    assert receipt.episodes_deleted == 1
    assert receipt.is_compaction_due
    (problem,) = receipt.problems
    assert "erased" in problem.message
    assert "graphmem store compact" in problem.message
    assert not problem.skipped
    assert left(path) > 0
    again = memory.delete(note.id)
    assert (again.episodes_deleted, again.is_compaction_due) == (0, False)
    assert left(path) == 0


@pytest.mark.parametrize("again", ["episode", "note", "session", "all"])
def test_deleting_again_finishes_what_a_reader_stopped(
    memory: Memory, path: Path, again: str
) -> None:
    note = note_of_the_secret(memory)
    with closing(sqlite3.connect(path, isolation_level=None)) as reader:
        reader.execute("BEGIN")
        reader.execute("SELECT count(*) FROM note").fetchone()
        assert memory.delete(note.id).is_compaction_due
    asked = {
        "episode": lambda: memory.delete(note.origins[0]),
        "note": lambda: memory.delete(note.id),
        "session": lambda: memory.delete_session("gate"),
        "all": memory.delete_all,
    }
    assert not asked[again]().is_compaction_due
    assert left(path) == 0


def test_deleting_all_of_an_empty_scope_rewrites_the_file_too(memory: Memory, path: Path) -> None:
    with closing(sqlite3.connect(path, isolation_level=None)) as reader:
        reader.execute("BEGIN")
        reader.execute("SELECT count(*) FROM note").fetchone()
        assert memory.delete_all().episodes_deleted == 7
        assert left(path) > 0
    assert memory.delete_all().episodes_deleted == 0
    assert left(path) == 0


def test_an_id_that_never_was_is_an_error_and_nothing_is_deleted(memory: Memory) -> None:
    note = note_of_the_secret(memory)
    with pytest.raises(MissingRecordError, match="e0000"):
        memory.delete(note.id, "e0000")
    with pytest.raises(MissingRecordError, match="nowhere"):
        memory.delete_session("nowhere")
    assert memory.get(note.id) == [note]


def test_a_note_of_several_episodes_is_refused_with_their_list(memory: Memory) -> None:
    notes = list(memory.store.scan("note", memory.scope.key))
    several = next(note for note in notes if note.kind == "session" and len(note.origins) > 1)
    with pytest.raises(ConfigError, match="note of a session") as refusal:
        memory.delete(several.id)
    assert all(origin in str(refusal.value) for origin in several.origins)
    assert len(list(memory.store.scan("episode", memory.scope.key))) == 7


@pytest.mark.parametrize("what", ["episode", "note", "session", "all"])
@pytest.mark.parametrize("url", ["ram:", "twice.db"])
def test_of_two_deletes_at_once_the_second_finds_nothing_left(
    tmp_path: Path, url: str, what: str
) -> None:
    place = tmp_path / url if url.endswith(".db") else url
    with Memory.open(place, scope="ana", clock=standing_clock) as memory:
        for number in range(ROUNDS):
            memory.add(f"The gate opens with {SECRET}.", session=f"gate {number}")
            assert sorted(deleted_at_once(memory, memory, what, number)) == [0, 1]


@pytest.mark.parametrize("what", ["episode", "all"])
def test_two_memories_of_one_file_delete_the_same_at_once(tmp_path: Path, what: str) -> None:
    path = tmp_path / "memory.db"
    with (
        Memory.open(path, scope="ana", clock=standing_clock) as one,
        Memory.open(path, scope="ana", clock=standing_clock) as other,
    ):
        for number in range(ROUNDS):
            one.add(f"The gate opens with {SECRET}.", session=f"gate {number}")
            assert sorted(deleted_at_once(one, other, what, number)) == [0, 1]


def deleted_at_once(one: Memory, other: Memory, what: str, number: int) -> list[int]:
    """Let two threads delete the same; return how many episodes each says that it deleted."""
    note = note_of_the_secret(one)
    begin = Barrier(2)

    def delete(memory: Memory) -> int:
        begin.wait()
        match what:
            case "episode":
                return memory.delete(note.origins[0]).episodes_deleted
            case "note":
                return memory.delete(note.id).episodes_deleted
            case "session":
                return memory.delete_session(f"gate {number}").episodes_deleted
        return memory.delete_all().episodes_deleted

    with ThreadPoolExecutor(2) as threads:
        return list(threads.map(delete, (one, other)))


def test_a_note_whose_delete_failed_can_still_be_deleted(memory: Memory) -> None:
    note = note_of_the_secret(memory)
    db = memory.store._file._connection()
    db.execute(
        "CREATE TEMP TRIGGER refused BEFORE INSERT ON main.tombstone "
        "BEGIN SELECT RAISE(ABORT, 'refused'); END"
    )
    with pytest.raises(StoreError, match="refused"):
        memory.delete(note.id)
    db.execute("DROP TRIGGER refused")
    assert memory.delete(note.id).episodes_deleted == 1
