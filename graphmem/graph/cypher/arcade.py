"""A read-only copy of one scope in an embedded ArcadeDB, so that any store answers Cypher.

It is built when it is asked for, in a folder named by the scope's version token, and used again
until the scope is written. Queries run on the copy opened for reading only: nothing they do
reaches a store.
"""

import os
import shutil
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from datetime import datetime
from itertools import islice
from operator import attrgetter
from pathlib import Path
from typing import Any, TypeVar
from uuid import uuid4

from graphmem.contracts import GraphStore
from graphmem.errors import ConfigError, MissingExtraError, StoreBusyError, StoreError
from graphmem.graph.cypher.answer import Answer, Limits
from graphmem.graph.cypher.arcade_values import plain
from graphmem.graph.projection import (
    NODE_LABELS,
    RELATIONSHIP_TYPES,
    Relationship,
    nodes,
    relationships,
)
from graphmem.ids import text_hash
from graphmem.types import ScopeKey

T = TypeVar("T")

BATCH = 5_000
COMMIT_EVERY = 10_000
"""Relationships in one transaction of the copy. Two threads at it cost half as much again."""
HEAP = "2g"
JVM = ("-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1")
"""For a machine that lives seconds: compiling well what it runs would cost more than it gives."""
TRIES = 3
"""How often a copy is begun anew because its scope was written meanwhile."""

_SETTINGS: Mapping[str, Any] = {
    "arcadedb.dateTimeImplementation": "java.time.ZonedDateTime",
    "arcadedb.opencypher.loadCsv.allowFileUrls": False,
    "arcadedb.opencypher.loadCsv.allowRemoteUrls": False,
    "arcadedb.queryParallelScan": False,
}
"""Times keep their zone, nothing but the copy is read, and a query runs in one thread."""


class Projection:
    """An open copy. Raises MissingExtraError without the library."""

    def __init__(self, store: GraphStore, scope: ScopeKey, folder: Path) -> None:
        _start()
        self._database = _opened(_built(store, scope, folder), is_new=False)

    def query(self, statement: str, parameters: Mapping[str, Any], limits: Limits) -> Answer:
        """Run a statement that reads. Raises ConfigError if it does not, or is no Cypher."""
        _set({"arcadedb.command.timeout": int(limits.seconds * 1000)})
        with _translated(limits):
            result = self._database.query("opencypher", statement, dict(parameters))
            found = list(islice(result, limits.rows + 1))
            columns = tuple(found[0].property_names) if found else ()
            rows = [[plain(row.get(name)) for name in columns] for row in found[: limits.rows]]
            result.close()
        return Answer(columns, rows, is_cut=len(found) > limits.rows)

    def close(self) -> None:
        """Let go of the copy; it stays in its folder."""
        self._database.close()


def _built(store: GraphStore, scope: ScopeKey, folder: Path) -> Path:
    """Return where the copy of the scope is, as the scope is now; build it if need be."""
    of_scope = text_hash(scope)
    for _ in range(TRIES):
        token = store.version_token(scope)
        home = folder / f"{of_scope}-{token}"
        if home.exists():
            return home
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        part = folder / f"{of_scope}.{uuid4().hex}"
        try:
            _build(store, scope, part)
            if store.version_token(scope) == token:
                for old in folder.glob(f"{of_scope}-*"):
                    shutil.rmtree(old, ignore_errors=True)
                part.replace(home)
                return home
        finally:
            shutil.rmtree(part, ignore_errors=True)
    raise StoreBusyError(f"scope {scope} is being written; let that end, then try again")


def _build(store: GraphStore, scope: ScopeKey, path: Path) -> None:
    database = _opened(path, is_new=True)
    try:
        single = sorted({label for labels in NODE_LABELS for label in labels})
        for label in single:
            database.command("sql", f"CREATE VERTEX TYPE `{label}`")
        for labels in NODE_LABELS:
            if len(labels) > 1:
                parents = ", ".join(f"`{label}`" for label in labels)
                database.command(
                    "sql", f"CREATE VERTEX TYPE `{'~'.join(labels)}` EXTENDS {parents}"
                )
        for type_ in RELATIONSHIP_TYPES:
            database.command("sql", f"CREATE EDGE TYPE `{type_}`")
        _load(database, store, scope)
        for label in single:
            database.command("sql", f"CREATE PROPERTY `{label}`.id STRING")
            database.command("sql", f"CREATE INDEX ON `{label}` (id) UNIQUE")
    finally:
        database.close()


def _load(database: Any, store: GraphStore, scope: ScopeKey) -> None:
    places: dict[str, str] = {}
    with database.graph_batch(
        bidirectional=True, parallel_flush=False, commit_every=COMMIT_EVERY
    ) as batch:
        for labels, chunk in _chunks(nodes(store, scope), attrgetter("labels")):
            made = batch.create_vertices("~".join(labels), [node.properties for node in chunk])
            if labels != ("Tombstone",):
                places.update(zip((node.id for node in chunk), made, strict=True))
        for (type_, _), edges in _chunks(relationships(store, scope), _kind):
            known = [edge for edge in edges if edge.source in places and edge.target in places]
            batch.new_edges(
                [places[edge.source] for edge in known],
                type_,
                [places[edge.target] for edge in known],
                [edge.properties for edge in known],
            )


def _kind(edge: Relationship) -> tuple[str, bool]:
    """Return a relationship's type, and whether it has a time: one makes its chunk slow."""
    return edge.type, any(isinstance(value, datetime) for value in edge.properties.values())


def _chunks(items: Iterable[T], kind: Callable[[T], Any]) -> Iterator[tuple[Any, list[T]]]:
    """Yield items of one kind together, at most BATCH: every chunk is a call into the library."""
    waiting: dict[Any, list[T]] = {}
    for item in items:
        key = kind(item)
        chunk = waiting.setdefault(key, [])
        chunk.append(item)
        if len(chunk) == BATCH:
            yield key, waiting.pop(key)
    yield from waiting.items()


def _start() -> None:
    try:
        import jpype
        from arcadedb_embedded.jvm import start_jvm
    except ImportError:
        raise MissingExtraError("Cypher on this store", "cypher") from None
    if not jpype.isJVMStarted():
        with _no_stderr():
            start_jvm(heap_size=HEAP, jvm_args=JVM)
        _silence()
    _set(_SETTINGS)


def _silence() -> None:
    """Give the library a logger that takes nothing: its own makes a folder `log` where it runs."""
    import jpype

    class Silent:
        def isLoggable(self, *_: object) -> bool:  # noqa: N802  Java's name
            return False

        def log(self, *_: object) -> None:
            return

        def flush(self) -> None:
            return

    silent = jpype.JProxy("com.arcadedb.log.Logger", inst=Silent())
    jpype.JClass("com.arcadedb.log.LogManager").instance().setLogger(silent)


@contextmanager
def _no_stderr() -> Iterator[None]:
    """Keep back what the Java machine says of its modules, whatever is done, when it starts."""
    kept = os.dup(2)
    nothing = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nothing, 2)
    try:
        yield
    finally:
        os.dup2(kept, 2)
        os.close(kept)
        os.close(nothing)


def _set(settings: Mapping[str, Any]) -> None:
    import jpype

    known = jpype.JClass("com.arcadedb.GlobalConfiguration")
    for name, value in settings.items():
        known.findByKey(name).setValue(value)


def _opened(path: Path, *, is_new: bool) -> Any:
    import jpype
    from arcadedb_embedded.core import Database

    factory = jpype.JClass("com.arcadedb.database.DatabaseFactory")(str(path))
    mode = jpype.JClass("com.arcadedb.engine.ComponentFile").MODE.READ_ONLY
    return Database(factory.create() if is_new else factory.open(mode))


@contextmanager
def _translated(limits: Limits) -> Iterator[None]:
    from arcadedb_embedded.exceptions import ArcadeDBError

    try:
        yield
    except ArcadeDBError as error:
        text = str(error)
        said = text.rpartition("Exception: ")[2].splitlines()[0][:300]
        if "QueryNotIdempotent" in text or "read only" in text.lower():
            raise ConfigError("the query writes; graphmem cypher only reads") from None
        if "TimeoutException" in text:
            raise StoreError(
                f"the query took longer than {limits.seconds:g} s; ask for less, or type --seconds"
            ) from None
        raise ConfigError(f"the query cannot be run: {said}") from None
