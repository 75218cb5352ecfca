"""A store as chunks: in an order that any store takes, none larger than it may be."""

import pytest

from graphmem.batches import Batch, NoteRecord, Tombstone
from graphmem.changes import Change
from graphmem.contracts import GraphStore
from graphmem.errors import ScopeError
from graphmem.graph.transfer import stream
from graphmem.graph.transfer.stream import chunks
from graphmem.registry import open_store
from graphmem.testing.records import ANA, BEN, ENCODER, batch_of, filled, turn
from graphmem.types import Episode, Link, Session

ORDER = (Session, Episode, NoteRecord, Link, Tombstone, Change)


@pytest.fixture
def store() -> GraphStore:
    return filled(open_store("ram:"))


def test_what_is_referred_to_comes_first(store: GraphStore) -> None:
    places = [ORDER.index(type(item)) for chunk in chunks(store, [ANA]) for _, item in chunk]
    assert places == sorted(places)
    assert set(places) == set(range(len(ORDER)))


def test_a_note_comes_as_it_was_before_its_changes(store: GraphStore) -> None:
    notes = [i.note for c in chunks(store, [ANA]) for _, i in c if isinstance(i, NoteRecord)]
    (first,) = (note for note in notes if note.id == turn(0).note.id)
    assert first == turn(0).note
    assert store.read("note", ANA, [first.id]) != [first]


def test_a_chunk_ends_at_its_number_of_items_or_bytes(
    store: GraphStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    whole = [pair for chunk in chunks(store, None) for pair in chunk]
    monkeypatch.setattr(stream, "CHUNK_ITEMS", 4)
    small = list(chunks(store, None))
    assert max(map(len, small)) == 4
    assert [str(pair) for chunk in small for pair in chunk] == [str(pair) for pair in whole]
    monkeypatch.setattr(stream, "CHUNK_BYTES", 1)
    assert len(list(chunks(store, None))) > len(small)


def test_a_scope_that_is_not_there_is_named_with_those_that_are(store: GraphStore) -> None:
    with pytest.raises(ScopeError, match=r"no scope 'cleo'.*ana, ben/helper"):
        next(chunks(store, [BEN, "cleo"]))


def test_a_scope_that_is_written_while_it_is_read_is_read_as_it_was(
    store: GraphStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    whole = [str(pair) for chunk in chunks(store, [ANA]) for pair in chunk]
    monkeypatch.setattr(stream, "CHUNK_ITEMS", 2)
    passing = chunks(store, [ANA])
    seen = next(passing)
    store.delete([e.id for e in store.scan("episode", ANA)], Batch(scope=ANA))
    assert [str(pair) for chunk in [seen, *passing] for pair in chunk] == whole


def test_a_store_without_records_gives_no_chunk() -> None:
    empty = open_store("ram:")
    empty.set_encoder(ENCODER)
    assert list(chunks(empty, None)) == []
    empty.write(batch_of(turn(0)))
    assert len(list(chunks(empty, None))) == 1
