"""Any memory asked in Cypher: on Neo4j where it is, else in a copy that lives for the question."""

from collections.abc import Mapping
from typing import Any

from graphmem.graph.cypher.answer import Answer, Limits
from graphmem.registry import NEO4J_SCHEMES
from graphmem.types import ScopeKey


def inspect(
    url: str, scope: ScopeKey, statement: str, parameters: Mapping[str, Any], limits: Limits
) -> Answer:
    """Run a statement that reads; `$scope` is the scope.

    A copy holds that scope alone. On a server the statement itself has to keep to `$scope`: all
    scopes of the database are within its reach. Raises ConfigError for a statement that writes or
    is no Cypher, StoreError for one that takes too long or too much, MissingExtraError.
    """
    given = {**parameters, "scope": scope}
    if "://" in url and url.partition("://")[0].lower() in NEO4J_SCHEMES:
        from graphmem.graph.cypher import server

        return server.query(url, statement, given, limits)
    from graphmem.graph.cypher.process import ask_copy

    return ask_copy(url, scope, statement, given, limits)
