"""Message lists as chat models take them: OpenAI's and LangChain's, alone or under `messages`."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from graphmem.ingest.reading.dates import try_said_at
from graphmem.ingest.reading.fields import (
    ID_KEYS,
    SAID_AT_KEYS,
    SESSION_KEYS,
    content_text,
    shown,
    take,
    take_name,
    take_said_at,
)
from graphmem.ingest.reading.json_items import (
    is_json_lines,
    read_elements,
    read_items,
)
from graphmem.ingest.reading.outer_fields import outer_fields
from graphmem.ingest.reading.text_lines import read_head
from graphmem.ingest.reading.turns import Items, SourceFile, Turn
from graphmem.types import Problem

_ROLES = {"human": "user", "ai": "assistant", "aimessagechunk": "assistant"}
"""LangChain's names of the speakers, in OpenAI's words."""
_KINDS = (*_ROLES, "user", "assistant", "system", "tool", "function", "chat", "developer")
"""What `type` says of a speaker; other programs say there what kind of message it is."""
_LIST = "messages"
_TEXTS = ("content", "text", "parts", "body", "message")
_PEOPLE = ("author", "sender", "from", "user", "creator")
_NAMES = ("nickname", "displayName", "display_name", "name", "username", "login", "role", "id")
_TITLES = ("title", "conversation_title", "subject", "topic")
_BEGUN = (*SAID_AT_KEYS, "time_anchor", "started_at", "start_time", "createdAt", "updated_at")


@dataclass(frozen=True, slots=True)
class Outer:
    """What a list's object says of all its messages."""

    session: str
    title: str | None = None
    said_at: datetime | None = None

    @classmethod
    def of(cls, fields: dict[str, Any], where: str, unnamed: str) -> "Outer":
        """Read the scalars of an object; `unnamed` is the session of one without a name."""
        title = take_name(fields, _TITLES)
        begun, _ = try_said_at(take(fields, _BEGUN), where)
        return cls(take_name(fields, (*SESSION_KEYS, "id")) or unnamed, title, begun)


def read_messages(file: SourceFile) -> Items:
    """Yield the messages of one list (session: the file), or of several lists with their ids.

    A list under `messages` in a file's only object is streamed; of several objects, one a line or
    in a list, each is in memory at a time. The object's title and time are its messages'.
    """
    head = read_head(file)
    if not is_json_lines(file, head) and head.startswith("{"):
        outer = Outer.of(outer_fields(file, _LIST)[0], file.label, file.name)
        for item in read_elements(file, f"{_LIST}.item"):
            if isinstance(item, Problem):
                yield item
            else:
                yield from _read_message(file, *item, outer)
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


def _read_list(file: SourceFile, where: str, value: dict[str, Any], unnamed: str) -> Items:
    if not isinstance(value[_LIST], list):
        yield Problem(source=where, message=f'"{_LIST}" is {shown(value[_LIST])}, not a list')
        return
    outer = Outer.of(value, where, unnamed)
    for number, message in enumerate(value[_LIST], start=1):
        yield from _read_message(file, f"{where} {number}", message, outer)


def _read_message(file: SourceFile, where: str, value: object, outer: Outer | None) -> Items:
    return read_message(where, value, outer, collection=file.collection, unnamed=file.name)


def read_message(
    where: str, value: object, outer: Outer | None, *, collection: str, unnamed: str
) -> Items:
    """Yield the turn of one message, or the problem with it; `unnamed` is what names no session."""
    message = _flat(value)
    text = content_text(take(message, _TEXTS))
    if text is None:
        cure = "it has no content" if message else 'write {"role": "user", "content": "…"}'
        yield Problem(source=where, message=f"{shown(value)} is no message with text; {cure}")
        return
    said_at, problem = take_said_at(message, where)
    if problem:
        yield problem
    own_session = outer.session if outer else take_name(message, SESSION_KEYS)
    speaker = _speaker(message)
    metadata = {key: inner for key, inner in message.items() if inner not in (None, "", {}, [])}
    if outer and outer.title:
        metadata["conversation_title"] = outer.title
    yield Turn(
        collection=collection,
        session=own_session or unnamed,
        text=text,
        source_id=take_name(metadata, ID_KEYS),
        speaker=speaker,
        said_at=said_at or (outer.said_at if outer else None),
        metadata=metadata,
        where=where,
    )


def _speaker(message: dict[str, Any]) -> str | None:
    """Remove and return who speaks: a name, a role, or a person's object."""
    role = take_name(message, ("role",))
    kind = message.get("type")
    if role is None and isinstance(kind, str) and kind.lower() in _KINDS:
        role = message.pop("type")
    if name := take_name(message, ("name", "sender_name", "username")):
        return name
    for key in _PEOPLE if role is None else ():
        person = message.get(key)
        found = take_name(dict(person), _NAMES) if isinstance(person, dict) else None
        if found := found or take_name(message, (key,)):
            message.pop(key, None)
            return _ROLES.get(found.lower(), found)
    return _ROLES.get((role or "").lower(), role)


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
