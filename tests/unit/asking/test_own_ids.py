"""Ids that the caller gave: found, refused where several have one, and never in the way."""

import pytest

from graphmem import Memory
from graphmem.asking.own_ids import OwnIds
from graphmem.errors import ConfigError, MissingRecordError


@pytest.fixture
def memory():
    with Memory.open("ram:", scope="shop") as memory:
        memory.add("Two crates of pears.", session="a", metadata={"id": "order-1"})
        yield memory


def test_an_own_id_is_the_episodes(memory):
    (episode,) = memory.get("order-1")
    assert episode.text == "Two crates of pears."
    assert OwnIds(memory.store, "shop").resolved("order-1") == episode.id


def test_an_own_id_given_later_is_found_and_a_deleted_one_is_not(memory):
    memory.get("order-1")
    memory.add("One crate of plums.", session="a", metadata={"id": "order-2"})
    assert memory.get("order-2")[0].text == "One crate of plums."
    memory.delete("order-2")
    with pytest.raises(MissingRecordError, match="order-2"):
        memory.get("order-2")


def test_an_own_id_that_is_given_again_after_a_delete_can_be_deleted_again(memory):
    for text in ("Three crates.", "Four crates."):
        memory.add(text, session="a", metadata={"id": "order-3"})
        assert memory.delete("order-3").episodes_deleted == 1
    assert memory.delete("order-3").episodes_deleted == 0  # gone already, and no error


def test_an_own_id_of_several_sessions_is_refused_with_the_ids(memory):
    memory.add("Pears again.", session="b", metadata={"id": "order-1"})
    with pytest.raises(ConfigError, match=r"several .*'order-1'; say which: e[0-9a-f]{24}, e"):
        memory.get("order-1")


def test_no_id_of_what_was_erased_is_kept(memory):
    memory.get("order-1")
    assert "order-1" in repr(vars(memory._own_ids))
    memory.delete("order-1")
    assert "order-1" not in repr(vars(memory._own_ids))


def test_an_id_of_graphmem_s_own_form_is_never_looked_up(memory):
    class Unread:
        def version_token(self, scope):
            raise AssertionError("read")

    assert OwnIds(Unread(), "shop").resolved("n" + "0" * 24) == "n" + "0" * 24


def test_history_takes_an_episodes_id_or_its_own(memory):
    (episode,) = memory.get("order-1")
    history = memory.history("order-1")
    assert history.note.origins == (episode.id,)
    assert memory.history(episode.id) == history == memory.history(history.note.id)
