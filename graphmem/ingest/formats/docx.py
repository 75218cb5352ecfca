"""Word documents (`.docx`): paragraphs, lists and tables under their headings."""

import re
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from graphmem.errors import InputError
from graphmem.ingest.formats.blocks import Block, Heading
from graphmem.ingest.formats.documents import passage_turns
from graphmem.ingest.formats.office import (
    check_package,
    damage,
    missing_extra,
    told_of,
)
from graphmem.ingest.reading.turns import Items, SourceFile
from graphmem.types import Problem

WHAT = ".docx"
_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_FALLBACK = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"
_HEADING = re.compile(r"Heading (\d)", re.IGNORECASE)
_SIGNS = {"tab": "\t", "br": "\n", "cr": "\n", "noBreakHyphen": "-"}
_NOT_SAID = ("del", "moveFrom", "p", "tbl", "instrText", "rPr", "pPr")
"""What is deleted, and what is no text of the paragraph itself."""


@dataclass(slots=True)
class _Reading:
    styles: dict[str, str]
    """Names by id; those of headings are English in every Word."""
    has_rendered_breaks: bool
    has_title: bool = False
    page: int | None = None
    blocks: list[Heading | Block] = field(default_factory=list)


def read_docx(file: SourceFile) -> Items:
    """Yield the passages of a document.

    A paragraph of the style Title, or else the first of Heading 1, names it. Text that is deleted
    or hidden, headers, footers and comments are left out. Pages are those that Word last showed.
    """
    try:
        told, blocks = _read(file.path)
    except InputError as error:
        yield Problem(source=file.label, message=str(error))
        return
    title = str(told.pop("title", "") or "")
    yield from passage_turns(
        file, blocks, named=None, stem=title or Path(file.name).stem, said_at=None, metadata=told
    )


def _read(path: Path) -> tuple[dict[str, object], list[Heading | Block]]:
    try:
        from docx import Document
        from docx.opc.exceptions import OpcError
        from lxml.etree import LxmlError
    except ImportError:
        raise missing_extra("Word documents") from None
    check_package(path, WHAT)
    with damage(f"{WHAT} file", OpcError, LxmlError):
        document = Document(str(path))
        body = document.element.body
        names = {style.style_id: style.name or "" for style in document.styles}
        rendered = next(body.iter(f"{_W}lastRenderedPageBreak"), None) is not None
        paged = rendered or any(map(_is_page_break, body.iter(f"{_W}br")))
        reading = _Reading(names, rendered, page=1 if paged else None)
        _walk(body, reading)
        told = told_of(document.core_properties) | {"title": document.core_properties.title}
    return told, reading.blocks


def _is_page_break(element: Any) -> bool:
    return bool(element.get(f"{_W}type") == "page")


def _walk(element: Any, reading: _Reading) -> None:
    """Take the paragraphs and tables of an element, through whatever wraps them."""
    for child in element:
        if child.tag == f"{_W}p":
            _take_paragraph(child, reading)
        elif child.tag == f"{_W}tbl":
            rows = [row for row in map(_row, child.iter(f"{_W}tr")) if row.strip(" |")]
            if rows:
                reading.blocks.append(Block(0, "\n".join(rows), reading.page))
            _turn_pages(_breaks(child, reading), reading)
        elif isinstance(child.tag, str) and child.tag not in (f"{_W}del", f"{_W}moveFrom"):
            _walk(child, reading)


def _row(row: Any) -> str:
    cells = (
        " ".join(" ".join(_text(one) for one in cell.iter(f"{_W}p")).split())
        for cell in row.iter(f"{_W}tc")
    )
    return " | ".join(cells)


def _take_paragraph(paragraph: Any, reading: _Reading) -> None:
    text = _text(paragraph).strip()
    before = _breaks_before_text(paragraph) if reading.has_rendered_breaks else 0
    _turn_pages(before, reading)
    properties = paragraph.find(f"{_W}pPr")
    style = _name_of_style(properties, reading)
    found = _HEADING.fullmatch(style)
    if text and style.lower() == "title":
        reading.has_title = True
        reading.blocks.append(Heading(0, 1, " ".join(text.split()), reading.page))
    elif text and found:
        level = int(found[1]) + reading.has_title
        reading.blocks.append(Heading(0, level, " ".join(text.split()), reading.page))
    elif text:
        is_item = style.startswith("List") or (
            properties is not None and properties.find(f"{_W}numPr") is not None
        )
        reading.blocks.append(Block(0, f"- {text}" if is_item else text, reading.page))
    _turn_pages(_breaks(paragraph, reading) - before, reading)


def _name_of_style(properties: Any, reading: _Reading) -> str:
    style = properties.find(f"{_W}pStyle") if properties is not None else None
    id_ = str(style.get(f"{_W}val") or "") if style is not None else ""
    return reading.styles.get(id_, id_)


def _turn_pages(count: int, reading: _Reading) -> None:
    if reading.page is not None:
        reading.page += count


def _breaks(element: Any, reading: _Reading) -> int:
    if reading.has_rendered_breaks:
        return sum(1 for _ in element.iter(f"{_W}lastRenderedPageBreak"))
    return sum(map(_is_page_break, element.iter(f"{_W}br")))


def _breaks_before_text(paragraph: Any) -> int:
    """Return how many pages Word turned before a paragraph's first word."""
    count = 0
    for child in paragraph.iter(f"{_W}lastRenderedPageBreak", f"{_W}t"):
        if child.tag == f"{_W}t" and (child.text or "").strip():
            break
        count += child.tag != f"{_W}t"
    return count


def _text(paragraph: Any) -> str:
    """Return what a paragraph shows: links, insertions and fields too, no deletions."""
    parts: list[str] = []

    def take(element: Any) -> None:
        for child in element:
            kind = child.tag.removeprefix(_W) if isinstance(child.tag, str) else ""
            if kind in _NOT_SAID or child.tag == _FALLBACK or _is_hidden(child):
                continue
            if kind == "t":
                parts.append(child.text or "")
            elif kind in _SIGNS:
                parts.append(_SIGNS[kind])
            else:
                take(child)

    take(paragraph)
    return "".join(parts)


def _is_hidden(run: Any) -> bool:
    if run.tag != f"{_W}r":
        return False
    look = run.find(f"{_W}rPr")
    vanish = look.find(f"{_W}vanish") if look is not None else None
    return vanish is not None and vanish.get(f"{_W}val") not in ("0", "false")
