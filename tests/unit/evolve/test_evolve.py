"""One evolution after the other over a memory; and proposers that mean harm."""

from collections.abc import Iterator, Sequence

import pytest

from graphmem.changes import Change, EntityTarget, LinkTarget, NoteField, Proposal, Target
from graphmem.evolve.evolve import MOST_PROPOSED
from graphmem.evolve.said import Said
from graphmem.graph import dump
from graphmem.memory import Memory
from graphmem.testing import standing_clock
from graphmem.types import EntityId, NoteId


@pytest.fixture
def memory() -> Iterator[Memory]:
    opened = Memory.open("ram:", scope="ida", clock=standing_clock)
    with opened:
        opened.add("My locker is number 14.", speaker="Ida", said_at="2024-05-01", id="old")
        opened.add("Rain again when I met Hed on the quay.", speaker="Odd", said_at="2024-05-02")
        opened.add("My locker is number 31 now.", speaker="Ida", said_at="2024-05-03", id="new")
        opened.add("I was wet.", speaker="Hedda", said_at="2024-05-04")
        yield opened


def of_kind(changes: Sequence[Change], kind: type[Target]) -> list[Change]:
    return [change for change in changes if isinstance(change.target, kind)]


def test_new_notes_are_linked_once_and_a_second_time_nothing_changes(memory: Memory) -> None:
    edit = memory.evolve()
    assert edit.looked_at == 4
    assert [c.target.kind for c in of_kind(edit.changes, LinkTarget)] == ["changes"]  # type: ignore[union-attr]
    assert len(of_kind(edit.changes, EntityTarget)) == 1
    again = memory.evolve()
    assert (again.changes, again.looked_at) == ((), 0)


def test_undoing_a_run_restores_every_byte_and_lets_it_be_done_again(memory: Memory) -> None:
    before = list(dump(memory.store))
    edit = memory.evolve()
    after = list(dump(memory.store))
    memory.undo(edit.run_id)
    assert list(dump(memory.store)) == before
    memory.evolve()
    assert list(dump(memory.store)) == after


def test_a_dry_run_tells_what_would_be_and_writes_nothing(memory: Memory) -> None:
    before = list(dump(memory.store))
    told = memory.evolve(dry_run=True)
    assert told.is_dry_run
    assert list(dump(memory.store)) == before
    done = memory.evolve()
    assert [c.target for c in told.changes] == [c.target for c in done.changes]


def test_search_finds_the_same_with_and_without(memory: Memory) -> None:
    questions = ("What is the number of my locker?", "Was it wet?")
    before = [[(h.note.id, h.score, h.why, h.marks) for h in memory.search(q)] for q in questions]
    edit = memory.evolve()
    memory.undo(of_kind(edit.changes, EntityTarget)[0].id)
    after = [[(h.note.id, h.score, h.why, h.marks) for h in memory.search(q)] for q in questions]
    assert after == before


def test_an_application_s_facts_supersede_each_other_and_no_other_statement_does() -> None:
    with Memory.open("ram:", scope="ida", clock=standing_clock) as memory:
        for day, number in ((1, 14), (9, 40), (5, 31)):
            text, at = f"My locker is number {number}.", f"2024-05-{day:02}"
            memory.add(text, speaker="Ida", said_at=at, kind="fact")
            memory.add(f"Ida's berth is number {number}.", speaker="Odd", said_at=at)
        memory.evolve()
        notes = {n.text: n for n in memory.list()}
        assert set(notes) >= {f"Ida's berth is number {i}." for i in (14, 31, 40)}
        lockers = [text for text in notes if "locker" in text]
        assert lockers == ["My locker is number 40."]
        then = memory.list(as_of="2024-05-06")
        assert [n.text for n in then if "locker" in n.text] == ["My locker is number 31."]


def test_facts_end_the_same_in_whatever_order_they_are_evolved() -> None:
    ends: set[tuple[tuple[str, str | None, object], ...]] = set()
    for order in ((1, 5, 9), (9, 1, 5), (5, 9, 1)):
        with Memory.open("ram:", scope="ida", clock=standing_clock) as memory:
            for day in order:
                text, at = f"My locker is number {day}.", f"2024-05-{day:02}"
                memory.add(text, speaker="Ida", said_at=at, kind="fact", session=f"s{day}")
                memory.evolve()
            found = [n for n in memory.store.scan("note", memory.scope.key) if n.kind == "turn"]
            ends.add(tuple(sorted((n.id, n.superseded_by, str(n.valid_until)) for n in found)))
    assert len(ends) == 1


def test_deleting_the_newer_fact_opens_the_older_one_again_and_the_next_run_mends_the_rest() -> (
    None
):
    with Memory.open("ram:", scope="ida", clock=standing_clock) as memory:
        for day in (1, 5, 9):
            text, at = f"My locker is number {day}.", f"2024-05-{day:02}"
            memory.add(text, speaker="Ida", said_at=at, kind="fact", id=f"f{day}")
        memory.evolve()
        memory.delete("f5")
        memory.evolve()
        assert [n.text for n in memory.list()] == ["My locker is number 9."]


def test_an_update_is_undone_though_a_rule_has_linked_its_note(memory: Memory) -> None:
    moved = memory.update("old", text="My locker is number 50.")
    memory.evolve()
    memory.undo(moved.run_id)
    assert "My locker is number 50." not in [n.text for n in memory.list()]


class Bad:
    """Proposes what it was given, for each new note."""

    name = "model:bad@1"

    def __init__(self, make: object) -> None:
        self.make = make

    def propose(self, arrival: Said, near: Sequence[Said]) -> Iterator[Proposal]:
        """Yield what the maker makes of the note."""
        yield from self.make(arrival, near)  # type: ignore[operator]


def proposal(target: Target, after: object, *, author: str = "user") -> Proposal:
    return Proposal(target=target, after=after, reason="because", author=author)


BAD = {
    "unknown note": lambda one, _: [proposal(LinkTarget(one.note, NoteId("nope"), "causes"), 1.0)],
    "a text": lambda one, _: [proposal(NoteField(one.note, "text"), "hacked")],
    "origins": lambda one, _: [proposal(NoteField(one.note, "origins"), ())],
    "itself": lambda one, _: [proposal(LinkTarget(one.note, one.note, "causes"), 1.0)],
        "no weight": lambda one, near: [
        proposal(LinkTarget(one.note, near[0].note, "causes"), float("nan")) for _ in near[:1]
    ],
    "unknown name": lambda *_: [proposal(EntityTarget(EntityId("tnope")), "tmore")],
    "unknown evidence": lambda one, _: [
        Proposal(target=NoteField(one.note, "context"), after="x", reason="r", author="a",
                 evidence=("nope",))
    ],
    "what comes later": lambda one, _: [
        Proposal(target=NoteField(one.note, "context"), after="x", reason="r", author="a",
                 follows=(3,))
    ],
}  # fmt: skip


@pytest.mark.parametrize("harm", BAD)
def test_what_cannot_be_is_refused_and_counted(memory: Memory, harm: str) -> None:
    before = [line for line in dump(memory.store) if '"kind":"change"' not in line]
    edit = memory.evolve(proposer=Bad(BAD[harm]))
    assert edit.rejected
    assert {getattr(c.target, "field", "") for c in edit.changes} == {"evolved_by"}
    memory.undo(edit.run_id)
    assert [line for line in dump(memory.store) if '"kind":"change"' not in line] == before


def test_no_note_supersedes_itself(memory: Memory) -> None:
    def ends(one: Said, _: object) -> list[Proposal]:
        return [proposal(NoteField(one.note, "superseded_by"), one.note)]

    edit = memory.evolve(proposer=Bad(ends))
    assert len(edit.rejected) == 4
    assert all(note.superseded_by is None for note in memory.list())


def test_two_notes_cannot_supersede_each_other(memory: Memory) -> None:
    old, new = (memory.history(id_).note.id for id_ in ("old", "new"))

    def circle(one: Said, _: object) -> list[Proposal]:
        other = new if one.note == old else old
        return [proposal(NoteField(one.note, "superseded_by"), other)]

    edit = memory.evolve(proposer=Bad(circle))
    assert any("supersede itself" in rejection.why for rejection in edit.rejected)


def test_a_flood_is_cut_off(memory: Memory) -> None:
    def flood(one: Said, _: object) -> Iterator[Proposal]:
        number = 0
        while True:
            number += 1
            yield proposal(NoteField(one.note, "context"), f"line {number}")

    edit = memory.evolve(proposer=Bad(flood))
    assert len(edit.rejected) == 4 * (MOST_PROPOSED - 5 + 1)
    assert len(edit.changes) == 4 * (5 + 1)


def test_a_proposer_that_breaks_leaves_the_store_as_it_was(memory: Memory) -> None:
    def breaks(one: Said, _: object) -> Iterator[Proposal]:
        yield proposal(NoteField(one.note, "context"), "half")
        raise RuntimeError("out of tokens")

    before = list(dump(memory.store))
    with pytest.raises(RuntimeError, match="out of tokens"):
        memory.evolve(proposer=Bad(breaks))
    assert list(dump(memory.store)) == before


def test_what_a_person_has_decided_no_rule_changes(memory: Memory) -> None:
    memory.evolve()
    (doubt,) = memory.doubts()
    memory.reject(doubt.id)

    def links_again(one: Said, near: Sequence[Said]) -> list[Proposal]:
        return [proposal(doubt.change.target, 0.9)]

    edit = memory.evolve(proposer=Bad(links_again))
    assert any("a person has decided" in rejection.why for rejection in edit.rejected)
    assert memory.doubts() == []
