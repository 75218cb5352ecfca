"""What a person says of a doubt."""

from collections.abc import Iterator

import pytest

from graphmem.errors import DependentChangesError, InputError, MissingRecordError
from graphmem.graph import dump
from graphmem.memory import Memory
from graphmem.testing import standing_clock


@pytest.fixture
def memory() -> Iterator[Memory]:
    with Memory.open("ram:", scope="ida", clock=standing_clock) as opened:
        opened.add("My locker is number 14.", speaker="Ida", said_at="2024-05-01", id="old")
        opened.add("My locker is number 31 now.", speaker="Ida", said_at="2024-05-03", id="new")
        opened.evolve()
        yield opened


def test_a_doubt_shows_both_statements_and_why(memory: Memory) -> None:
    (doubt,) = memory.doubts()
    assert (doubt.old.text, doubt.new.text) == (
        "My locker is number 14.",
        "My locker is number 31 now.",
    )
    assert (doubt.kind, doubt.reason) == ("changes", "the same but for 14, now 31")


def test_accepted_the_newer_one_supersedes_and_the_older_is_found_as_of_before(
    memory: Memory,
) -> None:
    (doubt,) = memory.doubts()
    assert memory.accept(doubt.id, dry_run=True).changes
    memory.accept(doubt.id)
    assert [n.text for n in memory.list()] == ["My locker is number 31 now."]
    assert [n.text for n in memory.list(as_of="2024-05-02")] == ["My locker is number 14."]
    assert memory.doubts() == []


def test_rejected_the_link_goes_and_is_not_made_again(memory: Memory) -> None:
    (doubt,) = memory.doubts()
    memory.reject(doubt.id)
    memory.evolve()
    assert memory.doubts() == []
    assert list(memory.store.scan("link", memory.scope.key)) == []


def test_both_true_they_are_of_one_topic(memory: Memory) -> None:
    (doubt,) = memory.doubts()
    memory.keep_both(doubt.id)
    (link,) = memory.store.scan("link", memory.scope.key)
    assert link.kind == "same_topic"
    assert memory.doubts() == []
    assert len(memory.list()) == 2


@pytest.mark.parametrize("verb", ["accept", "reject", "keep_both"])
def test_a_word_is_undone_and_the_doubt_waits_again(memory: Memory, verb: str) -> None:
    before = list(dump(memory.store))
    (doubt,) = memory.doubts()
    edit = getattr(memory, verb)(doubt.id)
    memory.undo(edit.run_id)
    assert list(dump(memory.store)) == before
    assert [one.id for one in memory.doubts()] == [doubt.id]


def test_the_run_that_raised_a_doubt_is_undone_only_with_the_word_about_it(memory: Memory) -> None:
    (doubt,) = memory.doubts()
    memory.accept(doubt.id)
    with pytest.raises(DependentChangesError):
        memory.undo(doubt.change.run_id)
    memory.undo(doubt.change.run_id, cascade=True)
    assert len(memory.list()) == 2


def test_an_id_that_waits_for_nobody_is_refused(memory: Memory) -> None:
    (doubt,) = memory.doubts()
    memory.accept(doubt.id)
    with pytest.raises(InputError, match="review list"):
        memory.accept(doubt.id)
    with pytest.raises(MissingRecordError):
        memory.accept("c0")
