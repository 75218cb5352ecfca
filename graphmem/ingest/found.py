"""Which files are to be read: those that were given, or some of a folder, in portions."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from graphmem.config import require_name, require_type
from graphmem.dates.zones import zone_of
from graphmem.errors import InputError
from graphmem.ingest.formats.own_shapes import Row
from graphmem.ingest.formats.sources import read_source, source_files
from graphmem.ingest.reading.meter import Meter
from graphmem.ingest.reading.turns import Turn
from graphmem.ingest.tally import Tally
from graphmem.receipts import Receipt
from graphmem.types import Problem

EVERYTHING = "**/*"
_GONE = "no file of this name is there; was it moved?"
_WAITING = "it was changed just now, and is left for the next run"


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """The files of a folder that were looked for."""

    files: tuple[Path, ...] = ()
    """Sorted, each file once, whatever links lead to it."""
    problems: tuple[Problem, ...] = ()
    """Folders and links that were not followed, names that are not there."""
    waiting: tuple[Path, ...] = ()
    """Files that were written just now, and may be written still."""

    def receipt(self) -> Receipt:
        """Return the problems as a receipt, to be joined with those of the files."""
        tally = Tally()
        for problem in self.problems:
            tally.problem(problem)
        for path in self.waiting:
            tally.problem(Problem(source=path.name, message=_WAITING, skipped=False))
        return tally.receipt(run_id="", seconds=0.0)


def find_files(
    root: Path,
    *,
    pattern: str = EVERYTHING,
    names: Sequence[str] | None = None,
    settled_by: datetime | None = None,
) -> Found:
    """Return the files below a folder: those of a glob, or those of the names given.

    Hidden files are left out. With `settled_by`, files that were changed later are named as
    `waiting`; a name that no file has any more is a problem. Raises InputError for a folder that is
    not there, and for a name or a pattern that leads out of it.
    """
    if not root.is_dir():
        raise InputError(f"{root} is no folder; name one that is there")
    files, problems = _matching(root, pattern) if names is None else _named(root, names)
    once = list(_once(files))
    waiting = {path for path in once if settled_by is not None and _changed(path) > settled_by}
    return Found(
        files=tuple(path for path in once if path not in waiting),
        problems=tuple(problems),
        waiting=tuple(path for path in once if path in waiting),
    )


def portions(files: Sequence[Path], *, size: int) -> list[tuple[Path, ...]]:
    """Return the files in their order, at most `size` in one portion."""
    return [tuple(files[at : at + size]) for at in range(0, len(files), size)]


def read_given(
    paths: Sequence[str | Path],
    root: str | Path | None,
    format: str,
    collection: str | None,
    timezone: str | None,
    date_order: str | None,
    *,
    json_chats: Sequence[Row] = (),
    meter: Meter | None = None,
) -> Iterator[Turn | Problem]:
    """Yield what `read_source` yields of paths and options as a caller gave them.

    Raises ConfigError for an option of another type, or a zone that nobody knows.
    """
    if collection is not None:
        require_name("collection", collection)
    for path in paths:
        require_type("a path", path, str | Path)
    return read_source(
        *map(Path, paths),
        root=None if root is None else Path(root),
        format=format,
        collection=collection,
        zone=None if timezone is None else zone_of(timezone),
        date_order=date_order,
        json_chats=json_chats,
        meter=meter,
    )


def _matching(root: Path, pattern: str) -> tuple[list[Path], list[Problem]]:
    if Path(pattern).is_absolute() or ".." in Path(pattern).parts or not pattern:
        raise InputError(f"{pattern!r} is no pattern of files below a folder; write: **/*.json")
    wanted = None if pattern == EVERYTHING else set(root.glob(pattern))
    items = list(source_files(root))
    problems = [item for item in items if isinstance(item, Problem)]
    paths = [item.path for item in items if not isinstance(item, Problem)]
    return [path for path in paths if wanted is None or path in wanted], problems


def _named(root: Path, names: Sequence[str]) -> tuple[list[Path], list[Problem]]:
    files, problems = [], []
    for name in names:
        if Path(name).is_absolute() or ".." in Path(name).parts:
            raise InputError(f"{name} leads out of {root}; name files by their path below it")
        if (root / name).is_file():
            files.append(root / name)
        else:
            problems.append(Problem(source=name, message=_GONE))
    return files, problems


def _once(files: Sequence[Path]) -> Iterator[Path]:
    met = set()
    for path in files:
        try:
            found = path.stat()
        except OSError:  # a link that leads nowhere: whoever reads it says so
            yield path
            continue
        if (found.st_dev, found.st_ino) not in met:
            met.add((found.st_dev, found.st_ino))
            yield path


def _changed(path: Path) -> datetime:
    try:
        return datetime.fromtimestamp(path.stat().st_mtime).astimezone()
    except OSError:
        return datetime.fromtimestamp(0).astimezone()
