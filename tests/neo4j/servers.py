"""The real Neo4j server of a test run: a given one, or one started when a test first asks."""

import atexit
import os
from contextlib import ExitStack, closing
from dataclasses import dataclass
from functools import cache
from uuid import uuid4

import pytest

from graphmem.contracts import Clock
from graphmem.graph.neo4j.store import Neo4jStore
from scripts.neo4j_jars import LTS, NoServerError, missing
from scripts.neo4j_server import Neo4jServer, running

URI = "GRAPHMEM_TEST_NEO4J_URI"
VERSION = os.environ.get("GRAPHMEM_TEST_NEO4J_VERSION", LTS)
_stack = ExitStack()
atexit.register(_stack.close)


@dataclass(frozen=True, slots=True)
class Server:
    """Where a server is, and the environment that a store opens it with."""

    uri: str
    environment: dict[str, str]


def lacking() -> str:
    """What keeps this machine from running these tests, in one line; "" for nothing."""
    try:
        import neo4j  # noqa: F401
    except ImportError:
        return "the Neo4j tests need its driver: pip install 'graphmem[neo4j]'"
    absent = "" if URI in os.environ else missing(VERSION)
    return absent and (
        f"{absent}; or start one with Docker (docs/neo4j.md) and set {URI}, with _USER and "
        "_PASSWORD: its graph is emptied"
    )


def need() -> None:
    """Skip the test where no server can be had; in CI, fail it."""
    reason = lacking()
    if not reason:
        return
    if os.environ.get("CI") == "true":
        pytest.fail(reason)
    pytest.skip(reason)


def server() -> Server:
    """Return the server of this run: the given one, else one that it starts."""
    if URI in os.environ:
        environment = {
            f"NEO4J_{name}": os.environ.get(f"GRAPHMEM_TEST_NEO4J_{name}", "")
            for name in ("USER", "PASSWORD")
        }
        return Server(os.environ[URI], environment)
    one = started()
    return Server(one.uri, {"NEO4J_USER": one.user, "NEO4J_PASSWORD": one.password})


@cache
def started() -> Neo4jServer:
    """Return the server that this run started, which a test may kill and start again."""
    need()
    if URI in os.environ:
        pytest.skip(f"this test kills its server; unset {URI}")
    try:
        return _stack.enter_context(running(VERSION, heap="384m", page_cache="64m", is_brief=True))
    except NoServerError as error:
        pytest.fail(str(error))


def empty_store(*, clock: Clock) -> Neo4jStore:
    """Open the server's memory, emptied."""
    need()
    one = server()
    with closing(Neo4jStore(one.uri, environment=one.environment)) as store:
        cypher(store, "MATCH (n) WHERE NOT n:Memory DETACH DELETE n")
        reset = "MATCH (m:Memory) SET m.token = $token REMOVE m.encoder, m.dim"
        cypher(store, reset, token=uuid4().hex)
    return same_store(clock=clock)


def same_store(*, clock: Clock) -> Neo4jStore:
    """Open the server's memory as it is."""
    one = server()
    return Neo4jStore(one.uri, environment=one.environment, clock=clock)


def cypher(store: Neo4jStore, statement: str, **parameters: object) -> list[list[object]]:
    """Run a person's own statement in a store's database."""
    return store._database.schema(statement, parameters)
