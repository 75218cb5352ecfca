"""The whole server: the JSON API, MCP, metrics and what else is given, watched and limited."""

from collections.abc import Sequence

from starlette.types import ASGIApp

from graphmem.server.access import Access
from graphmem.server.api import api_part
from graphmem.server.app import Part, app_of
from graphmem.server.done import Watcher
from graphmem.server.guard import Limits
from graphmem.server.hosts import Hosts
from graphmem.server.mcp import mcp_part
from graphmem.server.memories import Memories
from graphmem.server.metrics import Metrics, metrics_part
from graphmem.server.workers import Workers


def whole_app(
    memories: Memories,
    access: Access,
    *,
    parts: Sequence[Part] = (),
    hosts: Hosts | None = None,
    limits: Limits | None = None,
    watchers: Sequence[Watcher] = (),
) -> ASGIApp:
    """Return the application of `graphmem serve`; `parts` are served beside its own."""
    workers, metrics = Workers(), Metrics()
    own = [api_part(workers), mcp_part(), metrics_part(metrics, memories, workers)]
    return app_of(
        memories,
        access,
        parts=[*own, *parts],
        hosts=hosts,
        limits=limits,
        watchers=[metrics, *watchers],
    )
