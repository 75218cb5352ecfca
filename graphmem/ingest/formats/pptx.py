"""Slides (`.pptx`): a page each, under its title, with the notes of who spoke."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from graphmem.errors import InputError
from graphmem.ingest.formats.blocks import Block, Heading
from graphmem.ingest.formats.documents import passage_turns
from graphmem.ingest.formats.office import (
    check_package,
    damage,
    left_out,
    missing_extra,
    told_of,
)
from graphmem.ingest.reading.turns import Items, SourceFile
from graphmem.types import Problem

WHAT = ".pptx"
_DEEPEST_GROUP = 20


def read_pptx(file: SourceFile) -> Items:
    """Yield the passages of each slide; slides that are hidden are left out and counted."""
    try:
        told, slides, hidden = _read(file.path)
    except InputError as error:
        yield Problem(source=file.label, message=str(error))
        return
    title = str(told.pop("title", "") or "")
    yield from passage_turns(
        file, slides, named=title or Path(file.name).stem, stem="", said_at=None, metadata=told
    )
    yield from left_out(file, hidden, "hidden slides were left out")


def _read(path: Path) -> tuple[dict[str, object], list[Heading | Block], int]:
    try:
        from lxml.etree import LxmlError
        from pptx import Presentation
        from pptx.exc import PythonPptxError
    except ImportError:
        raise missing_extra("slides") from None
    check_package(path, WHAT)
    blocks: list[Heading | Block] = []
    hidden = 0
    with damage(f"{WHAT} file", PythonPptxError, LxmlError):
        opened = Presentation(str(path))
        for number, slide in enumerate(opened.slides, start=1):
            if slide._element.get("show") in ("0", "false"):
                hidden += 1
            else:
                blocks += _slide(slide, number)
        core = opened.core_properties
        told = told_of(core) | {"title": _honest(core.title)}
    return told, blocks, hidden


def _honest(title: str) -> str:
    """Return a title that somebody gave; not that of every new file."""
    return "" if title in ("PowerPoint Presentation", "PowerPoint-Präsentation") else title


def _slide(slide: Any, number: int) -> Iterator[Heading | Block]:
    head = slide.shapes.title
    title = " ".join(head.text_frame.text.split()) if head is not None else ""
    texts = [text for text in _texts(slide.shapes, 0) if " ".join(text.split()) not in ("", title)]
    notes = slide.notes_slide.notes_text_frame if slide.has_notes_slide else None
    if notes is not None and notes.text.strip():
        texts.append(f"Notes: {_plain(notes.text)}")
    if title or texts:
        yield Heading(number, 2, title or f"Slide {number}", number)
    for text in texts:
        yield Block(number, text, number)


def _texts(shapes: Any, depth: int) -> Iterator[str]:
    for shape in shapes:
        if hasattr(shape, "shapes") and depth < _DEEPEST_GROUP:
            yield from _texts(shape.shapes, depth + 1)
        elif getattr(shape, "has_table", False):
            rows = ([" ".join(cell.text.split()) for cell in row.cells] for row in shape.table.rows)
            yield "\n".join(" | ".join(row) for row in rows if any(row))
        elif getattr(shape, "has_text_frame", False):
            yield _plain(shape.text_frame.text)


def _plain(text: str) -> str:
    return text.replace("\v", "\n").strip()
