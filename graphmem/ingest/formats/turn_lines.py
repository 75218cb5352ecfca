"""Turns as JSON objects, one a line or in one list: session, speaker, text, said_at, metadata."""

from graphmem.ingest.reading.fields import (
    ID_KEYS,
    SESSION_KEYS,
    SPEAKER_KEYS,
    TEXT_KEYS,
    content_text,
    shown,
    take,
    take_name,
    take_said_at,
)
from graphmem.ingest.reading.json_items import read_items
from graphmem.ingest.reading.turns import Items, SourceFile, Turn
from graphmem.types import Problem


def read_turn_lines(file: SourceFile) -> Items:
    """Yield the turn of each object; its keys beyond those of a turn become metadata."""
    for item in read_items(file):
        if isinstance(item, Problem):
            yield item
        else:
            yield from read_turn(file, *item)


def read_turn(file: SourceFile, where: str, value: object) -> Items:
    """Yield the turn of one record, or the problem that it is none."""
    record = value if isinstance(value, dict) else {}
    text = content_text(take(record, TEXT_KEYS))
    if text is None:
        wanted = 'a turn is an object with "text": {"session": "s1", "speaker": "Ana", "text": "…"}'
        yield Problem(source=where, message=f"{shown(value)} is no turn; {wanted}")
        return
    said_at, problem = take_said_at(record, where)
    if problem:
        yield problem
    session = take_name(record, SESSION_KEYS)
    yield Turn(
        collection="" if session else file.collection,
        session=session or file.name,
        text=text,
        source_id=take_name(record, ID_KEYS),
        position=record.pop("position") if type(record.get("position")) is int else None,
        speaker=take_name(record, SPEAKER_KEYS),
        said_at=said_at,
        metadata=record,
        where=where,
        file=file,
    )
