"""One server over HTTP: a JSON API, MCP, and the pages that are given to it, under one access.

Needs the extra `server`. A part of it is routes: `app_of(memories, access, parts=[...])`. In each
route `memory_of(request, verb, right)` is the memory that the caller may have, or a refusal.
"""

from graphmem.errors import MissingExtraError

try:
    import starlette  # noqa: F401
    import uvicorn  # noqa: F401
except ImportError as error:
    raise MissingExtraError("the server", "server") from error

from graphmem.server.access import Access, new_token
from graphmem.server.app import Part, app_of
from graphmem.server.audit import Audit
from graphmem.server.call import Call, call_of, memory_of
from graphmem.server.done import Done, Watcher
from graphmem.server.grants import Grant, Right
from graphmem.server.guard import Limits
from graphmem.server.hosts import Hosts, is_loopback
from graphmem.server.logs import log_request
from graphmem.server.memories import Memories
from graphmem.server.owner import first_scope, grant_of_owner
from graphmem.server.refused import RefusedError
from graphmem.server.run import address_of, bound, serve
from graphmem.server.tokens import TokenFile
from graphmem.server.whole import whole_app
from graphmem.server.workers import Workers

__all__ = [
    "Access",
    "Audit",
    "Call",
    "Done",
    "Grant",
    "Hosts",
    "Limits",
    "Memories",
    "Part",
    "RefusedError",
    "Right",
    "TokenFile",
    "Watcher",
    "Workers",
    "address_of",
    "app_of",
    "bound",
    "call_of",
    "first_scope",
    "grant_of_owner",
    "is_loopback",
    "log_request",
    "memory_of",
    "new_token",
    "serve",
    "whole_app",
]
