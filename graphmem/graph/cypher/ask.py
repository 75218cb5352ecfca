"""Any memory asked in Cypher: on Neo4j where it is, else in a copy that lives for the question."""

from collections.abc import Mapping
from typing import Any

from graphmem.graph.cypher.answer import Answer, Limits
from graphmem.types import ScopeKey

SERVERS = ("neo4j", "neo4j+s", "neo4j+ssc", "bolt", "bolt+s", "bolt+ssc")
"""The schemes of URLs that are asked where they are."""


def inspect(
    url: str, scope: ScopeKey, statement: str, parameters: Mapping[str, Any], limits: Limits
) -> Answer:
    """Run a statement that reads; `$scope` is the scope.

    A copy holds that scope alone. On a server the statement itself has to keep to `$scope`: all
    scopes of the database are within its reach. Raises ConfigError for a statement that writes or
    is no Cypher, StoreError for one that takes too long or too much, MissingExtraError.
    """
    given = {**parameters, "scope": scope}
    if url.partition("://")[0].lower() in SERVERS and "://" in url:
        from graphmem.graph.cypher import server

        return server.query(url, statement, given, limits)
    from graphmem.graph.cypher.process import ask_copy

    return ask_copy(url, scope, statement, given, limits)
