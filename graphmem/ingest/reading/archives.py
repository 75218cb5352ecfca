"""The files of a ZIP archive, one unpacked at a time into a folder that goes away with it."""

import tempfile
import zipfile
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path, PurePosixPath

from graphmem.ingest.reading.turns import SourceFile, readable
from graphmem.types import Problem

LARGEST = 8 * 1024**3
"""Bytes of one file in an archive, unpacked."""
_BOMB_RATIO = 1_000
_BOMB_BYTES = 256 * 1024**2
"""What is larger than this and was packed by a thousandth holds nothing that was said."""
_CHUNK = 1024 * 1024
_SHARED = ("users.json",)
"""Files that the reading of others needs, and that stay until the archive was read."""


def is_archive(file: SourceFile) -> bool:
    """Tell a ZIP archive by its name and bytes; office documents are ZIPs too, and none here."""
    return file.path.suffix.lower() == ".zip" and zipfile.is_zipfile(file.path)


def unpacked(
    archive: SourceFile, is_wanted: Callable[[PurePosixPath], bool]
) -> Iterator[SourceFile | Problem]:
    """Yield the wanted files of an archive by name; each is gone when the next is asked for.

    Nothing is written outside of a temporary folder. A name that leads elsewhere, a file that is
    encrypted, too large, or a bomb, is a problem; unwanted ones are one problem together.
    """
    try:
        with zipfile.ZipFile(archive.path) as opened, tempfile.TemporaryDirectory() as folder:
            yield from _members(archive, opened, Path(folder), is_wanted)
    except zipfile.BadZipFile as error:
        yield Problem(source=archive.label, message=f"a broken archive ({error})")


def _members(
    archive: SourceFile,
    opened: zipfile.ZipFile,
    folder: Path,
    is_wanted: Callable[[PurePosixPath], bool],
) -> Iterator[SourceFile | Problem]:
    left_out: list[str] = []
    for info in sorted(opened.infolist(), key=_shared_first):
        name = PurePosixPath(info.filename)
        label = f"{archive.label}/{readable(info.filename)}"
        if info.is_dir() or name.name.startswith(".") or "__MACOSX" in name.parts:
            continue
        if not is_wanted(name):
            left_out.append(name.suffix.lower())
        elif reason := _refusal(info, name):
            yield Problem(source=label, message=reason)
        else:
            yield from _member(archive, opened, info, folder / name, label)
    if left_out:
        kinds = ", ".join(sorted(set(left_out)))
        message = f"{len(left_out)} files of unknown kinds left out: {kinds}"
        yield Problem(source=archive.label, message=message)


def _shared_first(info: zipfile.ZipInfo) -> tuple[bool, str]:
    return not info.filename.endswith(_SHARED), info.filename


def _refusal(info: zipfile.ZipInfo, name: PurePosixPath) -> str | None:
    if name.is_absolute() or ".." in name.parts or "\\" in info.filename or ":" in name.parts[0]:
        return "its name leads out of the archive; it was left out"
    if info.flag_bits & 1:
        return "it is encrypted; unpack it with its password and ingest the folder"
    is_bomb = info.file_size > max(_BOMB_BYTES, _BOMB_RATIO * info.compress_size)
    if is_bomb or info.file_size > LARGEST:
        return f"it would unpack to {info.file_size:,} bytes; it was left out"
    return None


def _member(
    archive: SourceFile,
    opened: zipfile.ZipFile,
    info: zipfile.ZipInfo,
    path: Path,
    label: str,
) -> Iterator[SourceFile | Problem]:
    path.parent.mkdir(parents=True, exist_ok=True)
    try:
        with opened.open(info) as packed, path.open("xb") as out:
            left = info.file_size  # a name that lies about its size is cut, and its sum is wrong
            while left > 0 and (chunk := packed.read(min(_CHUNK, left))):
                out.write(chunk)
                left -= len(chunk)
    except (zipfile.BadZipFile, NotImplementedError, EOFError, FileExistsError) as error:
        yield Problem(source=label, message=f"it cannot be unpacked ({error})")
        return
    collection = f"{archive.collection}/{readable(info.filename)}"
    yield replace(archive, path=path, label=label, collection=collection)
    if path.name not in _SHARED:
        path.unlink(missing_ok=True)
