"""A folder that is watched: what came into it, or was changed, since it was last looked at."""

from datetime import datetime, timedelta
from pathlib import Path

from graphmem.ingest.found import EVERYTHING, find_files


class Inbox:
    """A folder into which others put files."""

    def __init__(
        self,
        root: Path,
        *,
        pattern: str = EVERYTHING,
        settles: timedelta = timedelta(seconds=5),
    ) -> None:
        """`settles`: a file that was changed less long ago may not be whole yet."""
        self._root = root
        self._pattern = pattern
        self._settles = settles
        self._seen: dict[Path, tuple[int, int]] = {}

    def arrived(self, now: datetime) -> tuple[str, ...]:
        """Return the names, below the folder, of what is new or changed and whole by now.

        The first time it is everything: what was ingested before costs a reading. Raises
        InputError if the folder is not there.
        """
        found = find_files(self._root, pattern=self._pattern, settled_by=now - self._settles)
        now_there = {path: stamp for path in found.files if (stamp := _stamp(path)) is not None}
        new = [path for path, stamp in now_there.items() if self._seen.get(path) != stamp]
        self._seen = {
            path: stamp for path, stamp in self._seen.items() if path in found.waiting
        } | now_there
        return tuple(path.relative_to(self._root).as_posix() for path in new)


def _stamp(path: Path) -> tuple[int, int] | None:
    try:
        found = path.stat()
    except OSError:
        return None
    return found.st_size, found.st_mtime_ns
