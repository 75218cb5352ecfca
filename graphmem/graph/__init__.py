"""Stores: where a memory is kept. A URL opens one; `dump` lists what it holds."""

import re
from pathlib import Path

from graphmem.contracts import Clock, GraphStore, utc_now
from graphmem.errors import StoreUnavailableError
from graphmem.graph.dump import dump
from graphmem.registry import resolve

__all__ = ["dump", "open_store"]

_SCHEME = re.compile(r"([A-Za-z][A-Za-z0-9+.-]+):(?://)?")
"""At least two letters: one is a drive."""


def open_store(
    url_or_path: str | Path, *, must_exist: bool = False, clock: Clock = utc_now
) -> GraphStore:
    """Open a store: `ram:`, `sqlite:///FILE`, a path, or the URL of a registered store.

    A memory is made if it is not there, unless `must_exist`: then StoreUnavailableError. Raises
    UnknownBackendError for a scheme that nobody registered. The factory of a registered store is
    called with the URL and, by name, `must_exist` and `clock`.
    """
    text = str(url_or_path)
    match = _SCHEME.match(text)
    scheme = match.group(1).lower() if match and isinstance(url_or_path, str) else "sqlite"
    if scheme == "ram":
        from graphmem.graph.ram.store import RamStore

        return RamStore(clock=clock)
    if scheme != "sqlite":
        store: GraphStore = resolve("store", scheme)(text, must_exist=must_exist, clock=clock)
        return store
    from graphmem.graph.sqlite.store import SqliteStore

    rest = text[match.end() :] if match and isinstance(url_or_path, str) else text
    path = Path(rest.removeprefix("/") if match and rest.startswith("/") else rest)
    if must_exist and not path.exists():
        raise StoreUnavailableError(f"there is no store {path}; type: graphmem ingest PATH")
    return SqliteStore(path, clock=clock)
