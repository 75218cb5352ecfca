"""Pages in HTML: their words as passages, without what stands around them."""

import codecs
import re
from collections.abc import Iterator
from itertools import chain, islice
from pathlib import Path

from graphmem.ingest.formats.blocks import Block, Heading
from graphmem.ingest.formats.documents import passage_turns
from graphmem.ingest.reading.dates import try_said_at
from graphmem.ingest.reading.html_blocks import HtmlBlock, HtmlBlocks, html_blocks
from graphmem.ingest.reading.text_lines import read_lines
from graphmem.ingest.reading.turns import Items, SourceFile
from graphmem.types import Problem

_CHARSET = re.compile(rb"<meta[^>]{0,200}?charset\s*=\s*[\"']?([\w.:-]{2,40})", re.IGNORECASE)
_HEAD = 4_096
_LONGEST_LINE = 1024 * 1024
_PAGE = re.compile(r"(?:<\?xml[^>]{0,200}>\s*)?(?:<!--.{0,400}?-->\s*)?<(?:!doctype\s+html|html)\b",
                   re.IGNORECASE | re.DOTALL)  # fmt: skip
_OF_WINDOWS = ("iso-8859-1", "latin-1", "us-ascii", "windows-1252", "utf-8")
"""What browsers read as Windows-1252, and so does the reader of lines."""


def looks_like_page(head: str) -> bool:
    """Tell a page by its first words."""
    return _PAGE.match(head) is not None


def read_page(file: SourceFile) -> Items:
    """Yield the passages of a page under its headings.

    Scripts, styles, navigation, asides, footers, forms' fields and what is hidden are left out. The
    first heading of the first level names it, else `<title>`; a date of publication dates it.
    """
    problems: list[Problem] = []
    parser = HtmlBlocks()
    found = html_blocks(page_lines(file, problems), parser)
    first = list(islice(found, 1))  # with it, what stands before is known
    said_at, problem = try_said_at(parser.date or None, file.label)
    if problem:
        yield problem
    yield from passage_turns(
        file,
        (_block(one) for one in chain(first, found)),
        named=None,
        stem=parser.title or Path(file.name).stem,
        said_at=said_at,
        metadata={},
    )
    yield from problems


def page_lines(file: SourceFile, problems: list[Problem]) -> Iterator[tuple[int, str]]:
    """Yield the numbered lines of a page in the encoding that it names, ends kept."""
    encoding = _declared(file.path)
    if encoding is not None:
        with file.path.open(encoding=encoding, errors="replace", newline="\n") as text:
            yield from enumerate(iter(lambda: text.readline(_LONGEST_LINE), ""), start=1)
        return
    for item in read_lines(file):
        if isinstance(item, Problem):
            problems.append(item)
        else:
            yield item[0], item[1] + "\n"


def _declared(path: Path) -> str | None:
    """Return the encoding that a page names, if lines must be read by it."""
    with path.open("rb") as stream:
        found = _CHARSET.search(stream.read(_HEAD))
    name = found[1].decode("ascii").lower() if found else ""
    try:
        known = codecs.lookup(name).name
    except LookupError:
        return None
    is_text = known not in ("hex", "base64", "zlib", "bz2", "rot13", "uu", "quopri", "idna")
    return known if is_text and name not in _OF_WINDOWS and not known.startswith("utf") else None


def _block(one: HtmlBlock) -> Block | Heading:
    return Heading(one.line, one.level, one.text) if one.level else Block(one.line, one.text)
