"""Whatever a dialogue says, and whoever says it, is stored as data and read back equal."""

from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace

import pytest

from graphmem.batches import Batch, Extraction, Mention
from graphmem.graph import dump
from graphmem.graph.neo4j.store import Neo4jStore
from graphmem.registry import open_store
from graphmem.testing import standing_clock
from graphmem.testing.records import ANA, ENCODER, batch_of, change, session, turn
from graphmem.types import Link, Scope, ScopeKey
from tests.neo4j.hostile import STRINGS
from tests.neo4j.servers import cypher, empty_store

pytestmark = pytest.mark.neo4j


@pytest.fixture
def store() -> Iterator[Neo4jStore]:
    with closing(empty_store(clock=standing_clock)) as opened:
        opened.set_encoder(ENCODER)
        yield opened


def batch_that_says(text: str, i: int, scope: ScopeKey) -> Batch:
    """Return a turn with the text in every place that takes one."""
    made = turn(i, text=text, scope=scope)
    home = replace(made.session, name=text, collection=text)
    said = replace(
        made.episode, speaker=text, source_id=text, title=text, metadata={text: [text, {"k": text}]}
    )
    note = replace(
        made.note,
        speaker=text,
        addressee=text,
        title=text,
        context=text,
        keywords=(text,),
        tags=(text, text),
        created_by=text,
        run_id=text,
    )
    claim = replace(made.record.extraction.claims[0], subject=text, relation=text, object=text)
    found = Extraction(mentions=(Mention(name=text, start=0, end=1, kind="name"),), claims=(claim,))
    links = (Link(source=note.id, target=note.id, kind=text, origin=text[:1_000]),)
    record = replace(made.record, note=note, extraction=found)
    return Batch(scope=scope, sessions=(home,), episodes=(said,), notes=(record,), links=links)


def batch_that_says_all(scope: ScopeKey) -> Batch:
    """Return one batch of all the strings."""
    parts = [batch_that_says(text, i, scope) for i, text in enumerate(STRINGS)]
    sessions = {part.sessions[0].id: part.sessions[0] for part in parts}
    return Batch(
        scope=scope,
        sessions=tuple(sessions.values()),
        episodes=tuple(part.episodes[0] for part in parts),
        notes=tuple(part.notes[0] for part in parts),
        links=tuple(part.links[0] for part in parts),
    )


def test_a_hundred_hostile_strings_are_read_back_equal_everywhere(store: Neo4jStore) -> None:
    before = schema(store)
    batch = batch_that_says_all(ANA)
    changes = [change(one.note, "context", one.note.text + "!") for one in batch.notes]
    with closing(open_store("ram:")) as reference:
        reference.set_encoder(ENCODER)
        for one in (store, reference):
            one.write(batch)
            one.apply(changes)
        assert list(dump(store)) == list(dump(reference))
    assert schema(store) == before
    assert len(STRINGS) >= 100


def test_a_hundred_hostile_scopes_keep_to_themselves(store: Neo4jStore) -> None:
    scopes = sorted({Scope(text).key for text in STRINGS if len(text) < 1_000})  # composed: NFC
    homes = [session(scope=scope) for scope in scopes]
    for home in homes:
        store.write(Batch(scope=home.scope, sessions=(home,)))
    assert store.scopes() == scopes
    for home in homes:
        assert list(store.scan("session", home.scope)) == [home]


def schema(store: Neo4jStore) -> list[list[object]]:
    """What an executed string would have changed: indexes, constraints, users."""
    return [
        *cypher(store, "SHOW INDEXES YIELD name RETURN name ORDER BY name"),
        *cypher(store, "SHOW CONSTRAINTS YIELD name RETURN name ORDER BY name"),
    ]


def test_a_hostile_query_finds_words_or_nothing(store: Neo4jStore) -> None:
    one, other = turn(0), turn(1, scope=ScopeKey("ben"))
    store.write(batch_of(one))
    store.write(batch_of(other, scope=other.note.scope))
    before = list(dump(store))
    for text in STRINGS:
        assert {id_ for id_, _ in store.matching(ANA, text, k=5)} <= {one.note.id}
    assert list(dump(store)) == before


def test_a_hostile_id_or_scope_finds_nothing(store: Neo4jStore) -> None:
    store.write(batch_of(turn(0)))
    for text in STRINGS:
        assert store.known(ANA, [text]) == {}  # type: ignore[list-item]
        assert list(store.scan("note", ScopeKey(text))) == []
