"""How a new store of each kind is made for the tests; a Neo4j store is a whole server."""

from pathlib import Path

from graphmem.contracts import GraphStore
from graphmem.registry import open_store
from graphmem.testing import standing_clock
from tests.neo4j import servers


def ram(folder: Path, number: int) -> GraphStore:
    """Return a new store in memory."""
    return open_store("ram:", clock=standing_clock)


def sqlite(folder: Path, number: int) -> GraphStore:
    """Return a new store in a file of its own."""
    return open_store(folder / f"{number}.db", clock=standing_clock)


def neo4j(folder: Path, number: int) -> GraphStore:
    """Return the server's store, emptied, as the first one; those it is held to are in memory."""
    return ram(folder, number) if number else servers.empty_store(clock=standing_clock)
