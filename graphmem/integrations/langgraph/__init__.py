"""LangGraph: a store of items on a memory's graph, searched as any memory is.

Needs the extra `langgraph`.
"""

from graphmem.errors import MissingExtraError

try:
    import langgraph.store.base  # noqa: F401
except ImportError as error:
    raise MissingExtraError("LangGraph's store", "langgraph") from error

from graphmem.integrations.langgraph.namespaces import label_of
from graphmem.integrations.langgraph.store import GraphmemStore

__all__ = ["GraphmemStore", "label_of"]
