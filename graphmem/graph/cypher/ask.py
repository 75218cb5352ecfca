"""Any memory asked in Cypher: on Neo4j where it is, else in a read-only copy beside the store."""

from collections.abc import Mapping
from contextlib import closing
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from graphmem.contracts import GraphStore
from graphmem.graph.cypher.answer import Answer, Limits
from graphmem.graph.sqlite.store import SqliteStore
from graphmem.registry import open_store
from graphmem.types import ScopeKey

SERVERS = ("neo4j", "neo4j+s", "neo4j+ssc", "bolt", "bolt+s", "bolt+ssc")
"""The schemes of URLs that are asked where they are."""


def inspect(
    url: str, scope: ScopeKey, statement: str, parameters: Mapping[str, Any], limits: Limits
) -> Answer:
    """Run a statement that reads; `$scope` is the scope.

    A copy holds that scope alone. On a server the statement itself has to keep to `$scope`: all
    scopes of the database are within its reach. Raises ConfigError for a statement that writes or
    is no Cypher, StoreError for one that takes too long, MissingExtraError.
    """
    given = {**parameters, "scope": scope}
    if url.partition("://")[0].lower() in SERVERS and "://" in url:
        from graphmem.graph.cypher import server

        return server.query(url, statement, given, limits)
    from graphmem.graph.cypher.arcade import Projection

    with (
        closing(open_store(url, must_exist=True)) as store,
        TemporaryDirectory() as temporary,
        closing(Projection(store, scope, _folder(store) or Path(temporary))) as projection,
    ):
        return projection.query(statement, given, limits)


def _folder(store: GraphStore) -> Path | None:
    """Return where the copies of a store are kept; None: nowhere."""
    return store.copies if isinstance(store, SqliteStore) else None
