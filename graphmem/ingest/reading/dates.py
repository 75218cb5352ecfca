"""When something was said: the dates that sources write, as aware UTC times.

Read are ISO 8601, RFC 2822, Unix times (seconds to nanoseconds), what JavaScript, Go, Java and
`date` print, and the everyday forms `1:56 pm on 8 May, 2023`, `1. Mai 2024`, `2024/05/01 10:03`,
`01.05.2024 10.03`, `2024年5月1日`. A time without a zone is taken as UTC; a date without a time as
its midnight; a month or year as its first day. Of `01/05/2024` the day comes first unless the
reader of a file knows better (`date_order`), or only another order is a date.
"""

import re
from calendar import isleap, monthrange
from datetime import UTC, datetime, timedelta, timezone, tzinfo
from reprlib import repr as short_repr
from typing import Literal, get_args

from graphmem.dates.zones import zone_of
from graphmem.errors import ConfigError, InputError
from graphmem.ingest.reading.date_words import HALF, JOINTS, MONTH, MONTH_OF, WEEKDAY, ZONES
from graphmem.ingest.reading.plain import plain, without_marks
from graphmem.ingest.reading.zones import UNZONED
from graphmem.types import Problem

DateOrder = Literal["dmy", "mdy", "ymd"]
"""Which of day, month and year comes first where all three are short numbers."""
DATE_ORDERS: tuple[DateOrder, ...] = get_args(DateOrder)

_DAY = r"(?P<day>\d{1,2})(?:st|nd|rd|th|\.)?"
_THREE_NUMBERS = (
    r"(?<!\d)(?P<first>\d{1,2})(?P<mark>[-/.]|\.\s)(?P<second>\d{1,2})(?P=mark)"
    r"(?P<third>\d{4}|\d\d)(?!\d)"
)
_NUMBERS = re.compile(_THREE_NUMBERS)
_DATES = tuple(
    re.compile(pattern, re.IGNORECASE)
    for pattern in (
        r"(?<!\d)(?P<year>\d{4})\s?[年년]\s?(?P<number>\d{1,2})\s?[月월](?:\s?(?P<day>\d{1,2})\s?[日일])?",
        r"(?<!\d)(?P<year>\d{4})(?:[-/.]|\.\s)(?P<number>\d{1,2})(?:(?:[-/.]|\.\s)(?P<day>\d{1,2})(?:\.(?!\d))?)?(?!\d)",
        _THREE_NUMBERS,
        rf"\b{_DAY}(?:\s+(?:of|de|di|d'))?[\s-]+(?P<month>{MONTH})(?:\s+de(?=\s))?[\s,-]*(?P<year>\d{{4}})\b",
        rf"\b{_DAY}-(?P<month>{MONTH})-(?P<year>\d{{2}})\b",
        rf"\b(?P<month>{MONTH})[\s-]+{_DAY}\s*[,-]?\s*(?P<year>\d{{4}})\b",
        rf"\b(?P<month>{MONTH})\s*,?\s*(?P<year>\d{{4}})\b",
        r"^(?P<year>\d{4})$",
    )
)
_CTIME = re.compile(
    r"^(?:\w{3},? )?(?P<day>\w{3} +\d{1,2}) (?P<time>\d\d:\d\d:\d\d) (?:(?P<zone>[A-Z]{2,5}) )?"
    r"(?P<year>\d{4})$"
)
_TIME = re.compile(
    rf"(?:(?P<before>{HALF.replace('<', '<b_')})\s*)?"
    r"(?P<hour>\d{1,2}):(?P<minute>\d\d)(?::(?P<second>\d\d)(?:[.,](?P<fraction>\d+))?)?"
    rf"\s*(?P<half>{HALF})?|\b(?P<sharp>\d{{1,2}})\s*(?P<sharp_half>{HALF.replace('<', '<s_')})",
    re.IGNORECASE,
)
_TAVERN = re.compile(r"^([\d-]+) ?@(\d+)h ?(\d+)m ?(\d+)s(?: ?\d+ms)?$")
"""SillyTavern's `2024-5-1 @10h 3m 5s 12ms`."""
_BETWEEN_DIGITS = re.compile(r"(?<=\d)\.(?=\d\d)")
_JOINING_T = re.compile(r"^T(?=\d)")
_DOTTED = re.compile(
    r"(?<![\d.])(?P<hour>\d{1,2})\.(?P<minute>\d\d)(?:\.(?P<second>\d\d))?(?![\d.])"
)
"""A time of day with dots, as in Danish and Finnish; read only where a date has been taken out."""
_ZONE = re.compile(
    r"(?<=[\s\d])(?:(?:UTC|GMT)?(?P<sign>[+-])(?P<h>\d\d):?(?P<m>\d\d)(?:\s+[A-Z]{1,5}\b)?"
    r"|(?P<name>[A-Z]{1,5}))(?![\w+-])"
)
_COMMENT = re.compile(r"(?<=[\d\s])\((?:[^\W\d]|[ .'-]){2,60}\)$|\sm=[+-][\d.]+$")
"""A zone in words behind its number (RFC 2822, JavaScript); Go's monotonic clock."""
_REGION = re.compile(r"\[(?P<name>[A-Z][A-Za-z_]+(?:/[A-Za-z_+-]+){0,2})\]$")
"""A zone behind its number as Java writes it."""
_FILLER = re.compile(rf"\b(?:{WEEKDAY}|{JOINTS})\b\.?|[\s,;()|]+", re.IGNORECASE)
_AROUND = re.compile(r"^[\s:,;()|@–—-]+|(?:[\s:,;()|@–—-]|\b(?:on|at)\b)+$")
_HAS_TIME = re.compile(r"\d[Tt]\d|\d:\d|\d\s*[ap]\.?m\b|^\s*\d{9,}", re.IGNORECASE)
_YEAR_ALONE = re.compile(r"\s*\d{4}\s*")
_MONTH_ALONE = re.compile(r"\s*(?:\d{4}[-/.]\d{1,2}|[^\W\d]{3,}\.?,?(?: of)? \d{4})\s*")
_LEAST = timedelta(microseconds=1)
LONGEST = 200
"""Characters of a date, or of a heading with one."""
_UNIX_UNITS = ((1e11, 1.0), (1e14, 1e3), (1e17, 1e6), (1e20, 1e9))
"""(limit, parts of a second): a Unix time below the limit is counted in this unit."""
_UNIX = re.compile(r"\d{9,}(?:\.\d+)?")
_UNIX_FIRST = 1e8
"""Smaller numbers (before March 1973) are counters or years, not Unix times."""


def parse_said_at(value: object, *, date_order: DateOrder = "dmy") -> datetime:
    """Return the aware UTC time that a source wrote; InputError if it is not one that can be."""
    return read_said_at(value, date_order=date_order).astimezone(UTC)


def read_said_at(value: object, *, date_order: DateOrder = "dmy") -> datetime:
    """Return the aware time that a source wrote, in the zone it wrote; UNZONED if it wrote none.

    Raises InputError if it is not one that can be.
    """
    try:
        if (moment := _moment(value, date_order)) is not None:
            moment.astimezone(UTC)  # raises if it is outside of what can be stored
            return moment
    except (ValueError, OverflowError, ConfigError) as error:
        raise InputError(f"{short_repr(value):.60} is not a date that can be: {error}") from error
    raise InputError(f"{short_repr(value):.60} is not a date; write it as 2024-05-01T10:03:00Z")


def _moment(value: object, date_order: DateOrder) -> datetime | None:
    if isinstance(value, str):
        return _from_text(value.strip(), date_order)
    if isinstance(value, int | float) and not isinstance(value, bool):
        return _from_unix(value)
    return _aware(value) if isinstance(value, datetime) else None


def find_said_at(text: str, *, date_order: DateOrder = "dmy") -> tuple[datetime | None, str]:
    """Return the time that stands in a heading, and the heading without it.

    `Session 3 (8 May 2023)` gives 8 May 2023 and `Session 3`. InputError for a date that cannot be.
    """
    try:
        found = _find(text, date_order)
        if found is not None:
            found[0].astimezone(UTC)
    except (ValueError, OverflowError) as error:
        raise InputError(f"{text!r:.60} has a date that cannot be: {error}") from error
    if found is None:
        return None, text
    moment, rest = found
    return moment, _AROUND.sub("", rest)


def parse_clock(text: str) -> timedelta | None:
    """Return the time of day that a text is, `10:03` or `1:56 pm`; None if it is something else."""
    time = _TIME.fullmatch(_BETWEEN_DIGITS.sub(":", plain(text.strip())))
    try:
        return _clock(time) if time else None
    except ValueError:
        return None


def parse_as_of(value: datetime | str, zone: tzinfo = UTC) -> datetime:
    """Return the moment asked about: a day, month or year alone means its last moment in a zone."""
    moment = parse_said_at(value)
    if not isinstance(value, str) or _HAS_TIME.search(value):
        return moment
    days = 1
    if _YEAR_ALONE.fullmatch(value):
        days = 365 + isleap(moment.year)
    elif _MONTH_ALONE.fullmatch(value):
        days = monthrange(moment.year, moment.month)[1]
    try:
        return (moment.replace(tzinfo=zone) + timedelta(days)).astimezone(UTC) - _LEAST
    except OverflowError:
        return datetime.max.replace(tzinfo=UTC)


def parse_since(value: datetime | str, zone: tzinfo = UTC) -> datetime:
    """Return the moment from which on is asked: a day, month or year begins in a zone."""
    moment = parse_said_at(value)
    if not isinstance(value, str) or _HAS_TIME.search(value):
        return moment
    return moment.replace(tzinfo=zone).astimezone(UTC)


def try_said_at(
    value: object, where: str, *, date_order: DateOrder = "dmy"
) -> tuple[datetime | None, Problem | None]:
    """Return the time, or None and the problem that keeps the turn without one."""
    if value is None or value == "":
        return None, None
    try:
        return read_said_at(value, date_order=date_order), None
    except InputError as error:
        return None, Problem(
            source=where, message=f"{error}; the turn was kept without a date", skipped=False
        )


def _aware(moment: datetime) -> datetime:
    return moment if moment.tzinfo else moment.replace(tzinfo=UNZONED)


def _from_unix(value: float) -> datetime:
    for limit, parts in _UNIX_UNITS:
        if _UNIX_FIRST <= value < limit:
            return datetime(1970, 1, 1, tzinfo=UTC) + timedelta(seconds=value / parts)
    raise ValueError("as a Unix time the number is out of range")


def _from_text(text: str, date_order: DateOrder) -> datetime:
    if len(text) > LONGEST:
        raise ValueError("it is too long for one")
    if _UNIX.fullmatch(text):
        return _from_unix(float(text))
    try:
        return _aware(datetime.fromisoformat(text))
    except ValueError:
        return _from_words(text, date_order)


def _from_words(text: str, date_order: DateOrder) -> datetime:
    """Read date, time and zone wherever they stand, and refuse anything else that is left."""
    bare = _COMMENT.sub("", plain(without_marks(text))).rstrip()
    region = _REGION.search(bare)
    if region:
        bare = bare[: region.start()]
    found = _find(bare, date_order)
    if found is None:
        raise ValueError("no day, month and year in it")
    moment, rest = found
    if left := _FILLER.sub("", rest):
        raise ValueError(f"{left!r:.40} is not part of one")
    if region and not _has_offset(bare):
        return moment.replace(tzinfo=zone_of(region["name"]))
    return moment


def _has_offset(text: str) -> bool:
    return re.search(r":\d\d(?:[.,]\d+)?(?:Z|\s?[+-]\d\d:?\d\d)$", text) is not None


def _find(text: str, date_order: DateOrder) -> tuple[datetime, str] | None:
    """Return the time in a text and the text around it; None if there is no date in it."""
    text = _TAVERN.sub(lambda m: f"{m[1]} {m[2]}:{m[3]:0>2}:{m[4]:0>2}", text)
    text = _CTIME.sub(lambda m: f"{m['day']} {m['year']} {m['time']} {m['zone'] or ''}", text)
    date = next((found for pattern in _DATES if (found := pattern.search(text))), None)
    if date is None:
        return None
    clock, zone = timedelta(), UNZONED
    rest = text[: date.start()] + " " + _JOINING_T.sub(" ", text[date.end() :])
    if time := _TIME.search(rest) or _DOTTED.search(rest):
        clock = _clock(time)
        rest = rest[: time.start()] + " " + rest[time.end() :]
        if name := _ZONE.search(rest, max(time.start() - 1, 0)):
            zone = _zone(name)
            rest = rest[: name.start()] + rest[name.end() :]
    return _day(date, date_order).replace(tzinfo=zone) + clock, rest


def _clock(time: re.Match[str]) -> timedelta:
    parts = time.groupdict()
    hour = int(parts["hour"] or parts["sharp"])
    minute, second = int(parts["minute"] or 0), int(parts["second"] or 0)
    is_after = bool(parts.get("after") or parts.get("b_after") or parts.get("s_after"))
    is_fore = bool(parts.get("fore") or parts.get("b_fore") or parts.get("s_fore"))
    half = is_after or is_fore
    if hour > (12 if half else 23) or minute > 59 or second > 60 or (half and hour == 0):
        raise ValueError(f"{time[0]!r} is no time of a day")
    if half:
        hour = hour % 12 + (12 if is_after else 0)
    fraction = float(f"0.{parts.get('fraction') or 0}")
    return timedelta(hours=hour, minutes=minute, seconds=second + fraction)


def _zone(zone: re.Match[str]) -> timezone:
    if zone["name"]:
        if zone["name"] not in ZONES:
            raise ValueError(f"unknown time zone {zone['name']}; write it as +02:00")
        return timezone(timedelta(hours=ZONES[zone["name"]]))
    offset = timedelta(hours=int(zone["h"]), minutes=int(zone["m"]))
    return timezone(-offset if zone["sign"] == "-" else offset)


def _day(date: re.Match[str], date_order: DateOrder) -> datetime:
    parts = date.groupdict()
    if parts.get("first"):
        return day_of((parts["first"], parts["second"], parts["third"]), date_order)
    year = int(parts["year"]) + (2000 if len(parts["year"]) == 2 else 0)
    if name := parts.get("month"):
        month = MONTH_OF[name.rstrip(".").lower()]
        return datetime(year, month, int(parts.get("day") or 1))
    return datetime(year, int(parts.get("number") or 1), int(parts.get("day") or 1))


def numbers_of(date: str) -> tuple[str, str, str] | None:
    """Return the three numbers of a date whose order is not told by its form; else None."""
    found = _NUMBERS.search(date)
    return (found["first"], found["second"], found["third"]) if found else None


def day_of(
    numbers: tuple[str, str, str], date_order: DateOrder, *, strict: bool = False
) -> datetime:
    """Return the day of three numbers in an order; in another, unless strict, if only that is one.

    Raises ValueError if it is no day.
    """
    first, second, third = map(int, numbers)
    if date_order == "ymd":
        if len(numbers[2]) == 2:
            return datetime(2000 + first, second, third)
        if strict:
            raise ValueError("the year comes last")
    year = third + (2000 if len(numbers[2]) == 2 else 0)
    day, month = (second, first) if date_order == "mdy" else (first, second)
    if month > 12 and not strict:
        day, month = month, day
    return datetime(year, month, day)
