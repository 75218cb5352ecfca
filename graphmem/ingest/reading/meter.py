"""How many bytes of the files of one call were read: what a bar shows."""

import os
import zipfile
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path


class Meter:
    """Hears where in a file the reading is; a file that is read twice counts once."""

    def __init__(self, total: int = 0) -> None:
        """`total` are the bytes of all files; 0: nobody knows."""
        self.total = total
        self._before = 0
        self._position = 0

    @property
    def done(self) -> int:
        """Bytes read so far, at most `total`."""
        return min(self._before + self._position, self.total)

    def at(self, position: int) -> None:
        """Note how far into the file that is open the reading has come."""
        self._position = position

    @contextmanager
    def counting(self, path: Path) -> Iterator[None]:
        """Count a file, or an archive with the files in it, as read when it ends."""
        begin = self._before + size_of(path)
        try:
            yield
        finally:
            self._before, self._position = max(begin, self._before), 0


def bytes_in(paths: Iterable[Path]) -> int:
    """Return the bytes of files, and of all files in folders; what cannot be looked at has none."""
    return sum(size_of(file) for path in paths for file in _files(path))


def size_of(path: Path) -> int:
    """Return the bytes of a file; of an archive those that come out of it."""
    try:
        if path.suffix.lower() == ".zip" and zipfile.is_zipfile(path):
            with zipfile.ZipFile(path) as archive:
                return sum(info.file_size for info in archive.infolist())
        return path.stat().st_size
    except (OSError, zipfile.BadZipFile):
        return 0


def _files(path: Path) -> Iterator[Path]:
    if not path.is_dir():
        yield path
        return
    for folder, names, files in os.walk(path):
        names[:] = [name for name in names if not name.startswith(".")]
        yield from (Path(folder, name) for name in files if not name.startswith("."))
