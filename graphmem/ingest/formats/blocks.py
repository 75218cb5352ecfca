"""Headings and paragraphs of Markdown, reStructuredText and plain text, read line by line."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from graphmem.ingest.reading.dates import LONGEST
from graphmem.types import Problem

MAX_BLOCK = 65_536
"""Characters of a paragraph; what goes on without an empty line is cut after this many."""
MARKDOWN_LEVELS = {"=": 1, "-": 2}
"""Of headings by what underlines them; other marks come in the order they are met."""

_ATX = re.compile(r"^ {0,3}(?P<marks>#{1,6})\s+(?P<text>\S.*?)(?:\s+#+)?\s*$")
_UNDERLINE = re.compile(r"^(?P<mark>[=\-~^\"'`*+.:_#])(?P=mark){2,}\s*$")
_MARKS = frozenset("#=-~^\"'`*+.:_")
"""What a heading, or the line under one, begins with."""
_FENCE = re.compile(r"^ {0,3}(?P<fence>`{3,}|~{3,})")


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading and how deep it is, from 1."""

    line: int
    level: int
    text: str
    page: int | None = None
    """Of a document that has pages, counted from 1."""


@dataclass(frozen=True, slots=True)
class Block:
    """A paragraph, list, table or fenced code, as written."""

    line: int
    text: str
    page: int | None = None


def read_blocks(
    lines: Iterable[tuple[int, str] | Problem], levels: dict[str, int]
) -> Iterator[Heading | Block | Problem]:
    """Yield headings and blocks in order; `levels` says and learns how deep each underline is."""
    held: list[str] = []
    fence, size = "", 0
    number = 0
    for item in lines:
        if isinstance(item, Problem):
            yield item
            continue
        number, line = item
        heading = None if fence else _heading(number, line, held, levels)
        if heading or (not fence and not line.strip()) or size > MAX_BLOCK:
            yield from _block(number, [] if heading and heading.line < number else held)
            held, size = [], 0
        if heading:
            yield heading
        elif line.strip() or fence:
            held.append(line)
            size += len(line) + 1
            fence = _fence_after(line, fence)
    yield from _block(number + 1, held)


def _heading(number: int, line: str, held: list[str], levels: dict[str, int]) -> Heading | None:
    """Return the heading that a line is, or that it makes of the one line held before it."""
    if len(line) > LONGEST or line[:4].lstrip(" ")[:1] not in _MARKS:
        return None
    if atx := _ATX.match(line):
        return Heading(number, len(atx["marks"]), atx["text"].strip("*_ "))
    under = _UNDERLINE.match(line)
    if not under or (under["mark"] == "`" and "=" in levels):  # a fence, but for reStructuredText
        return None
    over = _UNDERLINE.match(held[0]) if len(held) == 2 else None
    if len(held) != 1 and not (over and over["mark"] == under["mark"]):
        return None
    text = held[-1].strip()
    if not text or _UNDERLINE.match(text):
        return None
    style = under["mark"] * (2 if over else 1)
    level = levels.setdefault(style, max(levels.values(), default=0) + 1)
    return Heading(number - len(held), level, text.strip("*_ "))


def _fence_after(line: str, fence: str) -> str:
    """Return the code fence that is open after a line; empty when none is."""
    found = _FENCE.match(line)
    if not found:
        return fence
    if not fence:
        return found["fence"]
    return "" if found["fence"].startswith(fence) and line.strip() == found["fence"] else fence


def _block(after: int, held: list[str]) -> Iterator[Block]:
    text = "\n".join(held).strip("\n")
    if text.strip() and not all(_UNDERLINE.match(line) for line in held):
        yield Block(after - len(held), text.rstrip())
