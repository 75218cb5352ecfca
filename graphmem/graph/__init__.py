"""Stores: where a memory is kept. `registry.open_store` opens one; `dump` lists what it holds."""

from graphmem.graph.dump import dump

__all__ = ["dump"]
