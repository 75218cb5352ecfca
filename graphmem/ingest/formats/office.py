"""What documents of the extra `documents` share: the extra, the container, what is damaged."""

import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from graphmem.errors import InputError
from graphmem.ingest.reading.turns import SourceFile
from graphmem.types import Problem

LARGEST_MARKUP = 64 * 1024**2
"""Bytes of a document's markup, unpacked: it is in memory, as a tree some ten times as large."""
LARGEST = 1024**3
"""Bytes of a document, unpacked, with its pictures."""
_MARKUP = (".xml", ".rels")
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
"""How files of Office before 2007 begin, and files with a password since."""


def missing_extra(what: str) -> InputError:
    """Return what is said where the library is not installed."""
    return InputError(
        f"{what} are read by the extra `documents`, which is not installed; type: "
        'pip install "graphmem[documents]"'
    )


@contextmanager
def damage(what: str, *kinds: type[Exception]) -> Iterator[None]:
    """Turn what a library raises on broken files into the line that says so."""
    faults: tuple[type[Exception], ...] = (
        ValueError, KeyError, IndexError, AttributeError, TypeError, AssertionError, EOFError,
        RecursionError, OverflowError, NotImplementedError, zipfile.BadZipFile, zlib.error, *kinds,
    )  # fmt: skip
    try:
        yield
    except faults as error:
        reason = " ".join(str(error).split())[:120] or type(error).__name__
        raise InputError(
            f"a damaged {what} ({reason}); open it in the program that made it, save it again "
            "and ingest that"
        ) from error


def check_package(path: Path, what: str) -> None:
    """Raise InputError for what is no package of Office, locked, or would fill the memory."""
    with path.open("rb") as stream:
        if stream.read(len(_OLE)) == _OLE:
            raise InputError(
                f"it has a password, or is older than {what}; save it as {what} without one"
            )
    with damage(f"{what} file"), zipfile.ZipFile(path) as package:
        infos = package.infolist()
    markup = sum(one.file_size for one in infos if one.filename.lower().endswith(_MARKUP))
    if markup > LARGEST_MARKUP or sum(one.file_size for one in infos) > LARGEST:
        raise InputError(
            f"it would unpack to {markup:,} bytes of markup, over {LARGEST_MARKUP:,}, or "
            f"{LARGEST:,} in all; save its text as .txt or .pdf"
        )


def told_of(core: Any) -> dict[str, object]:
    """Return author and dates of a document's properties as metadata."""
    told = {"author": core.author, "created": core.created, "modified": core.modified}
    return {
        key: value if isinstance(value, str) else value.isoformat()
        for key, value in told.items()
        if value
    }


def left_out(file: SourceFile, count: int, what: str) -> Iterator[Problem]:
    """Yield the note that some of a document was left out, if any was."""
    if count:
        yield Problem(source=file.label, message=f"{count} {what}", skipped=False)
