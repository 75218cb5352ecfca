"""What every source gives: a turn or passage before it is an episode, and the file it is in."""

import os
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Self

from graphmem.ingest.reading.meter import Meter
from graphmem.types import Metadata, Problem

VALID_UNTIL = "valid_until"
"""What a turn's metadata says of the moment when its statement ceases to be true."""


def readable(path: str) -> str:
    r"""Return a path with the bytes that are not UTF-8 spelled out, `chat\xff.txt`."""
    return path if path.isascii() else os.fsencode(path).decode("utf-8", "backslashreplace")


@dataclass(frozen=True, slots=True)
class SourceFile:
    """A file to read, under the names that its turns and problems give it."""

    path: Path
    label: str
    """The name in problems: the path below the folder that was given."""
    collection: str
    """The name of the folder that was given, or what stands for it, and the path below it."""
    given: str = ""
    """The path that was given, the file's or a folder's above it."""
    format: str = ""
    """As what it is read."""
    date_order: str | None = None
    """Of the dates in it, as the caller says: `dmy`, `mdy` or `ymd`; None: the file tells."""
    meter: Meter = field(default_factory=Meter, compare=False, repr=False)
    """Hears how far the reading is."""

    @classmethod
    def at(
        cls,
        path: Path,
        *,
        root: Path,
        collection: str | None = None,
        date_order: str | None = None,
    ) -> Self:
        """Name a file that was found at or below `root`; `collection` replaces its folder's name.

        A file that was given by itself is in the folder in which it lies.
        """
        label = path.relative_to(root).as_posix() if path != root else path.name
        folder, below = _place(path, root)
        parts = (collection or readable(folder), readable(below))
        return cls(
            path,
            readable(label),
            "/".join(filter(None, parts)),
            given=str(root),
            date_order=date_order,
        )

    @property
    def name(self) -> str:
        """The file's own name: the session of turns that name none."""
        return readable(self.path.name)

    @property
    def is_markdown(self) -> bool:
        """Whether its name says that it is Markdown."""
        return self.path.suffix.lower() in (".md", ".markdown")

    def line(self, number: int) -> str:
        """Name a line, counted from 1."""
        return f"{self.label}:{number}"

    def element(self, number: int) -> str:
        """Name an element of the file's list, counted from 1."""
        return f"{self.label}#{number}"


def _place(path: Path, root: Path) -> tuple[str, str]:
    """Return the name of the folder given and the path below it, with no link in them.

    Folders below `root` are no links. A file that is one has the path of what it leads to if that
    lies in the folder too, so that it is known by one name.
    """
    folder = root.resolve()
    if path == root:
        return folder.parent.name, folder.name
    target = _target(path) if path.is_symlink() else None
    if target is not None and target.is_relative_to(folder):
        return folder.name, target.relative_to(folder).as_posix()
    return folder.name, path.relative_to(root).as_posix()


def _target(link: Path) -> Path | None:
    try:
        return link.resolve(strict=True)
    except (OSError, RuntimeError):  # it leads nowhere, or back to itself
        return None


@dataclass(frozen=True, slots=True, kw_only=True)
class Turn:
    """One turn or passage as a source gave it, before it becomes an episode."""

    collection: str
    """The conversation, file or export it came in; empty when sessions are named globally."""
    session: str
    """The session's name as the source gave it."""
    text: str
    source_id: str | None = None
    """The id that the source gave; None if it gave none."""
    position: int | None = None
    """Place in the session that the source gave; None: see `ingest.places`."""
    speaker: str | None = None
    said_at: datetime | None = None
    """Aware, in the zone that the source writes; None if it gives no date that can be."""
    is_clock_time: bool = False
    """`said_at` is when the turn was given, which its source did not say: a turn with an id is the
    same turn when it is given again later."""
    title: str | None = None
    """Of a document or passage."""
    is_passage: bool = False
    """From a document or a corpus, so that its note has the kind `passage`."""
    metadata: Metadata = field(default_factory=dict)
    file: SourceFile | None = None
    """The file it was read from, which is read from its beginning; None: a program gave it, and
    what a program gives goes on after what is there."""
    ends_file: bool = False
    """The last of its file, which was read to the end."""
    where: str
    """For problems: `chat.jsonl:3017`, or `chat.json#12` for the twelfth element of a list."""


Items = Iterator[Turn | Problem]
"""What a reader yields: turns in the file's order, and problems where they arise."""
