"""What somebody said is one is told of as one, under all its names."""

import pytest

from graphmem import Memory
from graphmem.asking.identities import Identities


@pytest.fixture(params=["ram:", "file"])
def memory(request, tmp_path):
    store = tmp_path / "memory.db" if request.param == "file" else request.param
    with Memory.open(store, scope="crew") as memory:
        memory.add("Melanie Brandt works at Sund Dock.", session="a", said_at="2024-01-01")
        memory.add("The Dock called Mel Brandt today.", session="b", said_at="2024-02-01")
        memory.add("Olaf Kjær works at Sund Dock.", session="c", said_at="2024-03-01")
        memory.merge("Mel Brandt", "Melanie Brandt")
        yield memory


def test_a_merged_entity_is_listed_once_with_all_its_names(memory):
    (found,) = memory.entities("brandt")
    assert (found.name, found.aliases) == ("Melanie Brandt", ("Mel Brandt",))
    assert len(found.origins) == 2


@pytest.mark.parametrize("name", ["Mel Brandt", "melanie brandt"])
def test_a_timeline_under_any_name_tells_of_all(memory, name):
    assert [entry.note.session_id for entry in memory.timeline(name)] == [
        memory.list()[0].session_id,
        memory.list()[1].session_id,
    ]


def test_facts_are_asked_for_under_any_name(memory):
    assert memory.facts(subject="Mel Brandt") == memory.facts(subject="Melanie Brandt") != []


def test_what_is_around_one_is_around_the_other(memory):
    called = memory.list()[1]
    found = memory.neighbourhood(called.id, 2)
    assert "Melanie Brandt works at Sund Dock." in {node.text for node in found.nodes}
    (entity,) = memory.entities("brandt")
    around = memory.neighbourhood(entity.id)
    assert {node.text for node in around.nodes if node.kind == "note"} == {
        "Melanie Brandt works at Sund Dock.",
        "The Dock called Mel Brandt today.",
    }


def test_what_was_parted_again_is_told_of_apart(memory):
    memory.unmerge("Mel Brandt")
    assert {entity.name for entity in memory.entities("brandt")} == {"Mel Brandt", "Melanie Brandt"}
    assert len(memory.timeline("Mel Brandt")) == 1


def test_an_entity_that_nobody_merged_is_itself_alone(memory):
    same = Identities.of(memory.store.snapshot((memory.scope.key,), None))
    (olaf,) = memory.entities("olaf")
    assert (same.root(olaf.id), same.one_with(olaf.id)) == (olaf.id, (olaf.id,))
