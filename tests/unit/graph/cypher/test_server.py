"""Asking a server: its values become plain ones, its errors say what would do."""

from datetime import UTC, date, datetime

import pytest

from graphmem.errors import ConfigError, GraphmemError, StoreError, StoreUnavailableError
from graphmem.graph.cypher import server
from graphmem.graph.cypher.answer import Limits

pytest.importorskip("neo4j", reason="needs the extra `neo4j`")
from neo4j.exceptions import AuthError, Neo4jError, ServiceUnavailable
from neo4j.graph import Graph, Node, Path, Relationship
from neo4j.time import Date, DateTime

LIMITS = Limits(rows=10, seconds=2.5)
GRAPH = Graph()
NOTE = Node(GRAPH, "1", 1, ["Segment", "Note"], {"text": "x", "id": "n1"})
EPISODE = Node(GRAPH, "2", 2, ["Episode"], {"id": "e1"})


def relationship() -> Relationship:
    made = GRAPH.relationship_type("DERIVED_FROM")(GRAPH, "3", 3, {"place": 0})
    made._start_node, made._end_node = NOTE, EPISODE
    return made


SHOWN_NOTE = {"labels": ["Note", "Segment"], "properties": {"id": "n1", "text": "x"}}
SHOWN_EPISODE = {"labels": ["Episode"], "properties": {"id": "e1"}}
SHOWN_STEP = {"type": "DERIVED_FROM", "properties": {"place": 0}}


@pytest.mark.parametrize("value", [None, True, 3, 0.5, "2024-05-01T10:00:00+02:00"])
def test_a_plain_value_stays_as_it_is(value: object) -> None:
    assert server._plain(value) is value


def test_a_node_has_labels_and_a_relationship_a_type() -> None:
    assert server._plain({"n": [NOTE]}) == {"n": [SHOWN_NOTE]}
    assert list(server._plain(NOTE)["properties"]) == ["id", "text"]
    assert server._plain(relationship()) == SHOWN_STEP


def test_a_path_is_its_steps_in_order() -> None:
    assert server._plain(Path(NOTE, relationship())) == [SHOWN_NOTE, SHOWN_STEP, SHOWN_EPISODE]


def test_a_time_is_utc_text_and_a_date_is_text() -> None:
    moment = DateTime.from_native(datetime(2024, 5, 1, 10, tzinfo=UTC))
    assert server._plain((moment,)) == ["2024-05-01T10:00:00+00:00"]
    assert server._plain(Date.from_native(date(2024, 5, 1))) == "2024-05-01"


def test_bytes_are_counted_and_not_shown() -> None:
    assert server._plain(b"abc") == "3 bytes"


def told(error: Exception) -> GraphmemError:
    with pytest.raises(GraphmemError) as caught, server._translated("neo4j://here", LIMITS):
        raise error
    return caught.value


def of_code(code: str, message: str) -> Neo4jError:
    return Neo4jError._hydrate_neo4j(code=code, message=message)


def test_a_refused_password_names_the_variables() -> None:
    refused = told(AuthError("no"))
    assert type(refused) is StoreError
    assert "NEO4J_USER" in str(refused)


def test_a_query_that_takes_too_long_is_told_with_its_limit() -> None:
    code = "Neo.ClientError.Transaction.TransactionTimedOut"
    late = told(of_code(code, "too long"))
    assert type(late) is StoreError
    assert "longer than 2.5 s" in str(late)


def test_a_statement_that_is_no_cypher_is_told_in_one_line() -> None:
    wrong = told(of_code("Neo.ClientError.Statement.SyntaxError", "Invalid input\nRETRUN 1"))
    assert type(wrong) is ConfigError
    assert str(wrong) == "the query cannot be run: Invalid input"


@pytest.mark.parametrize(
    "error",
    [
        ServiceUnavailable("refused"),
        OSError("no route"),
        of_code("Neo.TransientError.General.Busy", "busy"),
    ],
    ids=["away", "no route", "busy"],
)
def test_a_server_that_does_not_answer_may_do_so_later(error: Exception) -> None:
    away = told(error)
    assert isinstance(away, StoreUnavailableError)
    assert "neo4j://here" in str(away)


def test_a_server_that_is_not_there_is_said_with_its_address() -> None:
    with pytest.raises(StoreUnavailableError, match=r"bolt://localhost:1\b"):
        server.query("bolt://localhost:1/people", "RETURN 1", {}, LIMITS)
