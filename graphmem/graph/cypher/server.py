"""Cypher that reads, on a Neo4j server: whatever it says, the server writes nothing.

Twice refused: EXPLAIN says what kind of query the server takes it for, and the session that runs
it is one of the server's reading sessions.
"""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from itertools import islice
from typing import TYPE_CHECKING, Any

from graphmem.errors import ConfigError, StoreError
from graphmem.graph.cypher.answer import Answer, Limits, time_text
from graphmem.graph.neo4j.connect import connect, translated

if TYPE_CHECKING:
    import neo4j


def query(url: str, statement: str, parameters: Mapping[str, Any], limits: Limits) -> Answer:
    """Run a statement that reads on the server of a URL: `neo4j://HOST:7687`, `/DATABASE` behind.

    Raises as `connect` does, ConfigError if the statement does not read alone or is no Cypher,
    StoreError if it takes longer than it may.
    """
    server = connect(url)
    from neo4j import READ_ACCESS, Query

    with (
        server.driver,
        translated(server.address, server.database),
        _refused(limits),
        server.driver.session(
            database=server.database, default_access_mode=READ_ACCESS, fetch_size=1_000
        ) as session,
    ):
        _refuse_write(session, statement, parameters)
        timed = Query(statement, timeout=limits.seconds)
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
def _refused(limits: Limits) -> Iterator[None]:
    """Say of a refused statement what its author can mend; let all other errors through."""
    from neo4j.exceptions import AuthError, ClientError, Neo4jError

    try:
        yield
    except Neo4jError as error:
        code = error.code or ""
        if "TransactionTimedOut" in code:
            raise StoreError(
                f"the query took longer than {limits.seconds:g} s; ask for less, or type --seconds"
            ) from None
        is_asked = isinstance(error, ClientError) and not isinstance(error, AuthError)
        if not is_asked or "DatabaseNotFound" in code:
            raise
        said = (error.message or str(error)).splitlines()[0][:300]
        raise ConfigError(f"the query cannot be run: {said}") from None


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
