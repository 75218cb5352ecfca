"""What is around a record: what a note names and states, what follows it; not who spoke."""

import pytest

from graphmem import Memory
from graphmem.errors import ConfigError
from tests.browsing import TALK, filled


@pytest.fixture
def memory():
    with Memory.open("ram:", scope="house") as memory:
        yield filled(memory)


def texts(found, distance=None):
    return {node.text for node in found.nodes if distance in (None, node.distance)}


def note_of(memory, text):
    return next(note for note in memory.list() if note.text == text)


def test_beside_a_note_is_what_it_names_and_what_was_said_before_and_after(memory):
    note = note_of(memory, TALK[1][2])
    found = memory.neighbourhood(note.id)
    assert texts(found, 0) == {note.text}
    assert texts(found, 1) == {"Erik Dahl", "Nordvik Yard", TALK[0][2], TALK[2][2]}
    ids = {node.text: node.id for node in found.nodes}
    edges = {(edge.source, edge.kind, edge.target) for edge in found.edges}
    assert (note.id, "mentions", ids["Nordvik Yard"]) in edges
    assert (ids["Erik Dahl"], "works at", ids["Nordvik Yard"]) in edges
    assert (ids[TALK[0][2]], "next", note.id) in edges


def test_two_steps_on_is_what_tells_of_the_same_things(memory):
    found = memory.neighbourhood(note_of(memory, TALK[1][2]).id, 2)
    assert {TALK[3][2], "Nordvik Yard builds ferries."} <= texts(found, 2)
    assert TALK[4][2] not in texts(found)


def test_a_speaker_joins_no_turns(memory):
    with Memory.open("ram:", scope="x") as other:
        other.add("I like plums.", speaker="Kim", session="a")
        other.add("I hate wasps.", speaker="Kim", session="b")
        plums = next(note for note in other.list() if "plums" in note.text)
        assert "I hate wasps." not in texts(other.neighbourhood(plums.id, 4))


def test_an_episode_an_entity_a_fact_and_a_session_have_a_place_too(memory):
    note = note_of(memory, TALK[1][2])
    assert texts(memory.neighbourhood("garage-1", 0)) == {note.text}
    (fact,) = memory.facts(relation="works at")
    assert texts(memory.neighbourhood(fact.id, 0)) == {"Erik Dahl", "Nordvik Yard"}
    entity = memory.entities("Erik Dahl")[0]
    assert texts(memory.neighbourhood(entity.id), 1) >= {TALK[0][2], TALK[1][2]}
    session = memory.sessions()[0].session
    assert texts(memory.neighbourhood(session.id)) == {"kitchen", TALK[3][2]}


def test_a_limit_keeps_the_nearest_and_says_what_it_left_out(memory):
    note = note_of(memory, TALK[1][2])
    found = memory.neighbourhood(note.id, 3, limit=3)
    assert len(found.nodes) == 3
    assert found.nodes[0].id == note.id
    assert found.left_out > 0
    inside = {node.id for node in found.nodes}
    assert all({edge.source, edge.target} <= inside for edge in found.edges)


def test_a_depth_that_cannot_be_is_refused(memory):
    with pytest.raises(ConfigError, match="depth"):
        memory.neighbourhood("garage-1", -1)
