"""The JSON API: one table of operations, from which come the routes and the OpenAPI document."""

from graphmem.server.api.operations import OPERATIONS
from graphmem.server.api.routes import api_part

__all__ = ["OPERATIONS", "api_part"]
