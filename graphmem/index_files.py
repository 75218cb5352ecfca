"""The folder of a store's index, readable by its owner alone: who may write there, what is removed.

One process writes at a time, and it may only write what the store still says: it asks while it
holds the lock. A deletion is committed first, then it takes the lock and removes what is there. So
nothing that was deleted can be written afterwards, and nothing of it is left.
"""

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from hashlib import blake2b
from pathlib import Path

from graphmem.errors import StoreUnavailableError

if sys.platform != "win32":
    import fcntl

LOCK = "lock"
SUFFIX = ".base"
_PART = ".part"


@dataclass(frozen=True, slots=True)
class IndexFiles:
    """The files of one store, one a scope."""

    folder: Path

    def path(self, scope: str) -> Path:
        """Return where the base of a scope is, if there is one."""
        return self.folder / f"{blake2b(scope.encode(), digest_size=12).hexdigest()}{SUFFIX}"

    @contextmanager
    def writing(self, scope: str) -> Iterator[Path | None]:
        """Give the path of a file to write, which replaces the base when the block has ended.

        None: another process writes, or nothing can be written there. If the block raises, or
        removes the file, the base stays as it is.
        """
        part = self.path(scope).with_suffix(_PART)
        with self._locked(wait=False) as is_ours:
            if not is_ours:
                yield None
                return
            try:
                part.unlink(missing_ok=True)  # a killed writer's
                os.close(os.open(part, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600))
                yield part
                with suppress(FileNotFoundError):
                    part.replace(self.path(scope))
            finally:
                part.unlink(missing_ok=True)

    def remove(self) -> None:
        """Remove what is there, after whoever is writing. Raises OSError if that cannot be done."""
        if not self.folder.is_dir():
            return
        for path in self.folder.iterdir():  # a writer that is not done finds nothing to rename
            if path.name != LOCK:
                path.unlink(missing_ok=True)
        with self._locked(wait=True) as is_ours:
            if not is_ours:
                raise PermissionError(f"{self.folder} cannot be emptied")
            for path in self.folder.iterdir():
                if path.name != LOCK:
                    path.unlink(missing_ok=True)

    def forget(self, scope: str) -> None:
        """Remove the base of a scope that is of no use, if that can be done."""
        with suppress(OSError):
            self.path(scope).unlink(missing_ok=True)

    @contextmanager
    def _locked(self, *, wait: bool) -> Iterator[bool]:
        """Hold the lock of the folder, which is made if need be; False: it cannot be had."""
        if sys.platform == "win32":  # there no file that is mapped can be removed
            yield False
            return
        try:
            self.folder.mkdir(mode=0o700, parents=True, exist_ok=True)
            descriptor = os.open(self.folder / LOCK, os.O_CREAT | os.O_RDWR, 0o600)
        except OSError:
            yield False
            return
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | (0 if wait else fcntl.LOCK_NB))
        except OSError:
            os.close(descriptor)
            yield False
            return
        try:
            yield True
        finally:
            os.close(descriptor)


def remove_index(files: IndexFiles) -> None:
    """Remove what was derived of a store's texts. Raises StoreUnavailableError."""
    try:
        files.remove()
    except OSError as error:
        raise StoreUnavailableError(
            f"{files.folder} may still hold what was deleted: {error}; remove it, then type: "
            "graphmem store compact"
        ) from error
