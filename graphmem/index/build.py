"""The bases of all scopes of a store, written at once, whatever their size."""

from collections.abc import Iterator
from dataclasses import dataclass

from graphmem.contracts import Clock, Encoder, GraphStore, IndexedStore, utc_now
from graphmem.errors import ConfigError
from graphmem.index.bases import StoreBases
from graphmem.retrieve.engine import EngineParts
from graphmem.types import ScopeKey


@dataclass(frozen=True, slots=True)
class Built:
    """What was done for one scope."""

    scope: ScopeKey
    notes: int
    bytes: int
    is_written: bool
    """False: another process was writing, or the scope was written meanwhile."""


def build_index(
    store: GraphStore, encoder: Encoder, *, clock: Clock = utc_now
) -> tuple[Built, ...]:
    """Derive the engine of each scope and write it down. Raises ConfigError if none can be kept."""
    if not isinstance(store, IndexedStore):
        raise ConfigError(
            "a memory in RAM keeps no index; name one in a file or in Neo4j: --store memory.db"
        )
    return tuple(_built(store, encoder, clock))


def _built(store: IndexedStore, encoder: Encoder, clock: Clock) -> Iterator[Built]:
    bases = StoreBases(store, encoder, clock)
    for scope in store.scopes():
        parts = EngineParts.of(store.snapshot((scope,), None), encoder)
        is_written = bases.write(parts)
        path = store.index_files.path(scope)
        size = path.stat().st_size if is_written else 0
        yield Built(scope, len(parts.snapshot.note_ids), size, is_written)
