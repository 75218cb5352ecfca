"""The front matter of a Markdown note: title, date, tags and other fields before the text."""

import re
from collections.abc import Iterable, Iterator
from datetime import date
from itertools import chain, islice
from typing import Any

import yaml

from graphmem.types import Problem

Line = tuple[int, str]

_MOST_LINES = 200
_KEY = re.compile(r"[\w-]{1,40}")
_ALIAS = re.compile(r"(?:^|[\s\[{,:])[&*]\w")
"""YAML's references: a few of them can unfold to gigabytes, and no note's front matter has them."""
_WIKILINK = re.compile(
    r"\[\[([^\[\]|#\n]{1,200})(?:#[^\[\]|\n]{0,200})?(?:\|[^\[\]\n]{0,200})?\]\]"
)
_TAG = re.compile(r"(?<![\w#/&])#([^\W\d][\w/-]{0,60})")


def front_matter(
    lines: Iterator[Line | Problem],
) -> tuple[dict[str, Any], Iterable[Line | Problem]]:
    """Return the fields between two lines `---` at the very beginning, and the lines after.

    Keys are in lower case. What is no YAML is read line by line, `key: value`.
    """
    head = list(islice(lines, 1))
    if not head or isinstance(head[0], Problem) or head[0][1].rstrip() != "---":
        return {}, chain(head, lines)
    written: list[str] = []
    for item in islice(lines, _MOST_LINES):
        head.append(item)
        if isinstance(item, Problem):
            continue
        if item[1].rstrip() in ("---", "..."):
            kept = (one for one in head if isinstance(one, Problem))
            return _fields(written), chain(kept, lines)
        written.append(item[1])
    return {}, chain(head, lines)


def links_and_tags(text: str) -> dict[str, list[str]]:
    """Return the targets of a text's wikilinks, and its inline tags, each once, as metadata."""
    found = _WIKILINK.findall(text) if "[[" in text else ()
    links = list(dict.fromkeys(link.strip() for link in found))
    tags = list(dict.fromkeys(_TAG.findall(text))) if "#" in text else []
    return ({"links": links} if links else {}) | ({"inline_tags": tags} if tags else {})


def _fields(lines: list[str]) -> dict[str, Any]:
    written = "\n".join(lines)
    if not _ALIAS.search(written):
        try:
            read = yaml.safe_load(written)
        except (yaml.YAMLError, ValueError, RecursionError):
            read = None
        if isinstance(read, dict):
            return {str(key).lower(): _value(value) for key, value in read.items()}
    found = (line.partition(":") for line in lines)
    return {
        key.lower(): value.strip().strip("\"'")
        for key, colon, value in found
        if colon and _KEY.fullmatch(key)
    }


def _value(value: object) -> object:
    """Return a value as JSON knows it; empty ones as they are."""
    if isinstance(value, date):  # and datetime
        return value.isoformat()
    if isinstance(value, list):
        return [_value(inner) for inner in value]
    if isinstance(value, dict):
        return {str(key): _value(inner) for key, inner in value.items()}
    return value if value is None or isinstance(value, str | int | float) else str(value)
