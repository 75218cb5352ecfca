"""When something was said: the dates that sources write, as aware UTC times.

Read are ISO 8601, RFC 2822, Unix times (seconds to nanoseconds), and the everyday forms
`1:56 pm on 8 May, 2023`, `May 8, 2023`, `2024/05/01 10:03`, `01.05.2024`. A time without a zone
is taken as UTC; a date without a time as its midnight; a month or year as its first day. In
`01/05/2024` the day comes first, unless only the other order is a date.
"""

import re
from datetime import UTC, datetime, timedelta, timezone
from reprlib import repr as short_repr

from graphmem.errors import InputError
from graphmem.text import MONTH_NAMES
from graphmem.types import Problem

_MONTHS = tuple(name[:3].lower() for name in MONTH_NAMES)
_MONTH = (
    r"(?P<month>jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?"
    r"|sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)\b\.?"
)
_DAY = r"(?P<day>\d{1,2})(?:st|nd|rd|th)?"
_DATES = tuple(
    re.compile(pattern, re.IGNORECASE)
    for pattern in (
        r"(?<!\d)(?P<year>\d{4})[-/.](?P<number>\d{1,2})(?:[-/.](?P<day>\d{1,2}))?(?!\d)",
        r"(?<!\d)(?P<first>\d{1,2})(?P<mark>[-/.])(?P<second>\d{1,2})(?P=mark)(?P<year>\d{4}|\d\d)(?!\d)",
        rf"\b{_DAY}(?:\s+of)?[\s-]+{_MONTH}[\s,-]*(?P<year>\d{{4}})\b",
        rf"\b{_MONTH}\s+{_DAY}\s*,?\s*(?P<year>\d{{4}})\b",
        rf"\b{_MONTH}\s*,?\s*(?P<year>\d{{4}})\b",
        r"^(?P<year>\d{4})$",
    )
)
_CTIME = re.compile(
    r"^(?:\w{3} )?(?P<day>\w{3} +\d{1,2}) (?P<time>\d\d:\d\d:\d\d) (?P<year>\d{4})$"
)
_TIME = re.compile(
    r"(?P<hour>\d{1,2}):(?P<minute>\d\d)(?::(?P<second>\d\d)(?:[.,](?P<fraction>\d+))?)?"
    r"\s*(?P<half>[ap]\.?m\b\.?)?|\b(?P<sharp>\d{1,2})\s*(?P<sharp_half>[ap]\.?m\b\.?)",
    re.IGNORECASE,
)
_ZONE = re.compile(
    r"(?<=[\s\d])(?:(?:UTC|GMT)?(?P<sign>[+-])(?P<h>\d\d):?(?P<m>\d\d)|(?P<name>[A-Z]{1,4}))\b"
)
_ZONES = {"Z": 0, "UT": 0, "UTC": 0, "GMT": 0, "EST": -5, "EDT": -4, "CST": -6, "CDT": -5}
_ZONES |= {"MST": -7, "MDT": -6, "PST": -8, "PDT": -7}
"""Hours east of UTC of the zone names of RFC 2822 section 4.3."""
_FILLER = re.compile(
    r"\b(?:(?:mon|tue|tues|wed|wednes|thu|thur|thurs|fri|sat|satur|sun)(?:day)?|on|at|of|the)\b|[\s,;()|]+",
    re.IGNORECASE,
)
_AROUND = re.compile(r"^[\s:,;()|@–—-]+|(?:[\s:,;()|@–—-]|\b(?:on|at)\b)+$")
LONGEST = 200
"""Characters of a date, or of a heading with one."""
_UNIX_UNITS = ((1e11, 1.0), (1e14, 1e3), (1e17, 1e6), (1e20, 1e9))
"""(limit, parts of a second): a Unix time below the limit is counted in this unit."""
_UNIX_FIRST = 1e8
"""Smaller numbers (before March 1973) are counters or years, not Unix times."""


def parse_said_at(value: object) -> datetime:
    """Return the aware UTC time that a source wrote; InputError if it is not one that can be."""
    try:
        if isinstance(value, str):
            return _from_text(value.strip()).astimezone(UTC)
        if isinstance(value, int | float) and not isinstance(value, bool):
            return _from_unix(value)
        if isinstance(value, datetime):
            return _aware(value).astimezone(UTC)
    except (ValueError, OverflowError) as error:
        raise InputError(f"{short_repr(value):.60} is not a date that can be: {error}") from error
    raise InputError(f"{short_repr(value):.60} is not a date; write it as 2024-05-01T10:03:00Z")


def find_said_at(text: str) -> tuple[datetime | None, str]:
    """Return the time that stands in a heading, and the heading without it.

    `Session 3 (8 May 2023)` gives 8 May 2023 and `Session 3`. InputError for a date that cannot be.
    """
    try:
        found = _find(text)
    except (ValueError, OverflowError) as error:
        raise InputError(f"{text!r:.60} has a date that cannot be: {error}") from error
    if found is None:
        return None, text
    moment, rest = found
    return moment.astimezone(UTC), _AROUND.sub("", rest)


def parse_clock(text: str) -> timedelta | None:
    """Return the time of day that a text is, `10:03` or `1:56 pm`; None if it is something else."""
    time = _TIME.fullmatch(text.strip())
    try:
        return _clock(time) if time else None
    except ValueError:
        return None


def parse_as_of(value: datetime | str) -> datetime:
    """Return the moment asked about: a day without a time means its last moment, in UTC."""
    moment = parse_said_at(value)
    day_alone = isinstance(value, str) and ":" not in value
    return moment + timedelta(days=1, microseconds=-1) if day_alone else moment


def try_said_at(value: object, where: str) -> tuple[datetime | None, Problem | None]:
    """Return the time, or None and the problem that keeps the turn without one."""
    if value is None or value == "":
        return None, None
    try:
        return parse_said_at(value), None
    except InputError as error:
        return None, Problem(
            source=where, message=f"{error}; the turn was kept without a date", skipped=False
        )


def _aware(moment: datetime) -> datetime:
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)


def _from_unix(value: float) -> datetime:
    for limit, parts in _UNIX_UNITS:
        if _UNIX_FIRST <= value < limit:
            return datetime(1970, 1, 1, tzinfo=UTC) + timedelta(seconds=value / parts)
    raise ValueError("as a Unix time the number is out of range")


def _from_text(text: str) -> datetime:
    if len(text) > LONGEST:
        raise ValueError("it is too long for one")
    if re.fullmatch(r"\d{9,}(?:\.\d+)?", text):
        return _from_unix(float(text))
    try:
        return _aware(datetime.fromisoformat(text))
    except ValueError:
        return _from_words(text)


def _from_words(text: str) -> datetime:
    """Read date, time and zone wherever they stand, and refuse anything else that is left."""
    found = _find(text)
    if found is None:
        raise ValueError("no day, month and year in it")
    moment, rest = found
    if left := _FILLER.sub("", rest):
        raise ValueError(f"{left!r:.40} is not part of one")
    return moment


def _find(text: str) -> tuple[datetime, str] | None:
    """Return the time in a text and the text around it; None if there is no date in it."""
    text = _CTIME.sub(r"\g<day> \g<year> \g<time>", text)
    date = next((found for pattern in _DATES if (found := pattern.search(text))), None)
    if date is None:
        return None
    clock, zone = timedelta(), UTC
    rest = text[: date.start()] + " " + text[date.end() :]
    if time := _TIME.search(rest):
        clock = _clock(time)
        rest = rest[: time.start()] + " " + rest[time.end() :]
        if name := _ZONE.search(rest, max(time.start() - 1, 0)):
            zone = _zone(name)
            rest = rest[: name.start()] + rest[name.end() :]
    return _day(date).replace(tzinfo=zone) + clock, rest


def _clock(time: re.Match[str]) -> timedelta:
    hour, half = int(time["hour"] or time["sharp"]), time["half"] or time["sharp_half"]
    minute, second = int(time["minute"] or 0), int(time["second"] or 0)
    if hour > (12 if half else 23) or minute > 59 or second > 60 or (half and hour == 0):
        raise ValueError(f"{time[0]!r} is no time of a day")
    if half:
        hour = hour % 12 + (12 if half[0] in "pP" else 0)
    fraction = float(f"0.{time['fraction'] or 0}")
    return timedelta(hours=hour, minutes=minute, seconds=second + fraction)


def _zone(zone: re.Match[str]) -> timezone:
    if zone["name"]:
        if zone["name"] not in _ZONES:
            raise ValueError(f"unknown time zone {zone['name']}; write it as +02:00")
        return timezone(timedelta(hours=_ZONES[zone["name"]]))
    offset = timedelta(hours=int(zone["h"]), minutes=int(zone["m"]))
    return timezone(-offset if zone["sign"] == "-" else offset)


def _day(date: re.Match[str]) -> datetime:
    parts = date.groupdict()
    year = int(parts["year"]) + (2000 if len(parts["year"]) == 2 else 0)
    if parts.get("first"):
        day, month = int(parts["first"]), int(parts["second"])
        return datetime(year, day, month) if month > 12 else datetime(year, month, day)
    if name := parts.get("month"):
        return datetime(year, _MONTHS.index(name[:3].lower()) + 1, int(parts.get("day") or 1))
    return datetime(year, int(parts.get("number") or 1), int(parts.get("day") or 1))
