"""Whether a store is well: what its file says, and whether every record can be read."""

from collections.abc import Iterator
from typing import get_args

from graphmem.contracts import GraphStore, RecordKind
from graphmem.errors import StoreBusyError, StoreError
from graphmem.graph.sqlite.store import SqliteStore
from graphmem.reading import StoreView
from graphmem.types import ScopeKey

COUNTED: tuple[RecordKind, ...] = ("session", "episode", "note", "change", "tombstone")
"""The kinds of which a scan yields as many records as `stats` counts."""


def examine(store: GraphStore, *, full: bool = False) -> list[str]:
    """Return what is wrong with a store, a line each; none: it is well.

    Every record is read once, and in a file the references between rows and SQLite's own checks
    are made, those of the indexes with `full`.
    """
    found = store.findings(full=full) if isinstance(store, SqliteStore) else []
    try:
        with store.one_state() as state:
            scopes = state.scopes()
            state.encoder()
            for scope in scopes:
                found += _unreadable(state, scope)
    except StoreBusyError:
        raise
    except StoreError as error:
        return [*found, str(error)]
    for scope in scopes:
        try:
            store.snapshot((scope,), None)
        except StoreError as error:
            found.append(str(error))
    return list(dict.fromkeys(found))


def _unreadable(state: StoreView, scope: ScopeKey) -> Iterator[str]:
    """Yield the kinds of records of a scope that cannot be read whole."""
    for kind in get_args(RecordKind):
        try:
            read = sum(1 for _ in state.scan(kind, scope))
            held = state.stats(scope)[kind]
        except StoreError as error:
            yield str(error)
            continue
        if kind in COUNTED and read != held:
            yield f"{held:,} {kind} records of scope {scope} are counted, and {read:,} can be read"
