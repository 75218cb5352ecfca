"""What a note's origins say is stored with them alone, and read as the note's own."""

from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest

from graphmem.batches import Batch, NoteRecord
from graphmem.errors import StoreError
from graphmem.graph.sqlite.store import SqliteStore
from graphmem.graph.sqlite.texts import said_by, text_column
from graphmem.ids import note_id
from graphmem.testing.records import ANA, ENCODER, SampleTurn, batch_of, turn
from graphmem.text import line_of
from graphmem.types import Note, NoteId

TURNS = [turn(i) for i in range(3)]


def composed(text: str, turns: list[SampleTurn]) -> Note:
    origins = tuple(one.episode.id for one in turns)
    home = turns[0].session.id
    id_ = NoteId(note_id("segment", home, origins, text))
    return Note(id=id_, scope=ANA, session_id=home, kind="segment", text=text, origins=origins)


LINES = "\n".join(line_of(one.episode.speaker, one.episode.text) for one in TURNS)
SAID = composed(LINES, TURNS)
OWN = composed("They spoke of the sea.", TURNS)


def stored_texts(store: SqliteStore) -> dict[str, str | None]:
    with store._file.reading() as db:
        return dict(db.execute("SELECT id, text FROM note"))


@pytest.fixture
def store(tmp_path: Path):
    with closing(SqliteStore(tmp_path / "memory.db")) as opened:
        opened.set_encoder(ENCODER)
        yield opened


def test_an_atomic_note_says_what_its_episode_does_a_composed_one_its_lines() -> None:
    assert said_by("turn", [("Ana", "A heron.")]) == "A heron."
    assert said_by("passage", [(None, "A heron.")]) == "A heron."
    assert (
        said_by("segment", [("Ana", "A heron."), (None, "It flew.")]) == "Ana: A heron.\nIt flew."
    )
    assert said_by("session", [("", "A heron.")]) == "A heron."


@pytest.mark.parametrize("text", ["A heron. ", "a heron.", "A heron. [image: a lake]", ""])
def test_a_text_that_differs_by_a_letter_is_the_notes_own(text: str) -> None:
    note = replace(TURNS[0].note, text=text)
    assert text_column(note, [("Ana", "A heron.")]) == text
    assert text_column(replace(note, text="A heron."), [("Ana", "A heron.")]) is None


def test_notes_come_back_whether_their_text_is_stored_or_said(store: SqliteStore) -> None:
    records = (NoteRecord(note=SAID), NoteRecord(note=OWN))
    store.write(batch_of(*TURNS, notes=records))
    notes = [*(one.note for one in TURNS), SAID, OWN]
    assert store.read("note", ANA, [note.id for note in notes]) == notes
    said = dict.fromkeys([*(one.note.id for one in TURNS), SAID.id])
    assert stored_texts(store) == {**said, OWN.id: OWN.text}


def test_a_note_whose_text_is_said_is_refused_another(store: SqliteStore) -> None:
    store.write(batch_of(*TURNS, notes=(NoteRecord(note=SAID),)))
    store.write(Batch(scope=ANA, notes=(NoteRecord(note=SAID),)))
    for note in (replace(SAID, text="Otherwise."), replace(TURNS[0].note, text="Otherwise.")):
        with pytest.raises(StoreError, match="text"):
            store.write(Batch(scope=ANA, notes=(NoteRecord(note=note),)))
    assert store.read("note", ANA, [SAID.id]) == [SAID]


def test_notes_of_one_run_share_a_maker_and_later_runs_have_their_own(store: SqliteStore) -> None:
    def written(one: SampleTurn, run: str) -> None:
        record = replace(one.record, note=replace(one.note, run_id=run, created_by="rule:test@1"))
        store.write(replace(batch_of(one), notes=(record,)))

    for one, run in zip((*TURNS, turn(3)), ("a", "a", "b", "a"), strict=True):
        written(one, run)
    with store._file.reading() as db:
        assert db.execute("SELECT created_by, run_id FROM maker ORDER BY no").fetchall() == [
            ("rule:test@1", "a"),
            ("rule:test@1", "b"),
        ]
    ids = [one.note.id for one in (*TURNS, turn(3))]
    assert [note.run_id for note in store.read("note", ANA, ids)] == ["a", "a", "b", "a"]
