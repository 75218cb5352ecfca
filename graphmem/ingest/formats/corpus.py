"""Passage corpora: objects of id, title and text, one a line; each passage is its own session."""

from graphmem.ingest.reading.fields import ID_KEYS, shown, take, take_name, take_said_at
from graphmem.ingest.reading.json_items import read_items
from graphmem.ingest.reading.turns import Items, SourceFile, Turn
from graphmem.types import Problem

_TEXT_KEYS = ("text", "contents", "passage", "passage_text", "paragraph_text", "content")


def read_corpus(file: SourceFile) -> Items:
    """Yield the passage of each object; its other keys become metadata."""
    for item in read_items(file):
        if isinstance(item, Problem):
            yield item
        else:
            yield from _read_passage(file, *item)


def _read_passage(file: SourceFile, where: str, value: object) -> Items:
    record = value if isinstance(value, dict) else {}
    text = take(record, _TEXT_KEYS)
    if not isinstance(text, str):
        wanted = 'a passage is an object with "text": {"id": "p1", "title": "…", "text": "…"}'
        yield Problem(source=where, message=f"{shown(value)} is no passage; {wanted}")
        return
    said_at, problem = take_said_at(record, where)
    if problem:
        yield problem
    source_id = take_name(record, ID_KEYS)
    yield Turn(
        collection=file.collection,
        session=source_id or where.rpartition("/")[2],
        text=text,
        source_id=source_id,
        said_at=said_at,
        title=take_name(record, ("title",)),
        is_passage=True,
        metadata=record,
        where=where,
        file=file,
    )
