"""Asking a server: its values become plain ones, its errors say what would do."""

from datetime import UTC, date, datetime

import pytest

from graphmem.errors import ConfigError, GraphmemError, StoreError
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


def told(error: Exception) -> Exception:
    with pytest.raises((type(error), GraphmemError)) as caught, server._refused(LIMITS):
        raise error
    return caught.value


def of_code(code: str, message: str) -> Neo4jError:
    return Neo4jError._hydrate_neo4j(code=code, message=message)


def test_a_query_that_takes_too_long_is_told_with_its_limit() -> None:
    late = told(of_code("Neo.ClientError.Transaction.TransactionTimedOut", "too long"))
    assert type(late) is StoreError
    assert "longer than 2.5 s" in str(late)


def test_a_statement_that_is_no_cypher_is_told_in_one_line() -> None:
    wrong = told(of_code("Neo.ClientError.Statement.SyntaxError", "Invalid input\nRETRUN 1"))
    assert type(wrong) is ConfigError
    assert str(wrong) == "the query cannot be run: Invalid input"


@pytest.mark.parametrize(
    "error",
    [
        AuthError("no"),
        ServiceUnavailable("refused"),
        of_code("Neo.ClientError.Database.DatabaseNotFound", "no such"),
        of_code("Neo.TransientError.General.Busy", "busy"),
    ],
    ids=["password", "away", "no database", "busy"],
)
def test_what_the_statements_author_cannot_mend_goes_on_as_it_is(error: Exception) -> None:
    assert told(error) is error
