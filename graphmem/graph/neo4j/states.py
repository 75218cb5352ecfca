"""The last states of a scope by name: which of them something was derived of.

Versions are counted up, so a server that was put back from a dump and written on comes to the same
ones again; names are drawn by the server at random. A deletion lets the scope forget them.
"""

from graphmem.graph.neo4j import statements
from graphmem.graph.neo4j.driver import Run
from graphmem.types import ScopeKey


def state_of(run: Run, scope: ScopeKey) -> str:
    """Return the name of a scope's state; "" if it was never given one."""
    return next(iter(_known(run, scope) or ()), "")


def writes_since(run: Run, scope: ScopeKey, state: str) -> int | None:
    """Return how many writes ago a scope was in a state; None: never, or it forgot."""
    known = _known(run, scope)
    if known is None:
        return None if state else 0
    return known.index(state) if state in known else None


def _known(run: Run, scope: ScopeKey) -> list[str] | None:
    """Return the names, the last first; None: only a graphmem that gave none wrote the scope."""
    return next((states for (states,) in run(statements.STATES, {"scope": scope})), None)
