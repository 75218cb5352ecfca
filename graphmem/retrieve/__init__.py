"""Question -> hits: channels score the notes, the walk ranks them, each says why."""

from graphmem.retrieve.asked import Asked
from graphmem.retrieve.context import context_of
from graphmem.retrieve.engine import Engine
from graphmem.retrieve.engines import RETRIEVERS, Engines, retriever_named
from graphmem.retrieve.filter import kept_notes
from graphmem.retrieve.found import Found
from graphmem.retrieve.hits import hits_across, hits_of
from graphmem.retrieve.turns.slot import Stated

__all__ = [
    "RETRIEVERS",
    "Asked",
    "Engine",
    "Engines",
    "Found",
    "Stated",
    "context_of",
    "hits_across",
    "hits_of",
    "kept_notes",
    "retriever_named",
]
