"""LangChain: a retriever, a chat history and tools over one memory.

Needs the extra `langchain`.
"""

from graphmem.errors import MissingExtraError

try:
    import langchain_core  # noqa: F401
except ImportError as error:
    raise MissingExtraError("LangChain's retriever, history and tools", "langchain") from error

from graphmem.integrations.langchain.history import GraphmemChatMessageHistory
from graphmem.integrations.langchain.retriever import GraphmemRetriever
from graphmem.integrations.langchain.tools import (
    forget_memory_tool,
    memory_tools,
    save_memory_tool,
    search_memory_tool,
)

__all__ = [
    "GraphmemChatMessageHistory",
    "GraphmemRetriever",
    "forget_memory_tool",
    "memory_tools",
    "save_memory_tool",
    "search_memory_tool",
]
