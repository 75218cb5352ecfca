"""A write counts up, numbers follow the last one, and marks what a snapshot has to read again."""

from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import numpy as np
import pytest

from graphmem.graph.sqlite.states import VERSION_DIGITS
from graphmem.graph.sqlite.store import SqliteStore
from graphmem.graph.sqlite.transaction import WRITES_KNOWN, Transaction
from graphmem.testing.records import ANA, BEN, ENCODER, batch_of, turn


@pytest.fixture
def store(tmp_path: Path) -> Iterator[SqliteStore]:
    with closing(SqliteStore(tmp_path / "memory.db")) as opened:
        opened.set_encoder(ENCODER)
        opened.write(batch_of(turn(0), turn(1)))
        yield opened


def test_each_write_has_a_later_version_and_each_scope_its_number(store: SqliteStore) -> None:
    with store._file.writing() as db:
        first, second = Transaction.begin(db, ANA), Transaction.begin(db, BEN)
        again = Transaction.begin(db, ANA)
    assert first.version < second.version < again.version
    assert again.scope_no == first.scope_no != second.scope_no


def test_versions_are_drawn_and_the_last_ones_are_known(store: SqliteStore) -> None:
    versions = []
    for _ in range(WRITES_KNOWN + 2):
        with store._file.writing() as db:
            versions.append(Transaction.begin(db, ANA).version)
    assert len(set(np.diff(versions).tolist())) > WRITES_KNOWN  # no two steps are alike
    states = [f"{version:0{VERSION_DIGITS}x}" for version in (*versions, versions[-1] + 1)]
    assert store.state(ANA) == states[-2]
    assert [store.writes_since(ANA, state) for state in states[-4:-1]] == [2, 1, 0]
    assert store.writes_since(ANA, states[2]) == WRITES_KNOWN - 1
    assert store.writes_since(ANA, states[1]) is None
    assert store.writes_since(ANA, states[-1]) is None


def test_numbers_go_on_behind_the_last_row(store: SqliteStore) -> None:
    with store._file.writing() as db:
        tx = Transaction.begin(db, ANA)
        assert tx.next_number("note") == 3
        assert tx.note_numbers([turn(0).note.id, "nothing"]) == {turn(0).note.id: 1}


def test_what_never_changes_of_a_note_is_found(store: SqliteStore) -> None:
    note = turn(1).note
    with store._file.writing() as db:
        tx = Transaction.begin(db, ANA)
        assert tx.text_and_origins(note.id) == (note.text, note.origins)


def test_a_place_is_of_its_own_scope_only(store: SqliteStore) -> None:
    id_ = turn(0).episode.id
    with store._file.writing() as db:
        assert list(Transaction.begin(db, ANA).places([id_])) == [id_]
        assert Transaction.begin(db, BEN).places([id_]) == {}


def test_a_touched_session_has_the_version_of_the_write(store: SqliteStore) -> None:
    with store._file.writing() as db:
        tx = Transaction.begin(db, ANA)
        (number,) = tx.session_numbers([turn(0).session.id]).values()
        tx.touch_sessions([number])
        found = db.execute("SELECT version FROM session WHERE no = ?", (number,)).fetchone()
    assert found == (tx.version,)
