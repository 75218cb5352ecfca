"""Markdown, reStructuredText and text documents, as passages under the path of their headings."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from graphmem.ingest.formats.blocks import MARKDOWN_LEVELS, Block, Heading, read_blocks
from graphmem.ingest.formats.front_matter import front_matter, links_and_tags
from graphmem.ingest.reading.dates import try_said_at
from graphmem.ingest.reading.text_lines import read_lines
from graphmem.ingest.reading.turns import Items, SourceFile, Turn
from graphmem.sentences import sentences
from graphmem.types import Metadata, Problem

PASSAGE_CHARS = 1_000
"""Paragraphs under one heading are joined up to this length; a longer one is cut at sentences."""
SEPARATOR = " > "
"""Between the headings of a passage's title."""


@dataclass(frozen=True, slots=True)
class Passage:
    """A piece of a document under the path of its headings."""

    line: int
    title: str
    text: str
    page: int | None


def read_document(file: SourceFile) -> Items:
    """Yield the passages of one document, whose session is named as the file.

    `title` and `date` (else `created`) of a Markdown file's front matter name and date it, the rest
    of that is metadata; else its first heading names it, or the file's name. Wikilinks and inline
    tags of a Markdown passage are its metadata `links` and `inline_tags`.
    """
    front, lines = front_matter(read_lines(file))
    said_at, problem = try_said_at(front.pop("date", None) or front.get("created"), file.label)
    if problem:
        yield problem
    levels = {} if file.path.suffix.lower() == ".rst" else dict(MARKDOWN_LEVELS)
    named = str(front.pop("title", None) or "") or None
    front = {key: value for key, value in front.items() if value not in (None, "", [], {})}
    blocks = read_blocks(lines, levels)
    yield from passage_turns(
        file, blocks, named=named, stem=Path(file.name).stem, said_at=said_at, metadata=front
    )


def passage_turns(
    file: SourceFile,
    blocks: Iterable[Heading | Block | Problem],
    *,
    named: str | None,
    stem: str,
    said_at: datetime | None,
    metadata: Metadata,
) -> Items:
    """Yield the passages of a document's blocks as turns; one on a page has an id that names it.

    `p12.3` is the third passage of page 12, whose number is the metadata `page`.
    """
    page, number = None, 0
    for passage in passages(blocks, named, stem):
        if isinstance(passage, Problem):
            yield passage
            continue
        page, number = passage.page, number + 1 if passage.page == page else 1
        marked = links_and_tags(passage.text) if file.is_markdown else {}
        yield Turn(
            collection=file.collection,
            session=file.name,
            text=passage.text,
            source_id=f"p{page}.{number}" if page else None,
            said_at=said_at,
            title=passage.title,
            is_passage=True,
            metadata={**metadata, **marked, **({"page": page} if page else {})},
            where=file.line(passage.line) if page is None else f"{file.label}, page {page}",
            file=file,
        )


def passages(
    blocks: Iterable[Heading | Block | Problem], named: str | None, stem: str
) -> Iterator[Passage | Problem]:
    """Join the blocks under each heading to passages; a heading over nothing is one itself.

    `named` is what the document says it is called; without it, its first heading of the first level
    is, and before that `stem`. A passage lies on one page.
    """
    name, path = named or stem, list[Heading]()
    held: list[Block] = []
    bare: Heading | None = None
    for block in blocks:
        if isinstance(block, Problem):
            yield block
        elif isinstance(block, Heading):
            yield from _joined(held, _title(name, path))
            if bare and block.level <= bare.level:
                yield Passage(bare.line, _title(name, path), bare.text, bare.page)
            held, bare = [], block
            path = [above for above in path if above.level < block.level]
            if block.level == 1 and not named:
                name = block.text
            else:
                path.append(block)
        else:
            bare = None
            size = sum(len(part.text) for part in held) + len(block.text)
            if held and (size > PASSAGE_CHARS or block.page != held[0].page):
                yield from _joined(held, _title(name, path))
                held = []
            held.append(block)
    yield from _joined(held, _title(name, path))
    if bare:
        yield Passage(bare.line, _title(name, path), bare.text, bare.page)


def _title(name: str, path: list[Heading]) -> str:
    return SEPARATOR.join([name, *(heading.text for heading in path)])


def _joined(held: list[Block], title: str) -> Iterator[Passage]:
    if held:
        text = "\n\n".join(block.text for block in held)
        for piece in _pieces(text):
            yield Passage(held[0].line, title, piece, held[0].page)


def _pieces(text: str) -> Iterator[str]:
    """Cut a text that is too long after sentences, and a sentence that is after words."""
    if len(text) <= PASSAGE_CHARS:
        yield text
        return
    start = end = 0
    for _, stop in sentences(text):
        if stop - start > PASSAGE_CHARS and end > start:
            yield text[start:end].strip()
            start = end
        while stop - start > PASSAGE_CHARS:
            cut = text.rfind(" ", start + 1, start + PASSAGE_CHARS) + 1 or start + PASSAGE_CHARS
            yield text[start:cut].strip()
            start = cut
        end = stop
    if text[start:].strip():
        yield text[start:].strip()
