"""What filters read beyond the snapshot: sessions by name, metadata by key."""

import pytest

from graphmem import Memory
from graphmem.errors import MissingRecordError
from graphmem.filters import Condition
from graphmem.retrieve.columns import NoteColumns, read_present


@pytest.fixture
def memory():
    with Memory.open("ram:", scope="mill") as memory:
        memory.add("The wheel turns.", session="b", metadata={"by": {"who": "Ro"}, "tags": ["x"]})
        memory.add("The sluice is open.", session="a", metadata={"by": {"who": "Ro"}})
        memory.add("The miller sleeps.", session="b")
        yield memory


def columns_of(memory, *scopes):
    scopes = scopes or (memory.scope.key,)
    return NoteColumns(memory.store.snapshot(scopes, None), memory.store)


def said_where(columns, condition):
    mask = columns.where(condition)
    return {text for text, kept in zip(columns.snapshot.texts, mask, strict=True) if kept}


def test_each_number_of_a_session_has_its_name(memory):
    columns = columns_of(memory)
    named = {
        text: columns.sessions[number].name
        for text, number in zip(columns.snapshot.texts, columns.snapshot.session, strict=True)
    }
    assert named == {
        "The wheel turns.": "b", "The sluice is open.": "a", "The miller sleeps.": "b",
    }  # fmt: skip


def test_what_stands_inside_an_object_is_asked_for_with_a_dot(memory):
    columns = columns_of(memory)
    assert set(columns.metadata) == {"by", "by.who", "tags"}
    assert columns.metadata["by.who"].values == ("Ro",)
    found = said_where(columns, Condition("by.who", "=", ("Ro",)))
    assert found == {"The wheel turns.", "The sluice is open."}
    assert said_where(columns, Condition("tags", "=", ("x",))) == {"The wheel turns."}


def test_a_note_without_a_key_meets_no_condition_on_it(memory):
    assert said_where(columns_of(memory), Condition("tags", "!=", ("y",))) == {"The wheel turns."}
    assert said_where(columns_of(memory), Condition("colour", "!=", ("red",))) == set()


def test_several_scopes_have_each_their_own_sessions_and_metadata(memory):
    other = Memory(
        memory.store,
        type(memory.scope)(user="weir"),
        encoder=memory.encoder,
        extractor=memory._extractor,
    )
    other.add("The weir leaks.", session="b", metadata={"by": {"who": "Ti"}})
    columns = columns_of(memory, "mill", "weir")
    assert said_where(columns, Condition("by.who", "=", ("Ti",))) == {"The weir leaks."}
    assert sorted(session.scope for session in columns.sessions) == ["mill", "mill", "weir"]


def test_metadata_that_a_later_reading_brings_is_in_the_next_columns(memory):
    memory.add("The cat is fed.", session="c", metadata={"id": "cat"}, said_at="2024-05-01")
    before = columns_of(memory)
    assert said_where(before, Condition("fed", "=", (True,))) == set()
    memory.add(
        "The cat is fed.", session="c", metadata={"id": "cat", "fed": True}, said_at="2024-05-01"
    )
    after = before.next(memory.store.snapshot((memory.scope.key,), None))
    assert said_where(after, Condition("fed", "=", (True,))) == {"The cat is fed."}


def test_of_some_ids_those_are_read_that_are_there(memory):
    ids = [note.id for note in memory.store.scan("note", "mill")]
    found = read_present(memory.store, "note", "mill", ["n" + "0" * 24, *ids])
    assert list(found) == ids
    assert read_present(memory.store, "note", "nobody", ids) == {}


def test_an_error_that_names_none_of_the_ids_is_let_through(memory):
    class Broken:
        def read(self, kind, scope, ids):
            raise MissingRecordError(kind, ["of something else"])

    with pytest.raises(MissingRecordError):
        read_present(Broken(), "note", "mill", ["n1"])
