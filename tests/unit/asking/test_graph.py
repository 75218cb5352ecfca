"""Names, facts and timelines, read without a question."""

import pytest

from graphmem import Memory
from graphmem.errors import ConfigError
from tests.browsing import TALK, filled


@pytest.fixture
def memory():
    with Memory.open("ram:", scope="house") as memory:
        yield filled(memory)


def test_entities_are_those_that_most_notes_name_first(memory):
    names = [entity.name for entity in memory.entities()]
    assert names[0] == "Nordvik Yard"
    assert [entity.name for entity in memory.entities("dahl")] == ["Erik Dahl"]


def test_facts_are_asked_for_by_their_parts(memory):
    (fact,) = memory.facts(subject="erik dahl", relation="works at")
    assert fact.object == "Nordvik Yard"
    assert memory.facts(subject="Nobody") == []
    assert memory.facts(object="nordvik yard") == [fact]


def test_a_timeline_tells_of_an_entity_in_order_of_time_with_its_facts(memory):
    entries = memory.timeline("nordvik yard")
    assert [entry.note.text for entry in entries] == [
        TALK[3][2], TALK[1][2], "Nordvik Yard builds ferries.",
    ]  # fmt: skip
    assert [fact.relation for fact in entries[1].facts] == ["works at"]
    assert memory.timeline(memory.entities("nordvik")[0].id) == entries


def test_an_entity_that_is_not_there_is_refused_with_the_nearest_name(memory):
    with pytest.raises(ConfigError, match="did you mean 'Nordvik Yard'"):
        memory.timeline("Nordvick Yard")
