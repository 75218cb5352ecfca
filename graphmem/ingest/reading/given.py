"""What a program gives as arguments: one turn, each argument checked and named when it is wrong."""

import math
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from datetime import date, datetime
from numbers import Integral, Real
from reprlib import repr as short_repr
from typing import Any
from uuid import UUID

from graphmem.errors import InputError
from graphmem.ids import is_id
from graphmem.ingest.reading.checked import DEEPEST
from graphmem.ingest.reading.dates import read_said_at
from graphmem.ingest.reading.turns import Items, Turn
from graphmem.types import Problem


def given_turn(
    text: object,
    *,
    session: object,
    speaker: object,
    said_at: object,
    metadata: object,
    id_: object = None,
    now: datetime | None = None,
) -> Turn:
    """Return the turn that the arguments describe; its id may stand in `metadata["id"]` too.

    It was said `now` if `said_at` is None. Dates and UUIDs in the metadata become text. Raises
    InputError, naming the argument, for a value of another type, a blank text, half a surrogate
    pair, a time that is none, an id that graphmem could take for its own, and metadata that JSON
    cannot hold.
    """
    named = given_metadata(metadata)
    source_id = named.pop("id", None) if id_ is None else id_
    return Turn(
        collection="",
        session=given_name("session", session),
        text=given_name("text", text),
        source_id=None if source_id is None else own_id(source_id),
        speaker=None if speaker is None else given_name("speaker", speaker),
        said_at=now if said_at is None else given_time(said_at),
        is_clock_time=said_at is None,
        metadata=named,
        where="add",
    )


def with_kind(metadata: Mapping[str, Any] | None, kind: str | None) -> Mapping[str, Any] | None:
    """Return metadata that says what kind of statement it is of. Raises InputError."""
    if kind is None:
        return metadata
    if kind != "fact":
        raise InputError(f"kind must be 'fact' or left out, not {short_repr(kind):.60}")
    return {**(metadata or {}), "kind": kind}


def given_metadata(metadata: object) -> dict[str, object]:
    """Return metadata as JSON knows it. Raises InputError, naming the key, for what cannot be."""
    if not isinstance(metadata, Mapping | None):
        raise InputError(f"metadata must be a dict, not {short_repr(metadata):.60}")
    found = {str(key): _json_value(str(key), value) for key, value in (metadata or {}).items()}
    for key, value in found.items():
        for text in (key, *_texts(value)):
            _check_whole(f"metadata[{key!a}]", text)
    return found


def given_time(said_at: object) -> datetime:
    """Return when something was said. Raises InputError for what is no time."""
    return read_said_at(said_at.isoformat() if type(said_at) is date else said_at)


def own_id(value: object) -> str:
    """Return the id that a caller gives as text. Raises InputError for one that cannot be."""
    if isinstance(value, bool) or not isinstance(value, str | Integral | UUID):
        raise InputError(f"id must be a str, not {short_repr(value):.60}")
    text = given_name("id", str(value))
    if is_id(text):
        raise InputError(f"id {text!r} has the form of graphmem's own ids; choose another")
    return text


def given_text(argument: str, value: object) -> str:
    """Return a text that an argument gives. Raises InputError if it is none, or not whole."""
    if not isinstance(value, str):
        raise InputError(f"{argument} must be a str, not {short_repr(value):.60}")
    return _check_whole(argument, value)


def given_name(argument: str, value: object) -> str:
    """Return a text that is more than blanks. Raises InputError if it is none, or not whole."""
    text = given_text(argument, value)
    if not text.strip():
        raise InputError(f"{argument} is blank; give it a text, or leave it out")
    return text


def _check_whole(argument: str, value: str) -> str:
    if any("\ud800" <= character <= "\udfff" for character in value):
        raise InputError(f"{argument} holds half a surrogate pair; write U+FFFD in its place")
    return value


def _json_value(key: str, value: object, level: int = 1) -> object:
    """Return the value as JSON knows it; what stands deeper than DEEPEST is left for `checked`."""
    if value is None or isinstance(value, str | bool) or level > DEEPEST:
        return value
    if isinstance(value, datetime | date):
        return value.isoformat()
    if isinstance(value, UUID):
        return str(value)
    if isinstance(value, Mapping):
        return {str(inner): _json_value(key, held, level + 1) for inner, held in value.items()}
    if isinstance(value, list | tuple):
        return [_json_value(key, held, level + 1) for held in value]
    if isinstance(value, Integral):
        return int(value)
    if isinstance(value, Real) and math.isfinite(value):
        return float(value)
    raise InputError(
        f"metadata[{key!r}] must be what JSON can hold (text, number, true, false, None, list, "
        f"dict), not {short_repr(value):.60}"
    )


def _texts(value: object, level: int = 1) -> Iterator[str]:
    """Yield the texts in a value as JSON knows it, as deep as it is kept."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, Mapping) and level <= DEEPEST:
        for key, held in value.items():
            yield from (str(key), *_texts(held, level + 1))
    elif isinstance(value, list) and level <= DEEPEST:
        for held in value:
            yield from _texts(held, level + 1)


def given_turns(items: Iterable[Turn | Problem]) -> Items:
    """Yield the turns that a program gives, which go on after what is stored: of no file.

    Times become UTC, dates and UUIDs in metadata text. Raises InputError, naming the field, for
    what is of another type or cannot be.
    """
    for item in items:
        yield item if isinstance(item, Problem) else _given(item)


def _given(turn: Turn) -> Turn:
    for field in ("collection", "session", "text"):
        value = getattr(turn, field)
        if not isinstance(value, str):
            raise InputError(f"{field} must be a str, not {short_repr(value):.60}")
    if not isinstance(turn.metadata, Mapping):
        raise InputError(f"metadata must be a dict, not {short_repr(turn.metadata):.60}")
    if turn.file is None and not turn.metadata and turn.said_at is None:
        return turn
    metadata = {str(key): _json_value(str(key), value) for key, value in turn.metadata.items()}
    said_at = None if turn.said_at is None else read_said_at(turn.said_at)
    if turn.file is None and said_at is turn.said_at and metadata == turn.metadata:
        return turn
    return replace(turn, said_at=said_at, metadata=metadata, file=None, ends_file=False)
