"""What is known of a request beside its content: who asks, of whom, by which verb."""

from dataclasses import dataclass, field

from starlette.datastructures import QueryParams
from starlette.requests import HTTPConnection
from starlette.types import Scope as Connection

from graphmem.errors import ScopeError
from graphmem.memory import Memory
from graphmem.server.grants import Grant, Right
from graphmem.server.memories import Memories
from graphmem.server.refused import RefusedError
from graphmem.types import Scope, ScopeKey

PLACE = "graphmem call"
"""Where it stands in the connection."""


@dataclass(slots=True, kw_only=True)
class Call:
    """One request: what the log and the audit say of it, and nothing else of it."""

    memories: Memories
    asked: str = ""
    """The `scope=` of the query; empty: whichever the token is for."""
    grant: Grant | None = None
    by_cookie: bool = False
    verb: str = ""
    """Of the memory that was asked for; empty: none was."""
    right: Right | None = None
    scope: ScopeKey | None = field(default=None)

    def memory(self, verb: str, right: Right) -> Memory:
        """Return the memory that the caller asks of, for a verb that reads or writes.

        Raises RefusedError, 403, for a scope or a right that the token does not have; 400 where
        the token is for several and the query names none.
        """
        self.verb, self.right = verb, right
        self.scope = self._scope()
        if self.grant is None or not self.grant.allows(self.scope, right):
            raise RefusedError(403, f"this token may not {right} this scope", kind="NotAllowed")
        return self.memories.of(self.scope)

    def _scope(self) -> ScopeKey:
        if self.asked:
            try:
                return Scope.parse(self.asked).key
            except ScopeError as error:
                raise RefusedError(400, str(error), kind="ScopeError") from None
        mine = sorted(self.grant.scopes) if self.grant else []
        if not mine:
            raise RefusedError(403, "this token is for no scope", kind="NotAllowed")
        if len(mine) > 1:
            known = ", ".join(mine)
            raise RefusedError(400, f"whose memory? Add ?scope=NAME; yours: {known}")
        return mine[0]


def begin(connection: Connection, memories: Memories) -> Call:
    """Return the call of a connection, which is put there for the routes."""
    query = QueryParams(connection.get("query_string", b""))
    call = Call(memories=memories, asked=query.get("scope", ""))
    connection[PLACE] = call
    return call


def call_of(request: HTTPConnection) -> Call:
    """Return the call that a request is."""
    call = request.scope[PLACE]
    assert isinstance(call, Call)
    return call


def memory_of(request: HTTPConnection, verb: str, right: Right) -> Memory:
    """Return the memory that a request asks of; see `Call.memory`."""
    return call_of(request).memory(verb, right)
