"""Opening a Neo4j store: what is wrong is said in one line that names the cure."""

from contextlib import closing
from dataclasses import replace

import pytest

from graphmem import Memory
from graphmem.errors import StoreError, StoreUnavailableError, StoreVersionError
from graphmem.graph.neo4j.store import Neo4jStore
from graphmem.registry import open_store
from graphmem.testing import standing_clock
from graphmem.testing.records import ANA, ENCODER, batch_of, turn
from tests.neo4j.servers import cypher, empty_store, server


@pytest.mark.neo4j
def test_what_a_server_refuses_is_one_line_that_says_what_would_do() -> None:
    empty_store(clock=standing_clock).close()
    one = server()
    wrong = {**one.environment, "NEO4J_PASSWORD": "not-the-password"}
    with pytest.raises(StoreError, match="check NEO4J_USER, NEO4J_PASSWORD") as refused:
        Neo4jStore(one.uri, environment=wrong)
    assert "not-the-password" not in str(refused.value)
    with pytest.raises(StoreError, match="has no database 'elsewhere'"):
        Neo4jStore(f"{one.uri}/elsewhere", environment=one.environment)


@pytest.mark.neo4j
@pytest.mark.timeout(120)
def test_the_first_memory_of_a_new_server_makes_its_index_and_does_not_wait_for_itself() -> None:
    with closing(empty_store(clock=standing_clock)) as store:
        cypher(store, "DROP INDEX note_vector IF EXISTS")
        with Memory.open(store, scope="lena") as memory:
            memory.add("The ferry to Brodick leaves at noon.", speaker="Lena")
            assert memory.search("When does the ferry leave?")


@pytest.mark.neo4j
def test_a_newer_memory_is_not_touched() -> None:
    with closing(empty_store(clock=standing_clock)) as store:
        cypher(store, "MATCH (m:Memory) SET m.schema = 99")
        with pytest.raises(StoreVersionError, match="version 99"):
            Neo4jStore(server().uri, environment=server().environment)
        cypher(store, "MATCH (m:Memory) SET m.schema = 0")


@pytest.mark.neo4j
def test_a_write_that_the_server_has_no_room_for_leaves_no_trace() -> None:
    with closing(empty_store(clock=standing_clock)) as store:
        store.set_encoder(ENCODER)
        made = [turn(i, text=f"{i} " + "word " * 30_000) for i in range(300)]
        bare = [replace(one, record=replace(one.record, vectors=None, tokens=None)) for one in made]
        with pytest.raises(StoreUnavailableError, match="is full"):
            store.write(batch_of(*bare))
        assert store.scopes() == []
        store.write(batch_of(turn(1)))
        assert store.stats(ANA)["note"] == 1


@pytest.mark.neo4j
def test_the_url_opens_it_with_user_and_password_from_the_environment(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    empty_store(clock=standing_clock).close()
    for name, value in server().environment.items():
        monkeypatch.setenv(name, value)
    for scheme in ("neo4j", "bolt"):
        with closing(open_store(server().uri.replace("neo4j", scheme))) as store:
            assert isinstance(store, Neo4jStore)
            assert store.scopes() == []
    with pytest.raises(StoreError, match="closed"):
        store.scopes()


@pytest.mark.neo4j
def test_a_memory_that_must_exist_is_not_made(monkeypatch: pytest.MonkeyPatch) -> None:
    with closing(empty_store(clock=standing_clock)) as store:
        for name, value in server().environment.items():
            monkeypatch.setenv(name, value)
        open_store(server().uri, must_exist=True).close()
        cypher(store, "MATCH (m:Memory) DETACH DELETE m")
        with pytest.raises(StoreUnavailableError, match=r"there is no memory at .*graphmem ingest"):
            open_store(server().uri, must_exist=True)
        assert cypher(store, "MATCH (n) RETURN count(n)") == [[0]]
    open_store(server().uri).close()
