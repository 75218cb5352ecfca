"""The embedded ArcadeDB: its Java machine started, a database made or opened, a query run.

The only file that imports the library and its bridge to Java. It runs in a process of its own,
see `process`: what it is asked may sleep, fill the memory or end the machine.
"""

import os
import shlex
from collections.abc import Callable, Iterator, Mapping
from contextlib import closing, contextmanager
from itertools import islice
from pathlib import Path
from typing import Any

import jpype
from arcadedb_embedded.core import Database
from arcadedb_embedded.exceptions import ArcadeDBError
from arcadedb_embedded.jvm import start_jvm
from arcadedb_embedded.type_conversion import convert_java_to_python

from graphmem.errors import ConfigError
from graphmem.graph.cypher.answer import Answer
from graphmem.graph.cypher.arcade_values import plain

HEAP_MIB = 2_048
"""What the Java machine may take for its objects, in MiB."""

_JVM = (
    "-XX:+UseSerialGC",
    "-XX:TieredStopAtLevel=1",
    "-XX:+ExitOnOutOfMemoryError",
    "-XX:-CreateCoredumpOnCrash",
    "-XX:-UsePerfData",
    "-Xrs",
)
"""For a machine that lives seconds: compiling well what it runs would cost more than it gives. It
ends when its memory is full, leaves signals to the system, and writes nothing of its own."""

_SETTINGS: Mapping[str, Any] = {
    "arcadedb.dateTimeImplementation": "java.time.ZonedDateTime",
    "arcadedb.opencypher.loadCsv.allowFileUrls": False,
    "arcadedb.opencypher.loadCsv.allowRemoteUrls": False,
    "arcadedb.queryParallelScan": False,
}
"""Times keep their zone, nothing but the copy is read, and a query runs in one thread."""


def start(folder: Path) -> None:
    """Start the Java machine of this process; a crash of it writes its log into `folder`."""
    log = folder / "hs_err_pid%p.log"
    with _no_stderr():
        start_jvm(
            heap_size=f"{HEAP_MIB}m", jvm_args=(*_JVM, f"-XX:ErrorFile={shlex.quote(str(log))}")
        )
    _silence()
    known = jpype.JClass("com.arcadedb.GlobalConfiguration")
    for name, value in _SETTINGS.items():
        known.findByKey(name).setValue(value)


def build(path: Path, fill: Callable[[Any], None]) -> None:
    """Make a database and have it filled."""
    database = Database(_factory(path).create())
    try:
        fill(database)
    finally:
        database.close()


def query(path: Path, statement: str, parameters: Mapping[str, Any], *, rows: int) -> Answer:
    """Run a statement on a database opened for reading only, and keep at most so many rows.

    Raises ConfigError for a statement that does not read, or cannot be run.
    """
    mode = jpype.JClass("com.arcadedb.engine.ComponentFile").MODE.READ_ONLY
    database = Database(_factory(path).open(mode))
    with closing(database), _translated():
        result = database.query("opencypher", statement, dict(parameters))
        found = list(islice(result, rows + 1))
        columns = tuple(found[0].property_names) if found else ()
        kept = [
            [plain(row.get(name), convert_java_to_python) for name in columns]
            for row in found[:rows]
        ]
    return Answer(columns, kept, is_cut=len(found) > rows)


def _factory(path: Path) -> Any:
    return jpype.JClass("com.arcadedb.database.DatabaseFactory")(str(path))


def _silence() -> None:
    """Give the library a logger that takes nothing: its own makes a folder `log` where it runs."""

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


@contextmanager
def _translated() -> Iterator[None]:
    """Turn what the library, the bridge and a value without end raise into ConfigError."""
    try:
        yield
    except (ArcadeDBError, jpype.JException) as error:
        text = str(error)
        if "QueryNotIdempotent" in text or "read only" in text.lower():
            raise ConfigError("the query writes; graphmem cypher only reads") from None
        said = (text.rpartition("Exception: ")[2].splitlines() or [type(error).__name__])[0][:300]
        raise ConfigError(f"the query cannot be run: {said}") from None
    except (RecursionError, OverflowError, UnicodeError) as error:
        raise ConfigError(f"the query's values cannot be read: {error}") from None
