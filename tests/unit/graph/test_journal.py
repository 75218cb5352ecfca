"""What a note's changes make of it, and what stays when those of an erased note are taken back."""

from dataclasses import replace
from datetime import timedelta

from graphmem.changes import Change, chain_of
from graphmem.graph.journal import with_changes, without
from graphmem.testing.records import START, change, superseding, turn
from graphmem.types import Note, NoteId

NOTE = turn(0).note


def superseded_by(names: str) -> list[Change]:
    """Return the changes by which each of the notes in turn supersedes the note."""
    made: list[Change] = []
    for n, name in enumerate(names):
        now = with_changes(NOTE, made)
        made += superseding(now, NoteId(name), until=START + timedelta(days=n), n=n)
    return made


def test_a_change_behind_several_that_go_starts_from_what_was_before_them() -> None:
    changes = superseded_by("abc")
    kept, gone = without(changes, {NoteId("a"), NoteId("b")})
    assert gone == {one.id for one in changes[:4]}
    assert [(chain_of(one.target)[2], one.before, one.after) for one in kept] == [
        ("valid_until", None, START + timedelta(days=2)),
        ("superseded_by", None, "c"),
    ]


def test_taking_all_back_leaves_the_note_as_it_was_derived() -> None:
    kept, _ = without(superseded_by("ab"), {NoteId("a"), NoteId("b")})
    assert with_changes(NOTE, kept) == NOTE


def test_an_end_set_by_another_act_stays() -> None:
    by_hand = change(NOTE, "valid_until", START + timedelta(days=9), n=7)
    superseding_change = change(NOTE, "superseded_by", "a", n=8)
    kept, gone = without([by_hand, superseding_change], {NoteId("a")})
    assert (kept, gone) == ((by_hand,), {superseding_change.id})


def test_changes_that_name_no_erased_note_stay_as_they_are() -> None:
    changes = superseded_by("ab")
    assert without(changes, {NoteId("other")}) == (tuple(changes), set())


def test_later_changes_win() -> None:
    tags = [change(NOTE, "tags", (name,), n=n) for n, name in enumerate("ab")]
    now: Note = with_changes(NOTE, tags)
    assert now == replace(NOTE, tags=("b",))
