"""A question put to a copy of one scope, in a process that is ended when its time is up.

The copy lives as long as the question, in a temporary folder that its owner alone may read:
nothing of it can outlive a deletion. A caller that is killed takes the process and the folder with
it; a folder that was left all the same, by a machine that stopped, goes with the next question.
"""

import fcntl
import json
import os
import selectors
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from graphmem.errors import (
    ConfigError,
    GraphmemError,
    MissingExtraError,
    StoreBusyError,
    StoreError,
    StoreUnavailableError,
)
from graphmem.graph.cypher.answer import Answer, Limits
from graphmem.types import ScopeKey

COPY_SECONDS = 600.0
"""How long the copy may take; 900,000 relationships take 70 seconds of processor."""

_COPY_LATE = "copying the scope took longer than {:g} s; a memory kept in Neo4j is asked there"

REPLY_BYTES = 64 * 1024 * 1024
"""The longest answer that is taken."""

PREFIX = "graphmem-cypher-"
OLD_SECONDS = 60
"""A folder is looked at by others from this age on: its maker has locked it by then."""

KINDS: tuple[type[GraphmemError], ...] = (
    StoreBusyError,
    StoreUnavailableError,
    StoreError,
    ConfigError,
)
"""The errors that a reply may name; one below them goes by the first that it is."""

OUT_OF_MEMORY = 3
"""The exit status when memory is full: the Java machine's own, so also Python's."""

_BOOT = """import json, sys
sys.path[:] = json.loads(sys.argv[1])
from graphmem.graph.cypher.child import main
main()"""
_NOT_INHERITED = ("ARCADEDB_JVM_ARGS", "ARCADEDB_JVM_ERROR_FILE", "JAVA_TOOL_OPTIONS",
                  "_JAVA_OPTIONS", "JDK_JAVA_OPTIONS")  # fmt: skip
"""Variables that would change the limits of the Java machine, or where it writes."""


def ask_copy(
    url: str, scope: ScopeKey, statement: str, parameters: Mapping[str, Any], limits: Limits
) -> Answer:
    """Copy the scope of a store, ask the copy, and leave nothing behind.

    Raises ConfigError for a statement that does not read or cannot be run, StoreError for one
    that takes too long, too much memory, or answers too much, MissingExtraError without the
    library, and what opening a store raises.
    """
    if find_spec("arcadedb_embedded") is None:
        raise MissingExtraError("Cypher on this store", "cypher")
    with _folder() as folder:
        request = {
            "url": url,
            "scope": scope,
            "statement": statement,
            "parameters": dict(parameters),
            "rows": limits.rows,
            "folder": str(folder),
        }
        with _child(_line_of(request)) as child:
            replies = _Replies(child)
            replies.next(COPY_SECONDS, late=_COPY_LATE)
            late = "the query took longer than {:g} s; ask for less, or type --seconds"
            reply = replies.next(limits.seconds, late=late)
    return Answer(tuple(reply["columns"]), reply["rows"], is_cut=reply["is_cut"])


def remove_left_folders() -> None:
    """Remove the copies of questions whose process was ended before it could."""
    for folder in Path(tempfile.gettempdir()).glob(f"{PREFIX}*"):
        with suppress(OSError):
            if time.time() - folder.stat().st_mtime > OLD_SECONDS:
                with _locked(folder):
                    shutil.rmtree(folder)


class _Replies:
    """The lines that a child writes, each waited for as long as is allowed."""

    def __init__(self, child: "subprocess.Popen[bytes]") -> None:
        self._child = child
        self._waiting = bytearray()
        self._searched = 0

    def next(self, seconds: float, *, late: str) -> dict[str, Any]:
        """Return the next reply. Raises the error it reports, StoreError if none comes in time."""
        line = self._line(time.monotonic() + seconds, late.format(seconds))
        reply: dict[str, Any] = json.loads(line)
        if "error" in reply:
            raise _error_of(reply["error"], reply["message"])
        return reply

    def _line(self, until: float, late: str) -> bytes:
        source = self._child.stdout
        assert source is not None
        with selectors.DefaultSelector() as selector:
            selector.register(source, selectors.EVENT_READ)
            while (end := self._waiting.find(b"\n", self._searched)) < 0:
                self._searched = len(self._waiting)
                if not selector.select(max(0.0, until - time.monotonic())):
                    raise StoreError(late)
                part = os.read(source.fileno(), 1 << 20)
                if not part:
                    raise StoreError(_end_of(self._child.wait()))
                self._waiting += part
                if len(self._waiting) > REPLY_BYTES:
                    most = REPLY_BYTES >> 20
                    raise StoreError(f"the answer is longer than {most} MiB; return less")
        line = bytes(self._waiting[:end])
        del self._waiting[: end + 1]
        self._searched = 0
        return line


def _line_of(request: Mapping[str, Any]) -> bytes:
    try:
        return json.dumps(request).encode() + b"\n"
    except TypeError as error:
        raise ConfigError(f"a parameter is no text, number, true, false or null: {error}") from None


@contextmanager
def _child(request: bytes) -> Iterator["subprocess.Popen[bytes]"]:
    """Start the process that answers, in a group of its own, and end it, whatever it does."""
    environment = {k: v for k, v in os.environ.items() if k not in _NOT_INHERITED}
    child = subprocess.Popen(
        [sys.executable, "-I", "-c", _BOOT, json.dumps(sys.path)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        env=environment,
        start_new_session=True,
    )
    try:
        assert child.stdin is not None
        with suppress(BrokenPipeError):  # it ended; its status says why
            child.stdin.write(request)
            child.stdin.flush()
        yield child
    finally:
        with suppress(ProcessLookupError):
            os.killpg(child.pid, signal.SIGKILL)
        child.wait()
        for pipe in (child.stdin, child.stdout):
            if pipe is not None:
                with suppress(BrokenPipeError):
                    pipe.close()


@contextmanager
def _folder() -> Iterator[Path]:
    """Make a folder that is there as long as the block, locked against `remove_left_folders`."""
    remove_left_folders()
    with tempfile.TemporaryDirectory(prefix=PREFIX, ignore_cleanup_errors=True) as name:
        folder = Path(name)
        with _locked(folder):
            yield folder


@contextmanager
def _locked(folder: Path) -> Iterator[None]:
    """Hold the folder, so that others leave it alone. Raises BlockingIOError if it is held."""
    handle = os.open(folder, os.O_RDONLY | os.O_NOFOLLOW)
    try:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        yield
    finally:
        os.close(handle)


def _end_of(status: int) -> str:
    """Say why a process answered nothing, by its exit status."""
    if status in (OUT_OF_MEMORY, -signal.SIGKILL, -signal.SIGABRT):
        return "the query needs more memory than it may take; ask for less"
    how = f"signal {-status}" if status < 0 else f"status {status}"
    return f"the process that runs Cypher ended with {how} and no answer; ask in another way"


def _error_of(kind: str, message: str) -> Exception:
    """Return the error that a reply reports; one without a class is a fault of graphmem's own."""
    known: dict[str, type[GraphmemError]] = {one.__name__: one for one in KINDS}
    return known[kind](message) if kind in known else RuntimeError(message)
