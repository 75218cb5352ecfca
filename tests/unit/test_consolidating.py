"""Consolidation: shown, not searched; twice is once; taken back; gone with its turns."""

import pytest

from graphmem.errors import ConfigError
from graphmem.graph.dump import dump
from graphmem.memory import Memory
from graphmem.testing import standing_clock

SAID = (
    "I live in Bergen with my sister.",
    "We rowed to Skorpa and fished for cod.",
    "The storm kept us on Skorpa for two nights.",
    "I carved a door sign for the cabin on Skorpa.",
    "I moved to Oslo with two cats.",
)


@pytest.fixture(params=["ram:", "file"])
def memory(request, tmp_path):
    place = "ram:" if request.param == "ram:" else tmp_path / "memory.db"
    with Memory.open(place, scope="ida", clock=standing_clock) as made:
        for n, text in enumerate(SAID):
            made.add(text, speaker="Ida", said_at=f"2024-01-0{n + 1}", session=f"s{n}", id=f"t{n}")
        yield made


def hits(memory: Memory) -> list[tuple[str, float]]:
    return [(hit.note.id, hit.score) for hit in memory.search("Who was on Skorpa?", k=9)]


def test_topics_and_insights_are_shown_with_their_turns_and_not_searched(memory: Memory) -> None:
    before = hits(memory)
    made = memory.consolidate()
    (topic,), (insight,) = memory.list(kind="topic"), memory.list(kind="insight")
    assert {note.id for note in made.added} == {topic.id, insight.id}
    assert topic.tags == ("Skorpa",)
    assert topic.text.splitlines()[0] == f"2 January 2024, Ida: {SAID[1]}"
    assert insight.text == "Ida, home: Bergen (1 January 2024) → Oslo (5 January 2024)"
    turns = memory.get(*insight.origins)
    assert [turn.source_id for turn in turns] == ["t0", "t4"]
    assert hits(memory) == before
    assert memory.count() == len(SAID)


def test_twice_is_once_and_a_dry_run_writes_nothing(memory: Memory) -> None:
    before = list(dump(memory.store))
    tried = memory.consolidate(dry_run=True)
    assert list(dump(memory.store)) == before
    done = memory.consolidate()
    assert [note.id for note in done.added] == [note.id for note in tried.added]
    again = memory.consolidate()
    assert (again.added, again.changes) == ((), ())


def test_a_run_is_taken_back_byte_for_byte_also_one_that_replaced_notes(memory: Memory) -> None:
    empty = list(dump(memory.store))
    first = memory.consolidate()
    memory.add("I moved to Tromsø for work.", speaker="Ida", said_at="2024-02-01", id="t9")
    before = list(dump(memory.store))
    second = memory.consolidate()
    (insight,) = memory.list(kind="insight")
    assert insight.text.endswith("→ Tromsø (1 February 2024)")
    memory.undo(second.run_id)
    assert list(dump(memory.store)) == before
    memory.delete("t9")
    memory.undo(first.run_id)
    assert [line for line in dump(memory.store) if "tombstone" not in line] == empty


def test_an_insight_dies_with_any_of_its_premises(memory: Memory) -> None:
    memory.consolidate()
    memory.delete("t4")
    assert list(memory.list(kind="insight")) == []
    assert len(memory.list(kind="topic")) == 1


def test_they_are_listed_whole_and_no_kind_of_search(memory: Memory) -> None:
    with pytest.raises(ConfigError, match="whole"):
        memory.list(kind="topic", speaker="Ida")
    with pytest.raises(ConfigError, match="kind"):
        memory.search("Skorpa", kind="topic")
