"""Cypher that reads, on a Neo4j server: whatever it says, the server writes nothing.

Twice refused: EXPLAIN says what kind of query the server takes it for, and the session that runs
it is one of the server's reading sessions.
"""

import os
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from itertools import islice
from typing import TYPE_CHECKING, Any

from graphmem.errors import ConfigError, MissingExtraError, StoreError, StoreUnavailableError
from graphmem.graph.cypher.answer import Answer, Limits, time_text

if TYPE_CHECKING:
    import neo4j


def query(url: str, statement: str, parameters: Mapping[str, Any], limits: Limits) -> Answer:
    """Run a statement that reads on the server of a URL: `neo4j://HOST:7687`, `/DATABASE` behind.

    User and password come from NEO4J_USER and NEO4J_PASSWORD. Raises ConfigError if the statement
    does not read alone or is no Cypher, StoreUnavailableError if the server does not answer.
    """
    try:
        import neo4j
    except ImportError:
        raise MissingExtraError("a Neo4j store", "neo4j") from None
    head, _, database = url.partition("://")[2].partition("/")
    address = f"{url.partition('://')[0]}://{head}"
    auth = (os.environ.get("NEO4J_USER", "neo4j"), os.environ.get("NEO4J_PASSWORD", ""))
    with (
        _translated(address, limits),
        neo4j.GraphDatabase.driver(
            address, auth=auth, notifications_min_severity="OFF", user_agent="graphmem"
        ) as driver,
        driver.session(
            database=database or None, default_access_mode=neo4j.READ_ACCESS, fetch_size=1_000
        ) as session,
    ):
        _refuse_write(session, statement, parameters)
        timed = neo4j.Query(statement, timeout=limits.seconds)
        result = session.run(timed, dict(parameters))
        columns = tuple(result.keys())
        found = list(islice(result, limits.rows + 1))
        rows = [[_plain(value) for value in record.values()] for record in found[: limits.rows]]
        return Answer(columns, rows, is_cut=len(found) > limits.rows)


def _refuse_write(session: "neo4j.Session", statement: str, parameters: Mapping[str, Any]) -> None:
    """Raise ConfigError unless the server plans the statement as one that reads."""
    plan = session.run(f"EXPLAIN {statement}", dict(parameters))
    if plan.consume().query_type != "r":
        raise ConfigError("the query writes; graphmem cypher only reads")


@contextmanager
def _translated(address: str, limits: Limits) -> Iterator[None]:
    from neo4j.exceptions import AuthError, ClientError, DriverError, Neo4jError

    try:
        yield
    except AuthError as error:
        raise StoreError(
            f"{address} refused user and password; check NEO4J_USER, NEO4J_PASSWORD"
        ) from error
    except Neo4jError as error:
        said = (error.message or str(error)).splitlines()[0][:300]
        if "TransactionTimedOut" in (error.code or ""):
            raise StoreError(
                f"the query took longer than {limits.seconds:g} s; ask for less, or type --seconds"
            ) from None
        if isinstance(error, ClientError):
            raise ConfigError(f"the query cannot be run: {said}") from None
        raise StoreUnavailableError(f"{address}: {said}") from error
    except (DriverError, OSError) as error:
        raise StoreUnavailableError(
            f"{address} does not answer: {error}; is the server running?"
        ) from error


def _plain(value: Any) -> Any:
    """Return a value of a record, all the way down, as JSON can hold it."""
    from neo4j.graph import Node, Path, Relationship

    if value is None or isinstance(value, bool | int | float | str):
        return value
    if isinstance(value, Node):
        return {"labels": sorted(value.labels), "properties": _properties(value)}
    if isinstance(value, Relationship):
        return {"type": value.type, "properties": _properties(value)}
    if isinstance(value, Path):
        steps: list[Any] = [value.nodes[0]]
        for step, node in zip(value.relationships, value.nodes[1:], strict=True):
            steps += [step, node]
        return [_plain(step) for step in steps]
    if isinstance(value, Mapping):
        return {str(key): _plain(item) for key, item in value.items()}
    if isinstance(value, list | tuple):
        return [_plain(item) for item in value]
    if isinstance(value, bytes):
        return f"{len(value)} bytes"
    if hasattr(value, "to_native") and hasattr(value, "hour") and hasattr(value, "day"):
        return time_text(value.to_native().isoformat())
    return str(value)


def _properties(record: Any) -> dict[str, Any]:
    return {name: _plain(record[name]) for name in sorted(record.keys())}
