"""Erasing takes what hangs on a note, opens what it had superseded, and spares what others use."""

from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from graphmem.batches import Batch
from graphmem.errors import MissingRecordError
from graphmem.graph.sqlite import erase
from graphmem.graph.sqlite.store import SqliteStore
from graphmem.graph.sqlite.transaction import Transaction
from graphmem.testing.records import ANA, ENCODER, START, batch_of, superseding, turn

TABLES = ("mention", "claim", "vector", "token", "origin")


@pytest.fixture
def store(tmp_path: Path) -> Iterator[SqliteStore]:
    with closing(SqliteStore(tmp_path / "memory.db")) as opened:
        opened.set_encoder(ENCODER)
        opened.write(batch_of(*(turn(i) for i in range(4))))
        yield opened


def rows(store: SqliteStore, table: str) -> int:
    with store._file.reading() as db:
        (found,) = db.execute(f"SELECT count(*) FROM {table}").fetchone()
    return int(found)


def test_all_that_hangs_on_an_erased_note_goes(store: SqliteStore) -> None:
    with store._file.writing() as db:
        tx = Transaction.begin(db, ANA)
        numbers = list(tx.note_numbers(turn(i).note.id for i in range(4)).values())
        assert erase.erase_notes(tx, numbers, ()) == 4
    assert {table: rows(store, table) for table in (*TABLES, "note", "name")} == dict.fromkeys(
        (*TABLES, "note", "name"), 0
    )


def test_a_name_that_another_note_uses_stays(store: SqliteStore) -> None:
    with store._file.writing() as db:
        tx = Transaction.begin(db, ANA)
        (number,) = tx.note_numbers([turn(0).note.id]).values()
        used = erase.names_of_notes(tx, [number])
        erase.erase_notes(tx, [number], ())
        left = {no for (no,) in db.execute("SELECT no FROM name")}
        others = set(erase.names_of_notes(tx, range(1, 5)))
    assert used
    assert left == others


def test_what_an_erased_note_had_superseded_is_open_again(store: SqliteStore) -> None:
    old, new = turn(0).note, turn(1).note
    store.apply(superseding(old, new.id, until=START))
    store.delete([turn(1).episode.id], Batch(scope=ANA))
    (now,) = store.read("note", ANA, [old.id])
    assert (now.valid_until, now.superseded_by) == (None, None)
    assert store.changes(ANA, old.id) == []


def test_an_episode_that_is_not_there_stops_the_delete_before_it_begins(
    store: SqliteStore,
) -> None:
    with pytest.raises(MissingRecordError, match="nowhere"):
        store.delete([turn(0).episode.id, "nowhere"], Batch(scope=ANA))
    assert rows(store, "episode") == 4
    assert not store.is_compaction_due()
