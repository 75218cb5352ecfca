"""What a program gives as arguments: one turn, each argument checked and named when it is wrong."""

import math
from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import UTC, date, datetime
from numbers import Integral, Real
from reprlib import repr as short_repr
from uuid import UUID

from graphmem.errors import InputError
from graphmem.ingest.reading.checked import DEEPEST
from graphmem.ingest.reading.dates import parse_said_at
from graphmem.ingest.reading.turns import Items, Turn
from graphmem.types import Problem


def given_turn(
    text: object,
    *,
    session: object,
    speaker: object,
    said_at: object,
    metadata: object,
) -> Turn:
    """Return the turn that the arguments describe; an id in `metadata["id"]` is its name.

    Dates and UUIDs in the metadata become text. Raises InputError, naming the argument, for a
    value of another type, a time that is none, and metadata that JSON cannot hold.
    """
    if not isinstance(metadata, Mapping | None):
        raise InputError(f"metadata must be a dict, not {short_repr(metadata):.60}")
    named = {str(key): _json_value(str(key), value) for key, value in (metadata or {}).items()}
    source_id = named.pop("id", None)
    return Turn(
        collection="",
        session=_text("session", session),
        text=_text("text", text),
        source_id=None if source_id is None else str(source_id),
        speaker=None if speaker is None else _text("speaker", speaker),
        said_at=parse_said_at(said_at.isoformat() if type(said_at) is date else said_at),
        metadata=named,
        where="add",
    )


def _text(argument: str, value: object) -> str:
    if not isinstance(value, str):
        raise InputError(f"{argument} must be a str, not {short_repr(value):.60}")
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


def given_turns(items: Iterable[Turn | Problem]) -> Items:
    """Yield the turns that a program gives, which go on after what is stored: of no file.

    Times become UTC, dates and UUIDs in metadata text. Raises InputError, naming the field, for
    what is of another type or cannot be.
    """
    for item in items:
        yield item if isinstance(item, Problem) else _given(item)


def _given(turn: Turn) -> Turn:
    for field in ("collection", "session", "text"):
        _text(field, getattr(turn, field))
    if not isinstance(turn.metadata, Mapping):
        raise InputError(f"metadata must be a dict, not {short_repr(turn.metadata):.60}")
    if turn.file is None and not turn.metadata and turn.said_at is None:
        return turn
    metadata = {str(key): _json_value(str(key), value) for key, value in turn.metadata.items()}
    said_at = None if turn.said_at is None else parse_said_at(turn.said_at)
    if (turn.file, said_at, metadata) == (None, turn.said_at, turn.metadata) and _is_utc(turn):
        return turn
    return replace(turn, said_at=said_at, metadata=metadata, file=None, ends_file=False)


def _is_utc(turn: Turn) -> bool:
    return turn.said_at is None or turn.said_at.tzinfo is UTC
