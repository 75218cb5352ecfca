"""Message lists as chat models take them: OpenAI's and LangChain's, alone or under `messages`."""

from typing import Any

import ijson

from graphmem.ingest.reading.fields import (
    ID_KEYS,
    SESSION_KEYS,
    content_text,
    shown,
    take_name,
    take_said_at,
)
from graphmem.ingest.reading.json_items import (
    events,
    is_json_lines,
    open_utf8,
    read_elements,
    read_items,
)
from graphmem.ingest.reading.text_lines import read_head
from graphmem.ingest.reading.turns import Items, SourceFile, Turn
from graphmem.types import Problem

_ROLES = {"human": "user", "ai": "assistant", "aimessagechunk": "assistant"}
"""LangChain's names of the speakers, in OpenAI's words."""
_LIST = "messages"


def read_messages(file: SourceFile) -> Items:
    """Yield the messages of one list (session: the file), or of several lists with their ids.

    A list under `messages` in a file's only object is streamed; of several objects, one a line or
    in a list, each is in memory at a time.
    """
    head = read_head(file)
    if not is_json_lines(file, head) and head.startswith("{"):
        session = _outer_name(file)
        for item in read_elements(file, f"{_LIST}.item"):
            if isinstance(item, Problem):
                yield item
            else:
                yield from _read_message(file, *item, session)
        return
    lists = 0
    for item in read_items(file):
        if isinstance(item, Problem):
            yield item
            continue
        where, value = item
        if isinstance(value, dict) and _LIST in value:
            lists += 1
            unnamed = file.name if lists == 1 else f"{file.name}#{lists}"
            yield from _read_list(file, where, value, unnamed)
        else:
            yield from _read_message(file, where, value, None)


def _outer_name(file: SourceFile) -> str | None:
    """Return the name that the file's object gives its session, wherever in it that stands."""
    names: dict[str, Any] = {}
    with open_utf8(file) as stream:
        try:
            for prefix, event, value in events(stream):
                if event in ("string", "number") and prefix in (*SESSION_KEYS, "id"):
                    names[prefix] = value
        except ijson.JSONError:
            pass  # the reader that follows says where
    return take_name(names, (*SESSION_KEYS, "id"))


def _read_list(file: SourceFile, where: str, value: dict[str, Any], unnamed: str) -> Items:
    session = take_name(value, (*SESSION_KEYS, "id")) or unnamed
    if not isinstance(value[_LIST], list):
        yield Problem(source=where, message=f'"{_LIST}" is {shown(value[_LIST])}, not a list')
        return
    for number, message in enumerate(value[_LIST], start=1):
        yield from _read_message(file, f"{where} {number}", message, session)


def _read_message(file: SourceFile, where: str, value: object, session: str | None) -> Items:
    message = _flat(value)
    text = content_text(message.pop("content", None))
    if text is None:
        cure = "it has no content" if message else 'write {"role": "user", "content": "…"}'
        yield Problem(source=where, message=f"{shown(value)} is no message with text; {cure}")
        return
    said_at, problem = take_said_at(message, where)
    if problem:
        yield problem
    role = take_name(message, ("role", "type"))
    own_session = session or take_name(message, SESSION_KEYS)
    yield Turn(
        collection=file.collection,
        session=own_session or file.name,
        text=text,
        source_id=take_name(message, ID_KEYS),
        speaker=take_name(message, ("name",)) or _ROLES.get((role or "").lower(), role),
        said_at=said_at,
        metadata={key: inner for key, inner in message.items() if inner not in (None, "", {}, [])},
        where=where,
    )


def _flat(value: object) -> dict[str, Any]:
    """Return the message's own fields, out of LangChain's `data` or `kwargs`; {} if it is none."""
    if not isinstance(value, dict):
        return {}
    if isinstance(value.get("data"), dict):
        return {"type": value.get("type"), **value["data"]}
    if isinstance(value.get("kwargs"), dict) and "lc" in value:
        kind = _class_name(value.get("id")).removesuffix("Chunk").removesuffix("Message")
        return {"type": kind.lower(), **value["kwargs"]}
    return dict(value)


def _class_name(path: object) -> str:
    """Return the last part of LangChain's path of a class."""
    return str(path[-1]) if isinstance(path, list) and path else ""
