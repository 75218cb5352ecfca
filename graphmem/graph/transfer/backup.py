"""Backing a memory up: a store that is a file, copied whole while it is used."""

from collections.abc import Mapping
from pathlib import Path

from graphmem.contracts import GraphStore
from graphmem.errors import ConfigError
from graphmem.graph.sqlite.store import SqliteStore


def back_up(store: GraphStore, path: Path) -> Mapping[str, int]:
    """Copy a SQLite store to a new file that can be opened as it is; return its rows by table.

    Raises ConfigError for a store that is no file, or if something is at `path`; else what
    `SqliteStore.back_up` raises.
    """
    if not isinstance(store, SqliteStore):
        raise ConfigError(
            "this store is no file, so it cannot be copied as one; type: graphmem store export FILE"
        )
    return store.back_up(path)
