"""Stores: where a memory is kept. `open_store` opens one; `dump` lists what it holds."""

from graphmem.graph.dump import dump
from graphmem.registry import open_store

__all__ = ["dump", "open_store"]
