"""Chats as programs export, log and show them: every message begins in the file's one shape."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from functools import lru_cache

from graphmem.errors import InputError
from graphmem.ingest.formats.chat_events import Event, came_or_went, event_in, event_of, unedited
from graphmem.ingest.formats.chat_grammar import order_of
from graphmem.ingest.formats.chat_heads import joined_heads
from graphmem.ingest.formats.chat_shapes import Shape
from graphmem.ingest.reading.dates import (
    DATE_ORDERS,
    LONGEST,
    DateOrder,
    numbers_of,
    parse_clock,
    read_said_at,
)
from graphmem.ingest.reading.plain import plain, without_marks
from graphmem.ingest.reading.text_lines import read_head, read_lines
from graphmem.ingest.reading.turns import Items, SourceFile, Turn
from graphmem.types import Problem

MAX_TURN = 16 * 1024 * 1024
"""Characters of one message; what goes on longer begins another by the same speaker."""
_HALF_A_DAY = timedelta(hours=12)
_YEAR = re.compile(r"\d{4}|\d[-/.]\s?\d{1,2}[-/.]\s?\d")
"""A year, or three numbers of which one is it."""
_DIGIT = re.compile(r"\d")
_DAY_LINE = re.compile(
    r"^(?:[-=*]{2,}\s*)?(?:day changed(?: to)?|(?:begin|end) logging at|log (?:opened|closed)"
    r"|session (?:start|time|close):?)?\s*(?P<day>[^\s=*-].{5,60}?)\s*(?:[-=*]{2,})?$",
    re.IGNORECASE,
)
_WEEKDAY_ALONE = re.compile(r"\(\w{1,3}\)")
_LONGEST_DAY = 80
"""Letters of a line that only says which day it is."""
_ACTION = re.compile(r"^\*\s+(?P<name>\S{1,64})\s(?P<text>.+)$")


@dataclass(frozen=True, slots=True)
class _Message:
    """The first line of a message, or of what the chat's program says."""

    line: int
    speaker: str | None
    text: str
    stamp: str
    """As written, if it says no time that can be."""
    said_at: datetime | None
    event: Event | None = None


@dataclass(slots=True)
class _Clock:
    """The time that the reading has come to."""

    order: DateOrder
    day: datetime | None = None
    """The day of stamps that name none, or no year."""
    now: datetime | None = None

    def read(self, found: re.Match[str]) -> datetime | None:
        """Return when a line was said; None: it says no day, or one that cannot be."""
        date, zone = found["date"], found["zone"].strip()
        time = _time(found["clock"])
        if not date or not _DIGIT.search(date):  # today, at some time
            return self._on_the_day(time)
        if self.day is not None and not _YEAR.search(date):
            date = f"{date} {self.day.year}"
        day = _moment(date, self.order)
        if day is None or time is None:
            return None
        return _moment(f"{day + time:%Y-%m-%d %H:%M:%S} {zone}", "ymd") if zone else day + time

    def _on_the_day(self, time: timedelta | None) -> datetime | None:
        if self.day is None or time is None:
            return None
        moment = self.day + time
        if self.now and moment < self.now - _HALF_A_DAY:
            self.day += timedelta(days=1)
            moment += timedelta(days=1)
        self.now = moment
        return moment


_time = lru_cache(maxsize=4096)(parse_clock)


@lru_cache(maxsize=1024)
def _moment(text: str, order: DateOrder) -> datetime | None:
    try:
        return read_said_at(text, date_order=order)
    except InputError:
        return None


def read_chat(file: SourceFile, shape: Shape) -> Items:
    """Yield the messages of a file whose messages begin in a shape; other lines go on with one.

    The whole file is looked at for the order of its dates, then read. What the chat's program says
    has no speaker and the metadata `system`; what holds nothing is left out and counted.
    """
    said = next((order for order in DATE_ORDERS if order == file.date_order), None)
    clock = _Clock(said or _order(file, shape))
    if said is None and clock.order != "dmy":
        yield _about_order(file, clock.order)
    left_out = 0
    for part in _parts(file, shape, clock):
        if isinstance(part, Problem):
            yield part
            continue
        first, text = part
        if first.event is Event.NOTHING:
            left_out += 1
            continue
        yield _turn(file, first, text)
        if first.said_at is None and _YEAR.search(first.stamp):
            message = f"{first.stamp!r} is not a date that can be; the turn was kept without a date"
            yield Problem(source=file.line(first.line), message=message, skipped=False)
    if left_out:
        message = f"{left_out} lines that only say what was deleted, or who came and went"
        yield Problem(source=file.label, message=f"{message}, were left out", skipped=False)


def _turn(file: SourceFile, first: _Message, text: str) -> Turn:
    metadata: dict[str, object] = {}
    if first.event is Event.MEDIA:
        metadata["media"] = True
    if first.event is Event.SYSTEM:
        metadata["system"] = True
    if first.said_at is None:
        metadata["said_at"] = first.stamp
    return Turn(
        collection=file.collection,
        session=file.name,
        text=unedited(text),
        speaker=first.speaker,
        said_at=first.said_at,
        metadata=metadata,
        where=file.line(first.line),
        file=file,
    )


def _lines(file: SourceFile, shape: Shape) -> Iterator[tuple[int, str] | Problem]:
    lines = read_lines(file)
    return joined_heads(lines, read_head(file)) if shape.is_split else lines


def _parts(
    file: SourceFile, shape: Shape, clock: _Clock
) -> Iterator[tuple[_Message, str] | Problem]:
    """Join the lines of each message; hold one message at a time."""
    first: _Message | None = None
    lines: list[str] = []
    size = 0
    for numbered in _lines(file, shape):
        if isinstance(numbered, Problem):
            yield numbered
            continue
        number, line = numbered[0], without_marks(numbered[1])
        begun = _first_line(shape, number, line, clock)
        is_day = begun is None and _is_day(shape, line, clock)
        if begun is None and first and not is_day and size > MAX_TURN:
            begun = replace(first, text=line)
        if first and (begun or is_day):
            yield first, "\n".join(lines).strip()
            first = None
        if begun:
            first, lines, size = begun, [begun.text], len(begun.text)
        elif first:
            lines.append(line)
            size += len(line)
        elif line.strip() and not is_day:
            yield Problem(source=file.line(number), message=f"no turn begins here: {line[:60]!r}")
    if first:
        yield first, "\n".join(lines).strip()


def _first_line(shape: Shape, number: int, line: str, clock: _Clock) -> _Message | None:
    """Return the message that begins in a line; None: the line goes on with another."""
    head, rest = line[:LONGEST], line[LONGEST:]
    if rest and shape.is_alone:
        return None
    bare = plain(head)
    found = shape.message.match(bare)
    if found and (event := event_of(head[found.start("name") :])) is None:
        text = head[slice(*found.span("text"))] + rest
        event = event_in(text)
        speaker = head[slice(*found.span("name"))].strip()
        if speaker == "*" and (action := _ACTION.match(f"* {text}")):  # WeeChat's
            speaker, text = action["name"], action["text"]
        said = None if event is Event.SYSTEM else speaker
        said_at = clock.read(found)
        stamp = "" if said_at else _stamp(head, found)
        return _Message(number, said, text, stamp, said_at, event)
    found = shape.head.match(bare) if shape.head else None
    if found is None:
        return None
    text = head[slice(*found.span("text"))] + rest
    if (action := _ACTION.match(text)) and not came_or_went(text):
        stamp = _stamp(head, found)
        return _Message(number, action["name"], action["text"], stamp, clock.read(found))
    event = event_of(text) or Event.SYSTEM
    return _Message(number, None, text, _stamp(head, found), clock.read(found), event)


def _stamp(line: str, found: re.Match[str]) -> str:
    """Return date and time as written."""
    parts = [found.span(part) for part in ("date", "clock", "zone") if found[part]]
    return line[min(parts)[0] : max(end for _, end in parts)].strip()


def _is_day(shape: Shape, line: str, clock: _Clock) -> bool:
    """Tell whether a line only says which day it is, and note it; stamps with a day need none."""
    if shape.is_dated and clock.day is not None:
        return False
    found = _DAY_LINE.match(plain(line)) if len(line) <= LONGEST else None
    day = _moment(_WEEKDAY_ALONE.sub("", found["day"]), clock.order) if found else None
    if day is None:
        return False
    clock.day, clock.now = day.replace(hour=0, minute=0, second=0, microsecond=0), None
    return True


def _order(file: SourceFile, shape: Shape) -> DateOrder:
    """Return the order of day and month in a file's stamps."""
    return order_of(_dates(file, shape) if shape.is_dated else _days(file))


def _days(file: SourceFile) -> Iterator[str]:
    """Yield the days that stand on lines of their own, over messages that have a time alone."""
    for numbered in read_lines(file):
        if not isinstance(numbered, Problem) and len(numbered[1]) <= _LONGEST_DAY:
            found = _DAY_LINE.match(plain(without_marks(numbered[1])))
            if found and numbers_of(found["day"]):
                yield found["day"]


def _dates(file: SourceFile, shape: Shape) -> Iterator[str]:
    """Yield the dates of a file's stamps; of messages of one day the first may do for all.

    What begins as the message before it, to the sign behind the date, has its date.
    """
    begins = "\0"
    for numbered in _lines(file, shape):
        if isinstance(numbered, Problem) or numbered[1].startswith(begins):
            continue
        line = plain(without_marks(numbered[1][:LONGEST]))
        if found := shape.message.match(line):
            yield found["date"]
            end = found.end("date") + 1
            begins = line[:end] if line[:end] == numbered[1][:end] else "\0"


def _about_order(file: SourceFile, order: DateOrder) -> Problem:
    first = {"mdy": "the month", "ymd": "the year"}[order]
    message = (
        f"its dates are read with {first} first, the order that explains the whole file best; "
        "--date-order overrules"
    )
    return Problem(source=file.label, message=message, skipped=False)
