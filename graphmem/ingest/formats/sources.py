"""Reading files and folders of dialogues and documents: the turns in them, and what was wrong."""

import stat
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from datetime import tzinfo
from functools import partial
from pathlib import Path

from graphmem.errors import InputError, UnknownBackendError
from graphmem.ingest.formats.captions import read_captions
from graphmem.ingest.formats.chatgpt import read_chatgpt
from graphmem.ingest.formats.corpus import read_corpus
from graphmem.ingest.formats.datasets import read_longmemeval, read_multihop, read_oasst_tree
from graphmem.ingest.formats.detect import (
    DOCUMENT_SUFFIXES,
    JSON_SUFFIXES,
    TEXT_SUFFIXES,
    detect_format,
)
from graphmem.ingest.formats.documents import read_document
from graphmem.ingest.formats.docx import read_docx
from graphmem.ingest.formats.graphiti import read_graphiti
from graphmem.ingest.formats.html_chat import HTML_SHAPES, read_html_chat
from graphmem.ingest.formats.html_page import read_page
from graphmem.ingest.formats.json_chat import read_json_chat
from graphmem.ingest.formats.json_shape import JsonShape
from graphmem.ingest.formats.json_shapes import SHAPES
from graphmem.ingest.formats.locomo import read_locomo
from graphmem.ingest.formats.mail import read_mail
from graphmem.ingest.formats.mempalace import read_palace, read_rooms
from graphmem.ingest.formats.messages import read_messages
from graphmem.ingest.formats.own_shapes import Row, own_shapes
from graphmem.ingest.formats.pdf import read_pdf
from graphmem.ingest.formats.pptx import read_pptx
from graphmem.ingest.formats.refused import TEXTUAL, refusal, unknown
from graphmem.ingest.formats.slack import read_slack, read_slack_index
from graphmem.ingest.formats.table import read_table
from graphmem.ingest.formats.transcript import read_transcript
from graphmem.ingest.formats.transcript_lines import is_full_of_times
from graphmem.ingest.formats.turn_lines import read_turn_lines
from graphmem.ingest.reading.archives import is_archive, unpacked
from graphmem.ingest.reading.checked import checked
from graphmem.ingest.reading.dates import DATE_ORDERS
from graphmem.ingest.reading.met import MetFiles
from graphmem.ingest.reading.meter import Meter
from graphmem.ingest.reading.text_lines import read_head
from graphmem.ingest.reading.turns import Items, SourceFile, Turn, readable
from graphmem.ingest.reading.zones import in_zone
from graphmem.types import Problem

Reader = Callable[[SourceFile], Items]

READERS: dict[str, Reader] = {
    "turns": read_turn_lines,
    "locomo": read_locomo,
    "transcript": read_transcript,
    "chatgpt": read_chatgpt,
    "messages": read_messages,
    "documents": read_document,
    "corpus": read_corpus,
    "captions": read_captions,
    "html": read_page,
    "pdf": read_pdf,
    "docx": read_docx,
    "pptx": read_pptx,
    "mail": read_mail,
    "table": read_table,
    "slack": read_slack,
    "slack-index": read_slack_index,
    "longmemeval": read_longmemeval,
    "multihop": read_multihop,
    "oasst-tree": read_oasst_tree,
    "graphiti": read_graphiti,
    "mempalace": read_palace,
    "mempalace-md": read_rooms,
}
READERS |= {shape.name: partial(read_html_chat, shape=shape) for shape in HTML_SHAPES}
READERS |= {shape.name: partial(read_json_chat, shape=shape) for shape in SHAPES}
FORMATS = ("auto", *READERS)
"""What `--format` takes."""

_SILENT_CHAT = (
    "read as a document; many lines begin or end with a time, as in a chat or a log, and nothing "
    "was taken for a speaker"
)


def read_source(
    *paths: Path,
    root: Path | None = None,
    format: str = "auto",
    collection: str | None = None,
    zone: tzinfo | None = None,
    date_order: str | None = None,
    json_chats: Sequence[Row] = (),
    meter: Meter | None = None,
) -> Iterator[Turn | Problem]:
    """Yield every turn of files, and of folders' files in sorted order, and every problem.

    No file is held in memory whole, and none is read twice, whatever paths and links lead to it. A
    file that cannot be read is a problem; a path that is not there, or cannot be looked at, is an
    InputError, raised before anything is read. With `root` the paths lie in that folder, and their
    files have the names that they have when it is given whole: a folder may be read in parts,
    and a file of it that went away is a problem.
    `collection` replaces the name of each folder given:
    files that are called the same below it are then versions of one, and are mixed only then.
    `zone` is that of times written without one, and the speakers' of times written in UTC;
    `date_order`, `dmy`, `mdy` or `ymd`, is that of the dates of chats; None: each file tells.
    `json_chats` are a user's own rows of the table of JSON chats; `meter` hears
    how many bytes were read.
    """
    own = own_shapes(json_chats, FORMATS)
    if date_order not in (None, *DATE_ORDERS):
        raise InputError(f"{date_order!r} is no order of dates; it is {' or '.join(DATE_ORDERS)}")
    formats = (*FORMATS, *(shape.name for shape in own))
    if format not in formats:
        raise UnknownBackendError("format", format, formats)
    for path in paths:
        if root is None:
            _kind(path)
        elif not path.is_relative_to(root) or ".." in path.relative_to(root).parts:
            raise InputError(f"{path} is not in {root}; name files of that folder, or leave it out")
    met = MetFiles(may_share=collection is not None, meter=meter)
    items = (
        item
        for path in paths
        for file in source_files(path, root=root, collection=collection, date_order=date_order)
        for item in _read_found(file, path if root is None else root, format, met, own)
    )
    return items if zone is None else (_in_zone(item, zone) for item in items)


def _in_zone(item: Turn | Problem, zone: tzinfo) -> Turn | Problem:
    if isinstance(item, Problem) or item.said_at is None:
        return item
    return replace(item, said_at=in_zone(item.said_at, zone))


def source_files(
    path: Path,
    *,
    root: Path | None = None,
    collection: str | None = None,
    date_order: str | None = None,
) -> Iterator[SourceFile | Problem]:
    """Yield the file itself, or the folder's files, sorted by name, hidden ones left out.

    They are named by their path below `root`, None: below `path`. A link to a folder is not
    followed: it could lead back.
    """
    is_folder = stat.S_ISDIR(_kind(path)) if root is None else path.is_dir()
    root = path if root is None else root
    if not is_folder:
        yield SourceFile.at(path, root=root, collection=collection, date_order=date_order)
        return
    for found in _walk(path, root=root):
        if isinstance(found, Problem):
            yield found
        else:
            yield SourceFile.at(found, root=root, collection=collection, date_order=date_order)


def read_file(
    file: SourceFile, met: MetFiles, *, format: str = "auto", own: tuple[JsonShape, ...] = ()
) -> Items:
    """Yield one file's turns and problems; at least one problem if it holds no turn."""
    nothing = True
    try:
        if file.path.stat().st_size == 0:
            yield Problem(source=file.label, message="the file is empty")
            return
        name = detect_format(file, own) if format == "auto" else format
        reason = refusal(file, name)
        if name is None or reason:
            yield Problem(source=file.label, message=reason or unknown(file, READERS))
            return
        if name == "documents" and format == "auto" and is_full_of_times(read_head(file)):
            yield Problem(source=file.label, message=_SILENT_CHAT, skipped=False)
        file = replace(file, format=name, meter=met.meter)
        for item in _ending(met.apart(checked(_reader(name, own)(file)), file), file):
            nothing = False
            yield item
    except OSError as error:
        nothing = False
        yield Problem(source=file.label, message=f"cannot be read: {error.strerror or error}")
    if nothing:
        yield Problem(source=file.label, message="there is no turn in it")


def _reader(name: str, own: tuple[JsonShape, ...]) -> Reader:
    users = next((shape for shape in own if shape.name == name), None)
    return partial(read_json_chat, shape=users) if users else READERS[name]


def _ending(items: Items, file: SourceFile) -> Items:
    """Say of each turn which file it is from, and of the last one that the file ends there."""
    held: Turn | None = None
    for item in items:
        if isinstance(item, Problem):
            yield item
            continue
        if held is not None:
            yield held
        held = item if item.file is file else replace(item, file=file)
    if held is not None:
        yield replace(held, ends_file=True)


def _kind(path: Path) -> int:
    """Return the mode of a file or folder; InputError if it is neither."""
    try:
        mode = path.stat().st_mode
    except OSError as error:
        raise InputError(
            f"{path} cannot be read: {error.strerror}; name a file or folder that is there"
        ) from error
    if not (stat.S_ISDIR(mode) or stat.S_ISREG(mode)):
        raise InputError(f"{path} is neither a file nor a folder; save the input to a file first")
    return mode


def _read_found(
    file: SourceFile | Problem, path: Path, format: str, met: MetFiles, own: tuple[JsonShape, ...]
) -> Items:
    """Read a file that was found at or below `path`, unless it was read before in the call."""
    if isinstance(file, Problem):
        yield file
    elif met.is_met(file.path):
        message = "the file was read before in this call; it is taken once"
        yield Problem(source=file.label, message=message, skipped=False)
    elif is_archive(file):
        with met.meter.counting(file.path):
            yield from _read_archive(file, format, met, own)
    elif file.path != path and file.path.suffix.lower() not in _suffixes(file, format):
        yield Problem(source=file.label, message=f"left out: no file of the format {format}")
    else:
        with met.meter.counting(file.path):
            yield from read_file(file, met, format=format, own=own)


def _read_archive(
    file: SourceFile, format: str, met: MetFiles, own: tuple[JsonShape, ...]
) -> Items:
    wanted = JSON_SUFFIXES + TEXT_SUFFIXES + DOCUMENT_SUFFIXES
    for member in unpacked(file, lambda name: name.suffix.lower() in wanted):
        if isinstance(member, Problem):
            yield member
            continue
        with met.meter.counting(member.path):
            yield from read_file(member, met, format=format, own=own)


def _suffixes(file: SourceFile, format: str) -> tuple[str, ...]:
    """Return by which suffixes a folder is looked through for files of a format; `auto`: by any."""
    if format == "auto":
        return (file.path.suffix.lower(),)
    if f".{format}" in DOCUMENT_SUFFIXES:
        return (f".{format}",)
    is_text = format in TEXTUAL or format in {shape.name for shape in HTML_SHAPES}
    return TEXT_SUFFIXES if is_text else JSON_SUFFIXES


def _walk(folder: Path, *, root: Path) -> Iterator[Path | Problem]:
    try:
        entries = sorted(folder.iterdir(), key=lambda entry: entry.name)
    except OSError as error:
        yield Problem(
            source=readable(folder.relative_to(root).as_posix()),
            message=f"the folder cannot be read: {error.strerror}",
        )
        return
    for entry in entries:
        if entry.name.startswith("."):
            continue
        if entry.is_dir() and not entry.is_symlink():
            yield from _walk(entry, root=root)
        elif entry.is_dir():
            source = readable(entry.relative_to(root).as_posix())
            yield Problem(source=source, message="a link to a folder is not followed")
        else:
            yield entry
