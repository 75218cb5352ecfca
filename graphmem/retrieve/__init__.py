"""Question -> hits: channels score the notes, the walk ranks them, each says why."""

from graphmem.retrieve.engine import RETRIEVERS, Engine
from graphmem.retrieve.found import Found

__all__ = ["RETRIEVERS", "Engine", "Found"]
