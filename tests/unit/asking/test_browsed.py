"""A memory listed and looked up without a question, the same from a file as from memory."""

from collections.abc import Iterator

import pytest

from graphmem import Memory
from graphmem.errors import ConfigError, MissingRecordError
from tests.browsing import TALK, filled, told


@pytest.fixture(params=["ram:", "file"])
def memory(request: pytest.FixtureRequest, tmp_path) -> Iterator[Memory]:
    store = tmp_path / "memory.db" if request.param == "file" else request.param
    with Memory.open(store, scope="house") as memory:
        yield filled(memory)


def test_a_file_tells_the_same_as_memory(tmp_path):
    path = tmp_path / "memory.db"
    with Memory.open("ram:", scope="house") as one, Memory.open(path, scope="house") as other:
        assert told(filled(one)) == told(filled(other))


def test_only_what_passes_the_filters_is_listed_and_counted(memory):
    found = memory.list(speaker="Sanna", since="2024-03")
    assert [note.text for note in found] == [TALK[0][2], TALK[2][2]]
    assert memory.count(speaker="Sanna", since="2024-03") == 2
    assert memory.count() == 6
    assert memory.count(where={"by.room": ["attic", "kitchen"]}) == 2


def test_what_was_not_yet_said_then_is_not_listed_as_of_then(memory):
    texts = {note.text for note in memory.list(as_of="2024-02-10")}
    assert TALK[3][2] in texts
    assert TALK[0][2] not in texts


def test_stats_count_what_is_true_now_and_what_is_stored(memory):
    stats = memory.stats()
    assert (stats.turns, stats.passages, stats.episodes, stats.sessions) == (5, 1, 6, 4)
    assert stats.first.isoformat() == "2024-02-01T00:00:00+00:00"
    memory.delete("attic-4")
    assert (memory.stats().turns, memory.stats().deleted) == (4, 1)


def test_only_the_scopes_of_the_own_user_are_told(memory):
    for scope in ("house/helper", "housewife", "ben"):
        with_other = Memory(
            memory.store, type(memory.scope).parse(scope), encoder=memory.encoder,
            extractor=memory._extractor,
        )  # fmt: skip
        with_other.add("Hello there.")
    assert [scope.key for scope in memory.scopes()] == ["house", "house/helper"]


def test_an_order_that_is_none_and_a_limit_that_is_no_number_are_named(memory):
    with pytest.raises(ConfigError, match="did you mean 'newest'"):
        memory.list(order="newst")
    with pytest.raises(ConfigError, match="limit"):
        memory.list(limit="many")
    with pytest.raises(ConfigError, match="limit must be 1"):
        memory.list(limit=0)
    with pytest.raises(ConfigError, match="go on after"):
        memory.list(after="the third")
    with pytest.raises(MissingRecordError):
        memory.get("n" + "0" * 24)


def test_an_empty_memory_has_nothing_to_list(tmp_path):
    with Memory.open("ram:", scope="nobody") as empty:
        assert (list(empty.list()), empty.count(), empty.sessions(), empty.speakers()) == (
            [], 0, [], [],
        )  # fmt: skip
        assert (empty.entities(), empty.facts(), empty.stats().first) == ([], [], None)
        with pytest.raises(ConfigError, match="names nothing yet"):
            empty.timeline("Ana")
