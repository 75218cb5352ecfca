"""The reading half of a memory: search it, list it, look things up; nothing here writes."""

from graphmem.asking.readonly import ReadOnlyMemory

__all__ = ["ReadOnlyMemory"]
