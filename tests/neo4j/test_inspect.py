"""The same questions on a server and on the copy of a file: equal rows, and nothing written."""

from collections.abc import Iterator
from contextlib import closing, suppress
from pathlib import Path

import pytest

from graphmem.batches import Batch
from graphmem.errors import ConfigError, StoreError
from graphmem.graph.cypher.answer import Limits
from graphmem.graph.cypher.ask import inspect
from graphmem.graph.cypher.named import INSPECTIONS, prepared
from graphmem.graph.transfer.move import copy
from graphmem.memory import Memory
from graphmem.registry import open_store
from graphmem.testing import standing_clock
from graphmem.testing.records import ANA, START, change, superseding
from graphmem.types import Link
from tests.conftest import SAMPLES
from tests.neo4j.servers import cypher, empty_store, server
from tests.unit.graph.cypher.write_attempts import WRITE_ATTEMPTS

pytestmark = pytest.mark.neo4j
LIMITS = Limits(rows=10_000, seconds=60)


@pytest.fixture(scope="module")
def both(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[str, str]]:
    """The sample dialogues with some changes, in a file and on a server."""
    path = tmp_path_factory.mktemp("both") / "memory.db"
    with Memory.open(path, scope=ANA) as memory:
        memory.ingest(SAMPLES / "dialogues")
        notes = [note for note in memory.store.scan("note", ANA) if note.kind == "turn"]
        memory.store.apply([change(notes[0], "tags", ("a",)), change(notes[1], "strength", 0.5)])
        memory.store.apply(superseding(notes[2], notes[3].id, until=START))
        ends = {"source": notes[4].id, "target": notes[5].id}
        link = Link(**ends, kind="contradicts", origin="user")
        memory.store.write(Batch(scope=ANA, links=(link,)))
        with closing(empty_store(clock=standing_clock)) as target:
            copy(memory.store, target)
    with pytest.MonkeyPatch.context() as patch:
        for name, value in server().environment.items():
            patch.setenv(name, value)
        yield str(path), server().uri


def given(path: str, name: str) -> dict[str, str]:
    with closing(open_store(path)) as store:
        note = next(store.scan("note", ANA)).id
    return {
        "timeline": {"entity": "nadia"},
        "true-on": {"date": "2024-08-01"},
        "why": {"note": note},
        "changes-of-run": {"run": ""},
        "known-of": {"entity": "Ana"},
    }.get(name, {})


@pytest.mark.cypher
@pytest.mark.parametrize("name", INSPECTIONS)
def test_a_named_query_gives_equal_rows_on_both(both: tuple[str, str], name: str) -> None:
    pytest.importorskip("arcadedb_embedded", reason="needs the extra `cypher`: arcadedb-embedded")
    statement, parameters = prepared(name, given(both[0], name))
    left, right = (inspect(url, ANA, statement, parameters, LIMITS) for url in both)
    assert left.rows == right.rows
    assert left.rows or name == "without-origins"
    if left.rows:
        assert left.columns == right.columns


@pytest.mark.parametrize("statement", WRITE_ATTEMPTS)
def test_a_write_changes_nothing_on_the_server(both: tuple[str, str], statement: str) -> None:
    before = picture()
    with suppress(ConfigError, StoreError):
        inspect(both[1], ANA, statement, {}, LIMITS)
    assert picture() == before


def picture() -> list[list[list[object]]]:
    """Return the server's graph, indexes, constraints, labels and users."""
    with closing(open_for_looking()) as store:
        return [
            cypher(store, statement)
            for statement in (
                "MATCH (n) RETURN n.id, labels(n), n.text, n.vector ORDER BY elementId(n)",
                "MATCH ()-[r]->() RETURN type(r), properties(r) ORDER BY elementId(r)",
                "SHOW INDEXES YIELD name RETURN name ORDER BY name",
                "SHOW CONSTRAINTS YIELD name RETURN name ORDER BY name",
                "CALL db.labels() YIELD label RETURN label ORDER BY label",
                "SHOW USERS YIELD user RETURN user ORDER BY user",
            )
        ]


def open_for_looking():  # type: ignore[no-untyped-def]
    from graphmem.graph.neo4j.store import Neo4jStore

    return Neo4jStore(server().uri, environment=server().environment)


def test_what_cannot_be_run_is_one_line(both: tuple[str, str]) -> None:
    with pytest.raises(ConfigError, match="the query writes"):
        inspect(both[1], ANA, "CREATE (n:Evil)", {}, LIMITS)
    with pytest.raises(ConfigError, match="cannot be run: Invalid input"):
        inspect(both[1], ANA, "MATCH (n RETURN n", {}, LIMITS)
    endless = "UNWIND range(1, 1000000) AS i UNWIND range(1, 1000000) AS j RETURN count(*)"
    with pytest.raises(StoreError, match="took longer than 1 s"):
        inspect(both[1], ANA, endless, {}, Limits(rows=1, seconds=1))


def test_rows_beyond_the_limit_are_left_on_the_server(both: tuple[str, str]) -> None:
    answer = inspect(both[1], ANA, "MATCH (n:Note) RETURN n.id AS id", {}, Limits(3, 60))
    assert (len(answer.rows), answer.is_cut, answer.columns) == (3, True, ("id",))


def test_a_wrong_password_is_said(both: tuple[str, str], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NEO4J_PASSWORD", "wrong")
    with pytest.raises(StoreError, match="refused user and password"):
        inspect(both[1], ANA, "RETURN 1", {}, LIMITS)
    assert Path(both[0]).exists()
