"""What undoing takes back: the run, what it made dependent on it, and later changes if asked."""

import pytest

from graphmem.changes import Edit
from graphmem.errors import DependentChangesError, MissingRecordError
from graphmem.evolve.undo import Undoing, undoing
from graphmem.memory import Memory
from graphmem.testing import standing_clock


@pytest.fixture
def memory() -> Memory:
    made = Memory.open("ram:", scope="ana", clock=standing_clock)
    for day, text in enumerate(("I live in Porto.", "We had soup with Mel.", "Melanie came."), 1):
        made.add(text, speaker="Ana", said_at=f"2024-05-0{day}T10:00:00Z")
    return made


def note(memory: Memory, begin: str) -> str:
    found = memory.store.scan("note", memory.scope.key)
    return next(n.id for n in found if n.kind == "turn" and n.text.startswith(begin))


def plan(memory: Memory, id_: str, *, cascade: bool = False) -> Undoing:
    return undoing(memory.store, memory.scope.key, id_, cascade=cascade)


def ids(*edits: Edit) -> set[str]:
    return {change.id for edit in edits for change in edit.changes}


def test_a_run_is_taken_back_whole_with_what_it_wrote(memory: Memory) -> None:
    edit = memory.update(note(memory, "I live"), text="I live in Faro.")
    found = plan(memory, edit.run_id)
    assert {change.id for change in found.changes} == ids(edit)
    assert found.notes == edit.added


def test_one_change_takes_along_what_its_run_made_dependent_on_it(memory: Memory) -> None:
    edit = memory.replace(note(memory, "I live"), note(memory, "We had"))
    superseded, end = edit.changes
    assert {c.id for c in plan(memory, superseded.id).changes} == ids(edit)
    assert [c.id for c in plan(memory, end.id).changes] == [end.id]


def test_a_note_that_was_there_before_is_not_erased(memory: Memory) -> None:
    edit = memory.replace(note(memory, "I live"), note(memory, "We had"))
    assert plan(memory, edit.run_id).notes == ()


def test_later_changes_of_the_same_value_stand_in_the_way(memory: Memory) -> None:
    one, other = note(memory, "I live"), note(memory, "We had")
    first, later = memory.pin(one), memory.pin(one, off=True)
    apart = memory.pin(other)
    with pytest.raises(DependentChangesError, match="--cascade") as refused:
        plan(memory, first.run_id)
    assert set(refused.value.ids) == ids(later)
    found = {c.id for c in plan(memory, first.run_id, cascade=True).changes}
    assert found == ids(first, later)
    assert ids(apart).isdisjoint(found)


def test_what_was_said_of_a_note_that_would_be_erased_stands_in_the_way(memory: Memory) -> None:
    edit = memory.update(note(memory, "I live"), text="I live in Faro.")
    (new,) = edit.added
    pinned = memory.pin(new.id)
    newer = memory.update(new.id, text="I live in Beja.")
    with pytest.raises(DependentChangesError):
        plan(memory, edit.run_id)
    found = plan(memory, edit.run_id, cascade=True)
    assert {c.id for c in found.changes} == ids(edit, pinned, newer)
    assert {n.id for n in found.notes} == {new.id, newer.added[0].id}


def test_a_merge_of_a_name_that_only_the_erased_note_uses_stands_in_the_way(
    memory: Memory,
) -> None:
    edit = memory.update(note(memory, "I live"), text="I live with Hedda in Faro.")
    merge = memory.merge("Hedda", "Melanie")
    with pytest.raises(DependentChangesError) as refused:
        plan(memory, edit.run_id)
    assert set(refused.value.ids) == ids(merge)
    memory.undo(merge.run_id)
    memory.merge("Mel", "Melanie")
    assert {c.id for c in plan(memory, edit.run_id).changes} == ids(edit)


def test_an_id_that_is_neither_a_change_nor_a_run_is_missing(memory: Memory) -> None:
    with pytest.raises(MissingRecordError, match="change or run"):
        plan(memory, "c0")
