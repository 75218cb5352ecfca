"""Themes are things that are spoken of together, in several sessions, told by their turns."""

import pytest

from graphmem.evolve.themes import themes
from graphmem.memory import Memory
from graphmem.testing import standing_clock

pytest.importorskip("igraph")
BOAT = ("The rudder and the mast came from Lund.", "Lund sent the mast and the rudder.")
BREAD = (
    "The sourdough and the pie are in the oven.",
    "The oven is too hot for a sourdough and a pie.",
)
WEEK = [line for _ in range(4) for line in (*BOAT, *BREAD, "It rained.", "We slept.")]


@pytest.fixture
def memory() -> Memory:
    memory = Memory.open("ram:", scope="ida", clock=standing_clock)
    for n, text in enumerate(WEEK):
        said_at = f"2024-01-{n + 1:02}"
        memory.add(text, speaker="Ida", said_at=said_at, session=f"s{n // 6}", id=f"t{n}")
    return memory


def stood(memory: Memory) -> list[str]:
    return sorted(note.context for note in memory.list(kind="topic") if "theme" in note.tags)


def test_things_of_the_same_turns_are_one_theme_and_others_another(memory: Memory) -> None:
    memory.consolidate(themes=True)
    found = stood(memory)
    assert len(found) == 2
    assert any("rudder" in one and "Lund" in one and "sourdough" not in one for one in found)
    assert any("sourdough" in one and "rudder" not in one for one in found)
    (boat,) = [note for note in memory.list(kind="topic") if "Lund" in note.tags[1:]]
    things, *lines = boat.text.splitlines()
    assert things == "Lund, mast, rudder:"
    assert {line.partition("Ida: ")[2] for line in lines} == set(BOAT)


def test_themes_stay_where_they_are_not_asked_for_and_go_with_their_run(memory: Memory) -> None:
    run = memory.consolidate(themes=True)
    before = stood(memory)
    again = memory.consolidate(themes=True)
    assert (again.added, again.changes) == ((), ())
    assert memory.consolidate().changes == ()
    assert stood(memory) == before
    memory.undo(run.run_id)
    assert stood(memory) == []


def test_a_theme_that_is_no_longer_spoken_of_gives_way(memory: Memory) -> None:
    memory.consolidate(themes=True)
    for n, text in enumerate(WEEK):
        if text in BREAD:
            memory.delete(f"t{n}")
    memory.consolidate(themes=True)
    assert [one for one in stood(memory) if "sourdough" in one] == []


def test_a_memory_that_names_nothing_has_no_theme() -> None:
    memory = Memory.open("ram:", scope="ida", clock=standing_clock)
    memory.add("We slept.", speaker="Ida")
    snapshot = memory.store.snapshot((memory.scope.key,), None)
    assert themes(snapshot, lambda _: pytest.fail("nothing to part")) == []
