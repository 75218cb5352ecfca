"""Files that take their name when they are whole, readable by their owner alone.

A file is written beside its place under a name of its own, made with O_EXCL and mode 600: no link
is followed, no two writers meet. What a killed writer left is removed by the next one.
"""

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from tempfile import mkstemp
from typing import BinaryIO

from graphmem.errors import ConfigError

if sys.platform != "win32":
    import fcntl

SQLITE_HEADER = b"SQLite format 3\0"
SUFFIX = ".part"


@contextmanager
def new_file(path: Path, *, force: bool = False, made_by_us: bytes = b"") -> Iterator[BinaryIO]:
    """Give a file to write; it stands at `path` when the block ends without an error.

    A file that is there is replaced with `force`, or if `made_by_us` is not empty and it begins
    so; a SQLite file never. Raises ConfigError, before anything is written, OSError.
    """
    with new_path(path, force=force, made_by_us=made_by_us) as part, part.open("wb") as out:
        yield out
        out.flush()
        os.fsync(out.fileno())


@contextmanager
def new_path(path: Path, *, force: bool = False, made_by_us: bytes = b"") -> Iterator[Path]:
    """Give the path of an empty file for a library that opens files itself; see `new_file`."""
    refuse_existing(path, force=force, made_by_us=made_by_us)
    _remove_abandoned(path)
    descriptor, name = mkstemp(dir=path.parent, prefix=f".{path.name}.", suffix=SUFFIX)
    part = Path(name)
    try:
        _lock(descriptor)
        yield part
        refuse_existing(path, force=force, made_by_us=made_by_us)
        part.replace(path)
    finally:
        part.unlink(missing_ok=True)
        os.close(descriptor)


def refuse_existing(path: Path, *, force: bool, made_by_us: bytes = b"") -> None:
    """Raise ConfigError if something is at `path` that may not be replaced."""
    if not path.is_symlink() and not path.exists():
        return
    if path.is_symlink() or not path.is_file():
        raise ConfigError(f"{path} is no regular file; name another one")
    with path.open("rb") as file:
        begins = file.read(max(len(SQLITE_HEADER), len(made_by_us)))
    if begins.startswith(SQLITE_HEADER):
        raise ConfigError(
            f"{path} is a store or another SQLite file, which is never replaced; name another file"
        )
    if not force and begins and not (made_by_us and begins.startswith(made_by_us)):
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
                part.unlink()
            finally:
                os.close(descriptor)


def _lock(descriptor: int) -> None:
    """Hold a file until it is closed or the process ends. Raises BlockingIOError."""
    if sys.platform != "win32":
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)


def _literal(name: str) -> str:
    """Return a name with what a glob would expand put in brackets."""
    return "".join(f"[{char}]" if char in "*?[" else char for char in name)
