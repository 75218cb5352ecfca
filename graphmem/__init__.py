"""graphmem: long-term memory for applications that talk. Notes, a graph, answers with reasons."""

from importlib import import_module
from typing import TYPE_CHECKING

from graphmem.errors import GraphmemError
from graphmem.types import Episode, Hit, Note, Receipt, Scope

if TYPE_CHECKING:
    from graphmem.memory import Memory as Memory

__version__ = "0.1.0"
__all__ = ["Episode", "GraphmemError", "Hit", "Memory", "Note", "Receipt", "Scope"]


def __getattr__(name: str) -> object:
    """Load `Memory` when it is first asked for, so that the records alone import fast."""
    if name == "Memory":
        return import_module("graphmem.memory").Memory
    raise AttributeError(f"module 'graphmem' has no attribute {name!r}")
