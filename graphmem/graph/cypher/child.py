"""The process in which a copy is made and asked: a request in, two lines of JSON out.

The first line of its input is the request. The end of its input means that whoever asked is gone:
it removes its folder and ends. It answers `{"copied": true}` when the copy is made, then columns
and rows, or an error's class and message. What it prints otherwise goes nowhere.
"""

import json
import os
import resource
import shutil
import sys
import traceback
from contextlib import closing, suppress
from dataclasses import asdict
from functools import partial
from pathlib import Path
from threading import Thread
from typing import Any, BinaryIO

from graphmem.errors import GraphmemError, StoreBusyError, StoreError
from graphmem.graph.cypher import arcade
from graphmem.graph.cypher.arcade_copy import copy_scope
from graphmem.graph.cypher.process import KINDS, OUT_OF_MEMORY
from graphmem.graph.validate import refuse_unknown_scopes
from graphmem.registry import open_store

BESIDE_HEAP_MIB = 1_536
"""What the process may take beside the Java machine's objects: its code, Python, the answer."""

TRIES = 3
"""How often a copy is begun again because its scope was written meanwhile."""


def main() -> None:
    """Answer one request."""
    replies = os.fdopen(os.dup(1), "wb")
    nothing = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nothing, 1)
    os.dup2(nothing, 2)
    request = json.loads(sys.stdin.buffer.readline())
    folder = Path(request["folder"])
    Thread(target=_end_with_parent, args=(folder,), daemon=True).start()
    _limit_memory()
    try:
        _answer(request, folder, replies)
    except MemoryError:
        os._exit(OUT_OF_MEMORY)
    except GraphmemError as error:
        kind = next((kind for kind in KINDS if isinstance(error, kind)), StoreError)
        _say(replies, {"error": kind.__name__, "message": str(error)})
    except BaseException:
        _say(replies, {"error": "", "message": traceback.format_exc()})
        raise
    finally:
        replies.flush()
    os._exit(0)  # nothing to put in order: the folder goes with whoever asked


def _answer(request: dict[str, Any], folder: Path, replies: BinaryIO) -> None:
    arcade.start(folder)
    copy = _copied(request["url"], request["scope"], folder)
    _say(replies, {"copied": True})
    answer = arcade.query(copy, request["statement"], request["parameters"], rows=request["rows"])
    _say(replies, asdict(answer))


def _copied(url: str, scope: Any, folder: Path) -> Path:
    """Copy a scope as it is at one moment, and return where. Raises StoreBusyError."""
    with closing(open_store(url, must_exist=True)) as store:
        refuse_unknown_scopes(store.scopes(), [scope], where=url)
        for attempt in range(TRIES):
            copy = folder / f"copy-{attempt}"
            with suppress(StoreBusyError), store.one_state([scope]) as state:
                arcade.build(copy, partial(copy_scope, store=state, scope=scope))
                return copy
            shutil.rmtree(copy)
    raise StoreBusyError(f"scope {scope} is being written; let that end, then try again")


def _say(replies: BinaryIO, value: dict[str, Any]) -> None:
    replies.write(json.dumps(value, default=str).encode() + b"\n")
    replies.flush()


def _end_with_parent(folder: Path) -> None:
    """Wait for the end of the input; then leave nothing, whatever the other threads are doing."""
    while sys.stdin.buffer.read(1):
        pass
    for _ in range(100):  # the thread that copies may be making files meanwhile
        shutil.rmtree(folder, ignore_errors=True)
        if not folder.exists():
            break
    os._exit(1)


def _limit_memory() -> None:
    """Bound what this process may write to, as far as the system knows such a limit."""
    most = (arcade.HEAP_MIB + BESIDE_HEAP_MIB) * 1024 * 1024
    with suppress(ValueError, OSError):
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
        resource.setrlimit(resource.RLIMIT_DATA, (most, most))
