"""What the rules propose of a new note."""

from collections.abc import Sequence

from graphmem.changes import Change, LinkTarget, NoteField, Proposal
from graphmem.evolve.propose import MOST_LINKS, RuleProposer
from graphmem.evolve.said import Said, said
from graphmem.types import Note, NoteId
from tests.unit.evolve.saying import note_of

OLD = note_of("My locker is number 14.", id_="n1")
NEW = note_of("My locker is number 31 now.", day=3, id_="n2")


def proposed(new: Note, *olds: Note, facts: Sequence[Note] = ()) -> list[Proposal]:
    stored = {note.id: note for note in (new, *olds)}

    def read(id_: NoteId) -> tuple[Note, Sequence[Change]]:
        return stored[id_], []

    rules = RuleProposer(read, frozenset(note.id for note in facts))
    near: list[Said] = [said(note) for note in olds]
    return rules.propose(said(new), near)


def test_a_change_is_a_link_and_two_lines_about_the_older_note_that_follow_it() -> None:
    link, context, tags = proposed(NEW, OLD)
    assert link.target == LinkTarget(NEW.id, OLD.id, "changes")
    assert (context.target, tags.target) == (
        NoteField(OLD.id, "context"),
        NoteField(OLD.id, "tags"),
    )
    assert context.after == "later, Ida, 4 May 2024: “My locker is number 31 now.”"
    assert tags.after == ("changed later",)
    assert context.follows == tags.follows == (0,)


def test_a_late_arrival_is_the_older_one_of_the_link() -> None:
    link = proposed(OLD, NEW)[0]
    assert link.target == LinkTarget(NEW.id, OLD.id, "changes")
    assert link.arrival == OLD.id


def test_no_rule_writes_about_facts_what_the_newer_one_says_by_itself() -> None:
    assert len(proposed(NEW, OLD, facts=[NEW, OLD])) == 1


def test_no_more_links_are_made_than_it_says() -> None:
    olds = [note_of(f"My locker is number {i}.", id_=f"o{i}") for i in range(MOST_LINKS + 3)]
    links = [p for p in proposed(NEW, *olds) if isinstance(p.target, LinkTarget)]
    assert len(links) == MOST_LINKS
