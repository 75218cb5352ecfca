"""PDF, a page at a time; chapters that its outline names are headings."""

import logging
import re
from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

from graphmem.errors import InputError
from graphmem.ingest.formats.blocks import Block, Heading
from graphmem.ingest.formats.documents import passage_turns
from graphmem.ingest.formats.office import damage, left_out, missing_extra
from graphmem.ingest.reading.turns import Items, SourceFile
from graphmem.types import Problem

if TYPE_CHECKING:
    from pypdf import PdfReader

_WHAT = "PDF file"
_DEEPEST_OUTLINE = 6
_MOST_HEADINGS = 20_000
_PAGE_NUMBER = re.compile(r"(?:page|seite|página|pagina|p\.)?\s*[-–—]?\s*\d{1,5}\s*[-–—]?"
                          r"(?:\s*(?:/|of|von|de|di|sur)\s*\d{1,5})?", re.IGNORECASE)  # fmt: skip
_ITEM = re.compile(r"\s*(?:[-*•◦▪–—·]|\(?\d{1,3}[.)]|\(?[a-z][.)])\s")
_HYPHENATED = re.compile(r"[^\W\d_]{2}[-‐\u00ad]$")
_WIDE, _NARROW = 0.7, 0.5
"""A line shorter than these parts of the page's widest ends its paragraph, with and without a full
stop."""
_FULL_STOPS = (".", "!", "?", ":", "。", "！", "？", "”", '"')


@dataclass(slots=True)
class _Pages:
    """A document on its way through its pages."""

    file: SourceFile
    outline: Mapping[int, list[tuple[int, str]]]
    size: int
    """Bytes."""
    read: int = 0
    empty: int = 0
    edges: set[str] = field(default_factory=set)
    """The first and last lines of the page before, numbers taken out: what stands there again is
    a running title."""


def read_pdf(file: SourceFile) -> Items:
    """Yield the passages of every page; none goes over the end of a page.

    Running titles and page numbers are left out. A page without text, which is most often a
    picture of one, is counted; so is one that is damaged.
    """
    try:
        reader = _opened(file.path)
    except InputError as error:
        yield Problem(source=file.label, message=str(error))
        return
    told = _told(reader)
    title = str(told.pop("title", "") or "")
    pages = _Pages(file, _outline(reader), file.path.stat().st_size)
    yield from passage_turns(
        file, _blocks(reader, pages), named=None, stem=title or Path(file.name).stem,
        said_at=None, metadata=told,
    )  # fmt: skip
    if pages.empty == pages.read:
        message = (
            f"none of its {pages.read} pages has text: they are pictures; let a program read them "
            "first (ocrmypdf in.pdf out.pdf), and ingest what it writes"
        )
        yield Problem(source=file.label, message=message)
    else:
        yield from left_out(file, pages.empty, "pages have no text, such as pictures of pages")


def _opened(path: Path) -> "PdfReader":
    try:
        from pypdf import PdfReader
        from pypdf.errors import DependencyError, PyPdfError
    except ImportError:
        raise missing_extra("PDF files") from None
    log = logging.getLogger("pypdf")
    if not log.handlers:  # what it would say of a broken file is said in one line
        log.addHandler(logging.NullHandler())
    with damage(_WHAT, PyPdfError):
        try:
            reader = PdfReader(path)
            is_open = not reader.is_encrypted or reader.decrypt("")
        except DependencyError:
            raise missing_extra("encrypted PDF files") from None
        if not is_open:
            raise InputError(
                "it has a password; print it to a PDF without one (qpdf --decrypt "
                "--password=… in.pdf out.pdf), and ingest that"
            )
        if not reader.pages:
            raise InputError("a damaged PDF file (it has no pages)")
    return reader


def _told(reader: "PdfReader") -> dict[str, object]:
    """Return title, author and date of a document's properties, as far as they can be read."""
    from pypdf.errors import PyPdfError

    try:
        with damage(_WHAT, PyPdfError):
            said = reader.metadata
            if said is None:
                return {}
            made = said.creation_date
            told = {
                "title": said.title and " ".join(str(said.title).split()),
                "author": said.author and str(said.author),
                "created": made and made.isoformat(),
            }
    except InputError:
        return {}
    return {key: value for key, value in told.items() if value}


def _outline(reader: "PdfReader") -> Mapping[int, list[tuple[int, str]]]:
    """Return the headings of each page, (level, text), as far as they can be read."""
    from pypdf.errors import PyPdfError

    found: dict[int, list[tuple[int, str]]] = defaultdict(list)

    def walk(entries: list[Any], level: int) -> None:
        for entry in entries:
            if isinstance(entry, list):
                walk(entry, min(level + 1, _DEEPEST_OUTLINE))
            elif len(found) < _MOST_HEADINGS and entry.title:
                page = reader.get_destination_page_number(entry)
                if page is not None and page >= 0:
                    found[page + 1].append((level, " ".join(str(entry.title).split())))

    try:
        with damage(_WHAT, PyPdfError):
            walk(reader.outline, 1)
    except InputError:
        return found
    return found


def _blocks(reader: "PdfReader", pages: _Pages) -> Iterator[Heading | Block | Problem]:
    from pypdf.errors import PyPdfError

    for number in range(1, len(reader.pages) + 1):
        pages.read += 1
        pages.file.meter.at(pages.size * number // len(reader.pages))
        try:
            with damage(_WHAT, PyPdfError):
                text = reader.pages[number - 1].extract_text()
        except InputError as error:
            yield Problem(source=f"{pages.file.label}, page {number}", message=str(error))
            continue
        if not text.strip():
            pages.empty += 1
        yield from _page(pages, number, text)
        reader.resolved_objects.clear()  # else each page that was read stays in memory


def _page(pages: _Pages, number: int, text: str) -> Iterator[Heading | Block]:
    """Yield a page's headings and paragraphs."""
    lines = _without_edges(pages, [line.rstrip() for line in text.split("\n")])
    wanted = list(pages.outline.get(number, ()))
    shown = {" ".join(line.split()) for line in lines}
    for level, title in [one for one in wanted if one[1] not in shown]:
        yield Heading(number, level, title, number)
        wanted.remove((level, title))
    widest = max(map(len, lines), default=0)
    held: list[str] = []
    for line in lines:
        bare = " ".join(line.split())
        heading = next((one for one in wanted if one[1] == bare), None)
        if heading or not bare or (held and _begins(line, held[-1], widest)):
            yield from _paragraph(number, held)
            held = []
        if heading:
            wanted.remove(heading)
            yield Heading(number, *heading, number)
        elif bare:
            held.append(bare)
    yield from _paragraph(number, held)


def _begins(line: str, before: str, widest: int) -> bool:
    """Tell whether a paragraph begins in a line: an item, or after a line that ends short."""
    if _HYPHENATED.search(before):
        return False
    short = _WIDE if before.endswith(_FULL_STOPS) else _NARROW
    return _ITEM.match(line) is not None or len(before) < short * widest


def _paragraph(number: int, lines: list[str]) -> Iterator[Block]:
    text = ""
    for line in lines:
        if _HYPHENATED.search(text) and line[:1].islower():
            text = text[:-1] + line
        else:
            text = f"{text} {line}" if text else line
    if text:
        yield Block(number, text, number)


def _without_edges(pages: _Pages, lines: list[str]) -> list[str]:
    """Return a page's lines without its number, and without what stood at the edge before."""
    filled = [place for place, line in enumerate(lines) if line.strip()]
    before, pages.edges = pages.edges, set()
    for place in {*filled[:1], *filled[-1:]} if len(filled) > 1 else ():
        line = lines[place].strip()
        alike = re.sub(r"\d+", "#", line)
        pages.edges.add(alike)
        if _PAGE_NUMBER.fullmatch(line) or alike in before:
            lines[place] = ""
    return lines
