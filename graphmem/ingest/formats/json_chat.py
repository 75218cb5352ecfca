"""Chats in JSON, read by the row of `json_shapes` that says where their parts are."""

from collections import Counter
from collections.abc import Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from graphmem.ingest.formats.json_shape import JsonShape
from graphmem.ingest.reading.dates import try_said_at
from graphmem.ingest.reading.fields import content_text, folded, shown
from graphmem.ingest.reading.html_tokens import words_of_html
from graphmem.ingest.reading.json_items import (
    is_json_lines,
    read_elements,
    read_items,
)
from graphmem.ingest.reading.outer_fields import outer_fields
from graphmem.ingest.reading.text_lines import read_head
from graphmem.ingest.reading.turns import VALID_UNTIL, Items, SourceFile, Turn
from graphmem.types import Problem

_NO_TEXT = "without text, such as pictures and calls"
_TRAFFIC = "that no person said: a program's traffic, notices, what is hidden"


@dataclass(slots=True)
class _Reading:
    """One file being read by one shape."""

    file: SourceFile
    shape: JsonShape
    left_out: Counter[str] = field(default_factory=Counter)
    lists: int = 0
    """Conversations so far."""


def read_json_chat(file: SourceFile, shape: JsonShape) -> Items:
    """Yield the messages of every conversation of a file.

    The messages of one conversation in one object are streamed; of several conversations one is in
    memory at a time. What is left out is counted by its reason.
    """
    reading = _Reading(file, shape)
    for where, conversation, message in _messages(reading):
        if isinstance(message, Problem):
            yield message
        else:
            yield from _read_message(reading, where, conversation, message)
    for reason, count in sorted(reading.left_out.items()):
        message = f"{count} messages {reason}, were left out"
        yield Problem(source=file.label, message=message, skipped=False)


@dataclass(slots=True)
class _Conversation:
    """What the messages of one conversation have in common."""

    session: str
    metadata: dict[str, object]
    people: Mapping[str, str] = field(default_factory=dict)
    """Ids by which messages name a speaker, and the names."""
    said_at: datetime | None = None
    """When it began, then the time of its last message."""


_Found = Iterator[tuple[str, _Conversation | None, object]]
"""Where, in which conversation if that is told outside of it, and the message or a problem."""


def _messages(reading: _Reading) -> _Found:
    file, shape = reading.file, reading.shape
    head = read_head(file)
    is_one_object = head.startswith("{") and not is_json_lines(file, head)
    if is_one_object and shape.messages and not shape.conversations and not shape.is_newest_first:
        outer, path = outer_fields(file, shape.messages)
        yield from _streamed(reading, outer, f"{path}.item")
        return
    items = read_items(file)
    if is_one_object and shape.conversations:
        items = read_elements(file, f"{outer_fields(file, shape.conversations)[1]}.item")
    for item in items:
        if isinstance(item, Problem):
            yield file.label, None, item
        elif shape.conversations and not is_one_object:
            inner = _listing(_at(item[1], shape.conversations))
            for number, value in enumerate(inner, start=1):
                yield from _one(reading, f"{item[0]} {number}", value)
        else:
            yield from _one(reading, *item)


def _one(reading: _Reading, where: str, value: object) -> _Found:
    """Yield the messages of a conversation, or the one message that a value is."""
    if reading.shape.messages:
        yield from _listed(reading, where, value)
    else:
        yield where, None, value


def _streamed(reading: _Reading, outer: Mapping[str, Any], path: str) -> _Found:
    conversation = _conversation(reading, reading.file.label, outer)
    for item in read_elements(reading.file, path):
        if isinstance(item, Problem):
            yield reading.file.label, None, item
        else:
            yield item[0], conversation, item[1]


def _listed(reading: _Reading, where: str, value: object) -> _Found:
    """Yield the messages of a conversation in memory, oldest first."""
    found = _at(value, reading.shape.messages)
    if not isinstance(found, list):
        wanted = f"it would have a list under {reading.shape.messages!r}"
        message = f"{shown(value)} is no conversation of the format {reading.shape.name}; {wanted}"
        yield where, None, Problem(source=where, message=message)
        return
    conversation = _conversation(reading, where, value)
    numbered = list(enumerate(found, start=1))
    for number, message in reversed(numbered) if reading.shape.is_newest_first else numbered:
        yield f"{where} {number}", conversation, message


def _conversation(reading: _Reading, where: str, value: object) -> _Conversation:
    shape = reading.shape
    reading.lists += 1
    unnamed = reading.file.name if reading.lists == 1 else f"{reading.file.name}#{reading.lists}"
    session = _text_at(value, shape.session)
    title = _text_at(value, shape.title)
    begun, _ = try_said_at(_first(value, shape.begun), where)
    metadata: dict[str, object] = {"conversation_title": _mended(shape, title)} if title else {}
    named = _mended(shape, session) if session else unnamed
    return _Conversation(named, metadata, _people(shape, value), begun)


def _people(shape: JsonShape, value: object) -> dict[str, str]:
    if shape.people is None:
        return {}
    listed, id_, name = shape.people
    found = _at(value, listed)
    named = ((_text_at(one, (id_,)), _text_at(one, (name,))) for one in _listing(found))
    return {known: name for known, name in named if known and name}


def _listing(value: object) -> list[object]:
    return value if isinstance(value, list) else []


def _read_message(
    reading: _Reading, where: str, conversation: _Conversation | None, value: object
) -> Items:
    file, shape = reading.file, reading.shape
    if not _is_message(shape, value):
        reading.left_out[_TRAFFIC] += isinstance(value, Mapping)
        return
    text = _message_text(shape, value)
    if not text.strip():
        reading.left_out[_NO_TEXT] += 1
        return
    if text.startswith(shape.drop_prefixes):
        reading.left_out[_TRAFFIC] += 1
        return
    if conversation is None:
        named = _text_at(value, shape.session)
        conversation = _Conversation(named or file.name, {})
    own_time, problem = try_said_at(_first(value, shape.said_at), where)
    if problem:
        yield problem
    conversation.said_at = own_time or conversation.said_at
    speaker = _text_at(value, shape.speaker)
    speaker = conversation.people.get(speaker, speaker) if speaker else None
    yield Turn(
        collection=shape.collection or file.collection,
        session=conversation.session,
        text=_mended(shape, text),
        source_id=_text_at(value, shape.source_id),
        speaker=_mended(shape, shape.roles.get(speaker.lower(), speaker)) if speaker else None,
        said_at=own_time or conversation.said_at,
        metadata=conversation.metadata | _kept(value, shape),
        where=where,
        file=file,
    )


def _is_message(shape: JsonShape, value: object) -> bool:
    return (
        isinstance(value, Mapping)
        and all(_at(value, path) in values for path, values in shape.keep.items())
        and not any(_at(value, path) in values for path, values in shape.drop.items())
    )


def _message_text(shape: JsonShape, value: object) -> str:
    joint = "" if shape.is_joined else "\n"
    texts = (content_text(_at(value, path), joint=joint) for path in shape.text)
    text = next((text for text in texts if text and text.strip()), "")
    if shape.is_html:
        text = words_of_html(text)
    if shape.attachments:
        listed, _, key = shape.attachments.rpartition(".")
        found = [_at(one, key) for one in _listing(_at(value, listed))]
        text = "\n\n".join(filter(None, (text, *(one for one in found if isinstance(one, str)))))
    return text


def _at(value: object, path: str) -> object:
    """Return what stands at a path of folded keys; None where there is nothing."""
    for part in path.split("."):
        if not isinstance(value, Mapping):
            return None
        if part in value:
            value = value[part]
        else:
            value = next((inner for key, inner in value.items() if folded(key) == part), None)
    return value


def _first(value: object, paths: tuple[str, ...]) -> object:
    """Return the first value among the paths that is neither missing nor empty."""
    found = (_at(value, path) for path in paths)
    return next((one for one in found if one is not None and one != ""), None)


def _text_at(value: object, paths: tuple[str, ...]) -> str | None:
    """Return the first name or number among the paths, as text."""
    for path in paths:
        found = _at(value, path)
        if isinstance(found, str | int) and not isinstance(found, bool) and found != "":
            return str(found).strip() or None
    return None


def _kept(value: object, shape: JsonShape) -> dict[str, object]:
    """Return what a message says beside its text, under the keys that it has there."""
    found: dict[str, object] = {}
    for path in shape.metadata:
        outer, _, last = path.rpartition(".")
        parent = _at(value, outer) if outer else value
        for key, inner in parent.items() if isinstance(parent, Mapping) else ():
            if folded(key) == last:
                found |= inner if isinstance(inner, Mapping) else {key: inner}
    found[VALID_UNTIL] = _first(value, shape.valid_until)
    return {key: inner for key, inner in found.items() if inner not in (None, "", [], {})}


def _mended(shape: JsonShape, text: str) -> str:
    """Return a text whose UTF-8 was taken for Latin-1 as it was; any other as it is."""
    if shape.is_latin1 and not text.isascii():
        with suppress(UnicodeError):
            return text.encode("latin-1").decode("utf-8")
    return text
