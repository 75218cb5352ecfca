"""Files that take their name when they are whole, readable by their owner alone.

A file is written beside its place under a name of its own, made with O_EXCL and mode 600: no link
is followed, no two writers meet. What a killed writer left is removed by the next one.
"""

import os
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from tempfile import mkstemp
from typing import BinaryIO

from graphmem.errors import ConfigError

if sys.platform != "win32":
    import fcntl

SQLITE_HEADER = b"SQLite format 3\0"
SUFFIX = ".part"
HEAD_BYTES = 4_096
"""What a writer is shown of a file that is there, to say whether it made it."""

Recognises = Callable[[bytes], bool]
"""Whether a file that begins so was made by the writer that wants to replace it."""


def nobodys(begins: bytes) -> bool:
    """Know no file."""
    return False


@contextmanager
def new_file(
    path: Path, *, force: bool = False, is_ours: Recognises = nobodys
) -> Iterator[BinaryIO]:
    """Give a file to write; it stands at `path` when the block ends without an error.

    A file that is there is replaced with `force`, if it is empty, or if `is_ours` knows it by its
    first bytes; a SQLite file never. Raises ConfigError, before anything is written, OSError.
    """
    with new_path(path, force=force, is_ours=is_ours) as part, part.open("wb") as out:
        yield out
        out.flush()
        os.fsync(out.fileno())


@contextmanager
def new_path(path: Path, *, force: bool = False, is_ours: Recognises = nobodys) -> Iterator[Path]:
    """Give the path of an empty file for a library that opens files itself; see `new_file`."""
    refuse_existing(path, force=force, is_ours=is_ours)
    _remove_abandoned(path)
    descriptor, name = mkstemp(dir=path.parent, prefix=f".{path.name}.", suffix=SUFFIX)
    part = Path(name)
    try:
        _lock(descriptor)
        yield part
        refuse_existing(path, force=force, is_ours=is_ours)
        part.replace(path)
    finally:
        _remove(part)
        os.close(descriptor)


@contextmanager
def alone_with(path: Path) -> Iterator[None]:
    """Be the only process, and thread, that is in such a block for a path; others wait.

    What is read in it is there when it is written, as long as all who write do so in it. A hidden
    empty file stays beside the path: were it removed, two could hold a lock of that name. Nobody
    waits on Windows, or where there is no folder that anybody could write in. Raises OSError.
    """
    if not path.parent.is_dir():
        yield
        return
    lock = path.with_name(f".{path.name}.lock")
    descriptor = os.open(lock, os.O_RDWR | os.O_CREAT | getattr(os, "O_NOFOLLOW", 0), 0o600)
    try:
        if sys.platform != "win32":
            fcntl.flock(descriptor, fcntl.LOCK_EX)
        yield
    finally:
        os.close(descriptor)


def refuse_existing(path: Path, *, force: bool, is_ours: Recognises = nobodys) -> None:
    """Raise ConfigError if something is at `path` that may not be replaced."""
    if not path.is_symlink() and not path.exists():
        return
    if path.is_symlink() or not path.is_file():
        raise ConfigError(f"{path} is no regular file; name another one")
    with path.open("rb") as file:
        begins = file.read(HEAD_BYTES)
    if begins.startswith(SQLITE_HEADER):
        raise ConfigError(
            f"{path} is a store or another SQLite file, which is never replaced; name another file"
        )
    if not force and begins and not is_ours(begins):
        raise ConfigError(f"{path} is there already; name another file, or type --force")


def _remove_abandoned(path: Path) -> None:
    """Remove what killed writers of the same file left: nobody holds a lock on it."""
    if sys.platform == "win32":  # there what a killed writer left stays
        return
    for part in path.parent.glob(f".{_literal(path.name)}.*{SUFFIX}"):
        with suppress(OSError):
            descriptor = os.open(part, os.O_RDONLY | getattr(os, "O_NOFOLLOW", 0))
            try:
                _lock(descriptor)
                _remove(part)
            finally:
                os.close(descriptor)


def _remove(part: Path) -> None:
    """Remove a file, and what SQLite puts beside one."""
    for suffix in ("", "-wal", "-shm", "-journal"):
        part.with_name(part.name + suffix).unlink(missing_ok=True)


def _lock(descriptor: int) -> None:
    """Hold a file until it is closed or the process ends. Raises BlockingIOError."""
    if sys.platform != "win32":
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)


def _literal(name: str) -> str:
    """Return a name with what a glob would expand put in brackets."""
    return "".join(f"[{char}]" if char in "*?[" else char for char in name)
