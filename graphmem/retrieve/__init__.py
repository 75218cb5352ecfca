"""Question -> hits: channels score the notes, the walk ranks them, each says why."""

from graphmem.retrieve.engine import RETRIEVERS, Engine
from graphmem.retrieve.found import Found
from graphmem.retrieve.hits import hits_of

__all__ = ["RETRIEVERS", "Engine", "Found", "hits_of"]
