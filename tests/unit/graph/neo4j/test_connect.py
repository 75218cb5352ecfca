"""The URL, the user and the password: a store and a question are refused in the same words."""

import socket

import pytest

pytest.importorskip("neo4j", reason="needs the extra `neo4j`")

from graphmem.errors import ConfigError, StoreError, StoreUnavailableError
from graphmem.graph.cypher.answer import Limits
from graphmem.graph.cypher.server import query
from graphmem.graph.neo4j.connect import connect, refuse_old_server, translated
from graphmem.graph.neo4j.store import Neo4jStore

REFUSED = [
    ("neo4j://127.0.0.1:1", "", "set NEO4J_PASSWORD"),
    ("neo4j://ida:hunter2@127.0.0.1:1", "a-password", "no user and no password"),
    ("neo4j://127.0.0.1:1/one/two", "a-password", "HOST:7687/DATABASE"),
    ("neo4j://127.0.0.1:1?x=1", "a-password", "HOST:7687/DATABASE"),
    ("bolt://", "a-password", "HOST:7687/DATABASE"),
]


def ask(url):
    return query(url, "RETURN 1", {}, Limits(rows=1, seconds=1))


@pytest.fixture(params=[connect, Neo4jStore, ask])
def reach(request):
    return request.param


@pytest.mark.parametrize(("url", "password", "said"), REFUSED)
def test_a_url_or_password_that_cannot_be_is_refused_however_it_is_reached(
    reach, url, password, said, monkeypatch
):
    monkeypatch.setenv("NEO4J_PASSWORD", password)
    with pytest.raises(ConfigError, match=said) as caught:
        reach(url)
    assert "hunter2" not in str(caught.value)


def test_a_server_that_does_not_answer_may_come_back(reach, monkeypatch):
    monkeypatch.setenv("NEO4J_PASSWORD", "a-password")
    with socket.socket() as bound:  # bound and not listening: nobody else answers there
        bound.bind(("127.0.0.1", 0))
        url = f"bolt://127.0.0.1:{bound.getsockname()[1]}"
        with pytest.raises(StoreUnavailableError, match="is the server running") as caught:
            reach(url)
    assert caught.value.transient


def test_the_variables_that_hold_user_and_password_may_have_other_names():
    with pytest.raises(ConfigError, match="set IDAS_PASSWORD, and IDA unless"):
        connect(
            "neo4j://127.0.0.1:1",
            environment={"NEO4J_PASSWORD": "a-password"},
            user_variable="IDA",
            password_variable="IDAS_PASSWORD",
        )


@pytest.mark.parametrize("agent", ["Neo4j/4.4.12", "Neo4j/5.25.9", "Memgraph/3.0", ""])
def test_an_old_or_other_server_is_refused(agent):
    with pytest.raises(StoreError, match=r"needs Neo4j 5\.26"):
        refuse_old_server(agent)


@pytest.mark.parametrize("agent", ["Neo4j/5.26.30", "Neo4j/2026.08.1"])
def test_a_server_of_today_is_taken(agent):
    refuse_old_server(agent)


def test_half_a_surrogate_pair_is_said_and_any_other_value_error_goes_through():
    with pytest.raises(StoreError, match="surrogate"), translated("neo4j://here", None):
        "\ud800".encode()
    with pytest.raises(ValueError, match="not ours"), translated("neo4j://here", None):
        raise ValueError("not ours")
