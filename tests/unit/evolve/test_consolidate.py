"""Notes over sessions: with their turns as origins; what is outdated gives way by a change."""

from dataclasses import replace

from graphmem.changes import NoteField
from graphmem.evolve.consolidate import outdated
from graphmem.types import Note, NoteId
from tests.said import said


def topic(id_: str, name: str, **more: object) -> Note:
    return replace(said("x"), id=NoteId(id_), kind="topic", tags=(name,), **more)


def test_an_earlier_note_gives_way_to_that_of_the_same_subject_or_is_archived() -> None:
    before = [topic("n1", "Skorpa"), topic("n2", "Runde"), topic("n3", "Alden")]
    made = outdated(before, [topic("n9", "Skorpa"), topic("n3", "Alden")])
    assert {(p.target, p.after) for p in made} == {
        (NoteField(NoteId("n1"), "superseded_by"), "n9"),
        (NoteField(NoteId("n2"), "archived"), True),
    }


def test_what_gave_way_before_is_left() -> None:
    over = topic("n1", "Skorpa", superseded_by=NoteId("n0"))
    assert outdated([over, topic("n2", "Runde", archived=True)], []) == []
