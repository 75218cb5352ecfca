"""Which format a file has, by what is in it; its suffix only says how to look."""

import zipfile
from collections.abc import Iterable, Iterator, Set
from contextlib import suppress
from itertools import islice

import ijson

from graphmem.ingest.formats.captions import looks_like_captions
from graphmem.ingest.formats.html_chat import html_chat_of
from graphmem.ingest.formats.html_page import looks_like_page
from graphmem.ingest.formats.json_shape import JsonShape
from graphmem.ingest.formats.json_shapes import SHAPES, shape_with
from graphmem.ingest.formats.locomo import SESSION
from graphmem.ingest.formats.mail import looks_like_mail
from graphmem.ingest.formats.mempalace import looks_like_palace
from graphmem.ingest.formats.table import looks_like_table
from graphmem.ingest.formats.transcript_lines import looks_like_transcript
from graphmem.ingest.reading.fields import (
    SAID_AT_KEYS,
    SESSION_KEYS,
    SPEAKER_KEYS,
    TEXT_KEYS,
    folded,
)
from graphmem.ingest.reading.json_items import (
    ELEMENTS,
    LINE_SUFFIXES,
    WHOLE,
    events,
    is_json_lines,
    open_utf8,
    parse_json,
)
from graphmem.ingest.reading.text_lines import read_head
from graphmem.ingest.reading.turns import SourceFile

_TABLE_SUFFIXES = (".csv", ".tsv")
JSON_SUFFIXES = (".json", *LINE_SUFFIXES)
TEXT_SUFFIXES = (
    ".md", ".markdown", ".rst", ".txt", ".text", ".log", ".vtt", ".srt", ".sbv", ".eml", ".mbox",
    ".html", ".htm", ".xhtml", *_TABLE_SUFFIXES, "",
)  # fmt: skip
_PAGE_SUFFIXES = (".html", ".htm", ".xhtml")
DOCUMENT_SUFFIXES = (".pdf", ".docx", ".pptx")
_PACKAGES = (("word/document.xml", "docx"), ("ppt/presentation.xml", "pptx"))

_SAMPLE_LINES = 20
_SAMPLE_EVENTS = 1_000_000
"""How far into a list or object its first keys are looked for: about a second."""
_SAMPLE_OBJECTS = 2_000
"""Objects inside one that are looked through for a mark: more than a conversation has questions."""
_DEEPEST_MARK = 4
"""How deep the paths go by which a shape of JSON is told."""
_OWN: tuple[tuple[str, Set[str]], ...] = (
    ("longmemeval", {"haystacksessions", "haystackdates"}),
    ("multihop", {"context", "supportingfacts"}),
    ("multihop", {"paragraphs.paragraphtext"}),
    ("oasst-tree", {"messagetreeid", "prompt.replies"}),
    ("slack", {"ts", "type", "text", "user"}),
    ("slack-index", {"id", "teamid", "profile.realname"}),
    *(("graphiti", {f"{kind}.fact", f"{kind}.uuid"}) for kind in ("facts", "edges", "entityedges")),
    ("graphiti", {"episodes.content", "episodes.uuid"}),
    ("graphiti", {"fact", "uuid", "validat"}),
    ("graphiti", {"content", "uuid", "sourcedescription"}),
    ("mempalace", {"document", "metadata.wing", "metadata.room"}),
)
"""Formats with a reader of their own, by the folded paths that their files have."""
_LANGCHAIN = ({"role", "content"}, {"type", "data"}, {"type", "content"}, {"lc", "kwargs"})


def detect_format(file: SourceFile, own: tuple[JsonShape, ...] = ()) -> str | None:
    """Return the name of the file's format; None if it looks like none that is known.

    `own` are shapes of JSON that a user added; they are tried before those that are known.
    """
    suffix = file.path.suffix.lower()
    if document := _format_of_bytes(file, suffix):
        return document
    if suffix not in JSON_SUFFIXES + TEXT_SUFFIXES:
        return None
    head = read_head(file)
    if suffix in JSON_SUFFIXES or _begins_with_json(head):
        lines = is_json_lines(file, head)
        return (lines and _format_of_lines(head, own)) or _format_of_document(file, head, own)
    if suffix == "" and "\0" in head:
        return None
    return _format_of_text(file, suffix, head)


def _format_of_bytes(file: SourceFile, suffix: str) -> str | None:
    """Tell a PDF and Office's packages by their bytes, a damaged one by its name."""
    with file.path.open("rb") as stream:
        first = stream.read(8)
    if first.startswith(b"%PDF-"):
        return "pdf"
    if first.startswith(b"PK\x03\x04") and zipfile.is_zipfile(file.path):
        with suppress(zipfile.BadZipFile), zipfile.ZipFile(file.path) as package:
            names = set(package.namelist())
            return next((name for mark, name in _PACKAGES if mark in names), None)
    return suffix[1:] if suffix in DOCUMENT_SUFFIXES else None


def _format_of_text(file: SourceFile, suffix: str, head: str) -> str | None:
    if suffix in _TABLE_SUFFIXES:
        return "table" if looks_like_table(head) else None
    if suffix in _PAGE_SUFFIXES or looks_like_page(head):
        return html_chat_of(head) or "html"
    if looks_like_captions(head):
        return "captions"
    if looks_like_mail(head):
        return "mail"
    if looks_like_palace(head):
        return "mempalace-md"
    is_spoken = looks_like_transcript(head, is_markdown=file.is_markdown)
    return "transcript" if is_spoken else "documents"


def _begins_with_json(head: str) -> bool:
    first = head.partition("\n")[0]
    if not first.startswith(("{", "[")):
        return False
    try:
        parse_json(first)
    except ValueError:
        return False
    return True


def _format_of_lines(head: str, own: tuple[JsonShape, ...]) -> str | None:
    """Look at the first lines; None too if the first is longer than what was read of the file."""
    paths: set[str] = set()
    names: list[str] = []
    for line in islice(head.split("\n"), _SAMPLE_LINES):
        try:
            value = parse_json(line)
        except ValueError:
            continue
        paths |= set(_paths_in(value))
        if isinstance(value, dict) and (name := _format_of(value)):
            names.append(name)
    return _named(set(), paths, own) or next(iter(names), None)


def _paths_in(value: object, path: str = "", depth: int = 0) -> Iterator[str]:
    """Yield the folded paths of a value's keys, through the first elements of each list."""
    if isinstance(value, list):
        for inner in value[:_SAMPLE_LINES]:
            yield from _paths_in(inner, path, depth)
    elif isinstance(value, dict) and depth < _DEEPEST_MARK:
        for key, inner in value.items():
            inside = f"{path}.{folded(key)}" if path else folded(key)
            yield inside
            yield from _paths_in(inner, inside, depth + 1)


def _format_of_document(file: SourceFile, head: str, own: tuple[JsonShape, ...]) -> str | None:
    """Look at the keys of the object, or of the list's first object, up to one that decides."""
    level = ELEMENTS if head.startswith("[") else WHOLE
    keys: set[str] = set()
    paths: set[str] = set()
    ended = 0
    with open_utf8(file) as stream:
        try:
            for prefix, event, value in islice(events(stream), _SAMPLE_EVENTS):
                if event == "map_key":
                    paths.add(_folded(prefix, value))
                    if prefix == level:
                        keys.add(value)
                        if value == "mapping" or SESSION.fullmatch(value):
                            break
                ended += event == "end_map"
                if event == "end_map" and (prefix == level or ended > _SAMPLE_OBJECTS):
                    break
                if (
                    event == "end_map"
                    and prefix.endswith(".item")
                    and shape_with(paths, own + SHAPES)
                ):
                    break
        except ijson.JSONError:
            return _named(keys, paths, own) or "turns"  # its reader says what is wrong, and where
    return _named(keys, paths, own)


def _folded(prefix: str, key: str) -> str:
    parts = [part for part in prefix.split(".") if part and part != "item"]
    return ".".join(folded(part) for part in (*parts, key))


def _named(keys: set[str], paths: set[str], own: tuple[JsonShape, ...]) -> str | None:
    """Return the format of a file's keys: a user's, then a program's or data set's, then others."""
    if users := shape_with(paths, own):
        return users.name
    if "mapping" in keys:
        return "chatgpt"
    known = next((name for name, marks in _OWN if paths >= marks), None)
    shape = shape_with(paths)
    return known or (shape.name if shape else _format_of(keys))


def _format_of(record: Iterable[str]) -> str | None:
    keys = set(record)
    has_text = not keys.isdisjoint(TEXT_KEYS)
    if "mapping" in keys:
        return "chatgpt"
    if any(SESSION.fullmatch(key) for key in keys) or ("conversation" in keys and not has_text):
        return "locomo"
    if "messages" in keys:
        return "messages"
    if has_text and not keys.isdisjoint(SESSION_KEYS):
        return "turns"
    if any(kind <= keys for kind in _LANGCHAIN):
        return "messages"
    if {"title", "text"} <= keys and keys.isdisjoint(SPEAKER_KEYS):
        return "corpus"
    if "text" in keys or (has_text and not keys.isdisjoint((*SPEAKER_KEYS, *SAID_AT_KEYS))):
        return "turns"
    return None
