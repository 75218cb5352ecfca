"""Which format a file has, by what is in it; its suffix only says how to look."""

from collections.abc import Iterable
from itertools import islice

import ijson

from graphmem.ingest.formats.locomo import SESSION
from graphmem.ingest.formats.transcript_lines import looks_like_transcript
from graphmem.ingest.reading.fields import SAID_AT_KEYS, SESSION_KEYS, SPEAKER_KEYS, TEXT_KEYS
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

JSON_SUFFIXES = (".json", *LINE_SUFFIXES)
TEXT_SUFFIXES = (".md", ".markdown", ".rst", ".txt", ".text", ".log", "")

_SAMPLE_LINES = 20
_SAMPLE_EVENTS = 1_000_000
"""How far into a list or object its first keys are looked for: about a second."""
_LANGCHAIN = ({"role", "content"}, {"type", "data"}, {"type", "content"}, {"lc", "kwargs"})


def detect_format(file: SourceFile) -> str | None:
    """Return the name of the file's format; None if it looks like none that is known."""
    suffix = file.path.suffix.lower()
    if suffix not in JSON_SUFFIXES + TEXT_SUFFIXES:
        return None
    head = read_head(file)
    if suffix in JSON_SUFFIXES or _begins_with_json(head):
        lines = is_json_lines(file, head)
        return (lines and _format_of_lines(head)) or _format_of_document(file, head)
    if suffix == "" and "\0" in head:
        return None
    return (
        "transcript" if looks_like_transcript(head, is_markdown=file.is_markdown) else "documents"
    )


def _begins_with_json(head: str) -> bool:
    first = head.partition("\n")[0]
    if not first.startswith(("{", "[")):
        return False
    try:
        parse_json(first)
    except ValueError:
        return False
    return True


def _format_of_lines(head: str) -> str | None:
    """Look at the first lines; None too if the first is longer than what was read of the file."""
    for line in islice(head.split("\n"), _SAMPLE_LINES):
        try:
            value = parse_json(line)
        except ValueError:
            continue
        if isinstance(value, dict) and (name := _format_of(value)):
            return name
    return None


def _format_of_document(file: SourceFile, head: str) -> str | None:
    """Look at the keys of the object, or of the list's first object, up to one that decides."""
    level = ELEMENTS if head.startswith("[") else WHOLE
    keys: set[str] = set()
    with open_utf8(file) as stream:
        try:
            for prefix, event, value in islice(events(stream), _SAMPLE_EVENTS):
                if prefix == level and event == "map_key":
                    keys.add(value)
                    if value in ("mapping", "messages") or SESSION.fullmatch(value):
                        break
                if prefix == level and event == "end_map":
                    break
        except ijson.JSONError:
            return _format_of(keys) or "turns"  # its reader says what is wrong, and where
    return _format_of(keys)


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
