"""A person's page: sentences as said, each with its turn; current first; no wish, no question."""

import pytest

from graphmem.errors import ConfigError
from graphmem.memory import Memory
from graphmem.testing import standing_clock

SAID = (
    ("Ida", "2024-01-02", "I live in Bergen with my sister."),
    ("Ole", "2024-01-03", "I bought a wooden canoe."),
    ("Ida", "2024-02-02", "I wish I had a wooden piano at home."),
    ("Ida", "2024-02-03", "I painted the kitchen cupboards. You should paint yours too!"),
    ("Ole", "2024-03-02", "Ida won the regional chess cup."),
    ("Ole", "2024-03-03", "You are a wonderful cook, Ida."),
    ("Ida", "2024-04-02", "I moved to Oslo with two cats."),
    ("Ida", "2024-04-03", "If I win the lottery, I buy a red tractor."),
    ("Ida", "2024-04-04", "Have I told you that I own a red tractor?"),
)


@pytest.fixture
def memory() -> Memory:
    made = Memory.open("ram:", scope="ida", clock=standing_clock)
    for number, (speaker, day, text) in enumerate(SAID):
        made.add(text, speaker=speaker, said_at=day, session=f"s{number}", id=f"t{number}")
    return made


def told(memory: Memory, name: str = "Ida", **more: str) -> list[tuple[str, str]]:
    return [(line.episode.source_id, line.said) for line in memory.profile(name, **more).lines]


def test_what_is_stated_by_or_of_a_person_is_told_with_its_turn(memory: Memory) -> None:
    assert told(memory) == [
        ("t6", "I moved to Oslo with two cats."),
        ("t4", "Ida won the regional chess cup."),
        ("t3", "I painted the kitchen cupboards."),
        ("t0", "I live in Bergen with my sister."),
    ]
    assert told(memory, "ole") == [("t1", "I bought a wooden canoe.")]


def test_of_what_has_one_value_at_a_time_the_newest_is_current(memory: Memory) -> None:
    first, *_, last = memory.profile("Ida").lines
    assert (first.slot, first.marks) == ("home", ("current",))
    assert (last.slot, last.marks) == ("home", (f"earlier; newer: {first.note.id}",))


def test_a_page_as_of_a_moment_knows_nothing_later(memory: Memory) -> None:
    assert told(memory, as_of="2024-01-15") == [("t0", "I live in Bergen with my sister.")]


def test_what_is_deleted_or_replaced_is_on_no_page(memory: Memory) -> None:
    memory.delete("t4")
    memory.update("t3", text="I painted the garden gate.")
    assert [said for _, said in told(memory)][1:2] == ["I painted the garden gate."]
    assert "t4" not in dict(told(memory))


def test_two_names_that_are_one_have_one_page(memory: Memory) -> None:
    memory.merge("Ole", "Ida")
    assert ("t1", "I bought a wooden canoe.") in told(memory)


def test_a_name_that_nothing_has_is_refused_with_near_ones(memory: Memory) -> None:
    with pytest.raises(ConfigError, match="did you mean 'Ida'"):
        memory.profile("Idda")
