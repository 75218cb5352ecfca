"""MCP: one scope's memory as tools and resources for any client of the Model Context Protocol.

Needs the extra `mcp`.
"""

from graphmem.errors import MissingExtraError

try:
    import mcp  # noqa: F401
except ImportError as error:
    raise MissingExtraError("the MCP server", "mcp") from error

from graphmem.integrations.mcp.server import server_of

__all__ = ["server_of"]
