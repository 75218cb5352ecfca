"""Finding a turn's parts in a JSON object, under the names that different programs give them."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from functools import lru_cache
from reprlib import repr as short_repr
from typing import Any

from graphmem.ingest.reading.dates import try_said_at
from graphmem.types import Problem

TEXT_KEYS = ("text", "content", "message", "utterance", "body", "value")
SPEAKER_KEYS = ("speaker", "role", "author", "from", "name", "sender", "user")
SESSION_KEYS = (
    "session", "session_id", "conversation_id", "conversation", "thread_id", "thread",
    "dialogue_id", "dialog_id", "chat_id",
)  # fmt: skip
SAID_AT_KEYS = (
    "said_at",
    "timestamp",
    "created_at",
    "create_time",
    "datetime",
    "date",
    "time",
    "ts",
)
ID_KEYS = ("source_id", "id", "dia_id", "message_id", "turn_id", "uuid", "_id")


@lru_cache(maxsize=4096)
def folded(key: str) -> str:
    """Return a key without case and underscores."""
    return key.replace("_", "").replace("-", "").lower()


def folded_path(path: str) -> str:
    """Return a path of keys, parted by dots, without case and underscores."""
    return ".".join(map(folded, path.split(".")))


def take(record: dict[str, Any], keys: Sequence[str]) -> object:
    """Remove and return the first of the keys that has a value; None if none has."""
    for key in keys:
        value = record.get(key)
        if value is not None and value != "":
            return record.pop(key)
    return None


def take_name(record: dict[str, Any], keys: Sequence[str]) -> str | None:
    """Remove and return the first of the keys that is a name or a number, as text."""
    for key in keys:
        value = record.get(key)
        if value is None or value == "" or isinstance(value, bool):
            continue
        if isinstance(value, str | int):
            del record[key]
            return str(value).strip() or None
    return None


def take_said_at(record: dict[str, Any], where: str) -> tuple[datetime | None, Problem | None]:
    """Remove and return the time, from a date and a time of day that stand apart too.

    A date that cannot be comes back as a problem, and stays in the record as `said_at`.
    """
    date, time = record.get("date"), record.get("time")
    written = take(record, SAID_AT_KEYS)
    if isinstance(date, str) and isinstance(time, str) and written == date and ":" not in date:
        written = f"{date} {record.pop('time')}"
    said_at, problem = try_said_at(written, where)
    if problem:
        record["said_at"] = written
    return said_at, problem


def shown(value: object) -> str:
    """Return the beginning of a value, for a problem's message."""
    return f"{short_repr(value):.60}"


def content_text(content: object, *, joint: str = "\n") -> str | None:
    """Return the text of a message's content: a string, or the text parts of a list, joined.

    None if it is neither; "" if the parts are pictures, tool calls and the like.
    """
    if isinstance(content, str):
        return content
    if not isinstance(content, list):
        return None
    return joint.join(text for part in content if (text := _part_text(part)))


def _part_text(part: object) -> str:
    if isinstance(part, str):
        return part
    if not isinstance(part, Mapping):
        return ""
    text = part.get("text")
    if text is None and part.get("type") == "LINE_BREAK":
        return "\n"
    return text if isinstance(text, str) else ""
