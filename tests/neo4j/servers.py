"""Real Neo4j servers for the tests: given ones, or started when the first test asks for one."""

import atexit
import os
from contextlib import ExitStack, closing
from dataclasses import dataclass
from functools import cache
from uuid import uuid4

import pytest

from graphmem.contracts import Clock
from graphmem.graph.neo4j_store import Neo4jStore
from scripts.neo4j_server import LTS, Neo4jServer, NoServerError, missing, running

URI = "GRAPHMEM_TEST_NEO4J_URI"
VERSION = os.environ.get("GRAPHMEM_TEST_NEO4J_VERSION", LTS)
_stack = ExitStack()
atexit.register(_stack.close)


@dataclass(frozen=True, slots=True)
class Server:
    """Where a server is, and the environment that a store opens it with."""

    uri: str
    environment: dict[str, str]


def given() -> list[Server]:
    """The servers that the environment names; their graphs are emptied."""
    variables = ("USER", "PASSWORD")
    environment = {f"NEO4J_{v}": os.environ.get(f"GRAPHMEM_TEST_NEO4J_{v}", "") for v in variables}
    uris = os.environ.get(URI, "").replace(",", " ").split()
    return [Server(uri, environment) for uri in uris]


def lacking() -> str:
    """What keeps this machine from running these tests, in one line; "" for nothing."""
    try:
        import neo4j  # noqa: F401
    except ImportError:
        return "the Neo4j tests need its driver: pip install 'graphmem[neo4j]'"
    if given():
        return ""
    absent = missing(VERSION)
    return absent and f"{absent}; or set {URI} (with _USER and _PASSWORD) to an empty server"


def need() -> None:
    """Skip the test where no server can be had; in CI, fail it."""
    reason = lacking()
    if not reason:
        return
    if os.environ.get("CI") == "true":
        pytest.fail(reason)
    pytest.skip(reason)


def server(number: int) -> Server:
    """Return the `number`th server of this run."""
    named = given()
    if number < len(named):
        return named[number]
    if missing(VERSION):
        pytest.skip(f"this test needs {number + 1} servers; name them all in {URI}")
    one = started(number)
    return Server(one.uri, environment_of(one))


@cache
def started(number: int) -> Neo4jServer:
    """Return the `number`th server that this run started, which a test may kill and start."""
    need()
    if missing(VERSION):
        pytest.skip(missing(VERSION))
    try:
        return _stack.enter_context(running(VERSION, heap="384m", page_cache="64m", is_brief=True))
    except NoServerError as error:
        pytest.fail(str(error))


def environment_of(one: Neo4jServer) -> dict[str, str]:
    return {"NEO4J_USER": one.user, "NEO4J_PASSWORD": one.password}


def empty_store(number: int, *, clock: Clock) -> Neo4jStore:
    """Open the `number`th server's memory, emptied."""
    need()
    one = server(number)
    with closing(Neo4jStore(one.uri, environment=one.environment)) as store:
        cypher(store, "MATCH (n) WHERE NOT n:Memory DETACH DELETE n")
        reset = "MATCH (m:Memory) SET m.token = $token REMOVE m.encoder, m.dim"
        cypher(store, reset, token=uuid4().hex)
    return Neo4jStore(one.uri, environment=one.environment, clock=clock)


def cypher(store: Neo4jStore, statement: str, **parameters: object) -> list[list[object]]:
    """Run a person's own statement in a store's database."""
    return store._database.schema(statement, parameters)
