"""Values of rows, each of the type that was written: damage can change a value's type.

Whatever is not raises TypeError or ValueError; `errors.rows_of` names the table.
"""

import json
import struct
from datetime import UTC, datetime, timedelta
from functools import lru_cache
from typing import Any

from graphmem.types import Span

BEFORE_ALL = -(2**63)
"""What stands for no time where episodes are put in order: they come first."""

_MICROSECONDS = 1_000_000
"""Of a second."""

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_MICROSECOND = timedelta(microseconds=1)
_FIRST, _LAST = (
    (moment.replace(tzinfo=UTC) - _EPOCH) // _MICROSECOND for moment in (datetime.min, datetime.max)
)
"""The first and the last moment that there are, in microseconds since 1970."""
_MOMENTS = 4_096
"""Times that are kept at hand: a note has one in three places, its neighbours nearly the same."""


def as_text(value: object) -> Any:
    """Return a text; the caller knows which of the types of ids it is."""
    if not isinstance(value, str):
        raise TypeError(f"a text was written, {type(value).__name__} is there")
    return value


def as_text_or_none(value: object) -> Any:
    """Return a text, or None where nothing is there."""
    return None if value is None else as_text(value)


def as_number(value: object) -> float:
    """Return a number."""
    if not isinstance(value, int | float):
        raise TypeError(f"a number was written, {type(value).__name__} is there")
    return value


def as_texts(value: object) -> tuple[str, ...]:
    """Return the texts of a JSON list."""
    if value == "[]":  # as most are
        return ()
    found = json.loads(as_text(value))
    if not isinstance(found, list):
        raise TypeError(f"a list was written, {type(found).__name__} is there")
    return tuple(as_text(item) for item in found)


def as_place(value: object, length: int) -> int:
    """Return a place in a text, or in a list, of a length."""
    if not isinstance(value, int) or not 0 <= value <= length:
        raise ValueError(f"the place {value} is outside of {length}")
    return value


def time_number(moment: datetime | None) -> int | None:
    """Return a moment as it is stored beside notes and episodes: microseconds since 1970."""
    return None if moment is None else (moment - _EPOCH) // _MICROSECOND


def order_number(written: str) -> int:
    """Return the time of an `Episode.order` as it is stored."""
    return (datetime.fromisoformat(written) - _EPOCH) // _MICROSECOND if written else BEFORE_ALL


def as_seconds(value: object) -> float:
    """Return the seconds since 1970 of a time that is stored as a number."""
    if not isinstance(value, int) or not _FIRST <= value <= _LAST:
        raise ValueError(f"{value} is no time of the years 1 to 9999")
    return value / _MICROSECONDS  # to the bit as `timestamp` does


def as_moment(value: object) -> datetime | None:
    """Return an aware UTC time, or None where nothing is there: a number, or a journal's text."""
    return None if value is None else _moment(value)


@lru_cache(maxsize=_MOMENTS)
def _moment(written: object) -> datetime:
    if isinstance(written, int):
        return _EPOCH + timedelta(microseconds=written)
    moment = datetime.fromisoformat(as_text(written))
    if moment.utcoffset() is None or moment.utcoffset():
        raise ValueError(f"{written} is no UTC time")
    return moment


def as_spans(value: object, length: int) -> tuple[Span, ...]:
    """Return the sentences of a text of a length."""
    if not isinstance(value, bytes):
        raise TypeError(f"bytes were written, {type(value).__name__} is there")
    if len(value) % 8:
        raise ValueError(f"{len(value)} bytes are no sentences")
    numbers = struct.unpack(f"<{len(value) // 4}i", value)
    spans = tuple(zip(numbers[::2], numbers[1::2], strict=True))
    for start, end in spans:
        if not 0 <= start <= end <= length:
            raise ValueError(f"a sentence is outside of its text of {length}")
    return spans
