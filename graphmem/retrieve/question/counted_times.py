"""Times that are counted: the week before 16 November, two days after Easter, the last ten days."""

import math
import re
from collections.abc import Iterator
from datetime import UTC, datetime

from graphmem.dates.pattern import COUNTS, WEEKDAYS
from graphmem.dates.read import dates
from graphmem.retrieve.question.calendar import Calendar, Time, counted
from graphmem.retrieve.question.dated import COUNTED_FROM_NOW, PERIODS, periods_of
from graphmem.retrieve.question.named_times import named_times
from graphmem.retrieve.question.period import EPOCH, Period, shifted

ANY_YEAR = datetime(2024, 6, 15, tzinfo=UTC)
"""What a day without a year is read against; 2024 has a 29 February."""
_COUNT = r"(?:\d{1,3}|an?|the|" + "|".join(c for c in COUNTS if " " not in c and len(c) > 2) + ")"
_SHIFT = re.compile(
    rf"\b(?P<n>{_COUNT})\s+(?P<unit>day|week|month|year|weekend|{'|'.join(WEEKDAYS)})s?"
    r"\s+(?P<side>before|after)\s+"
)
_AROUND = re.compile(r"\bthe\s+(?P<unit>week|weekend)\s+of\s+")
_ROLLING = re.compile(
    r"(?:\b(?P<lead>in|over|during|within|for)\s+)?\b(?:the|these)\s+(?:last|(?P<past>past))\s+"
    rf"(?:(?P<n>{_COUNT}|few|couple\s+of|several)\s+)?(?P<unit>hour|day|week|month|year)s?\b"
    r"(?!\s+(?:of|before|in)\b)"
)
_SEVERAL = ("few", "several")
_FEW = 5
"""How many a few are."""
_LENGTHS = {"hour": 1 / 24, "day": 1, "week": 7, "month": 31, "year": 366}


def rolling(lowered: str, calendar: Calendar) -> Iterator[Time]:
    """Read `in the last two weeks`, `these past few days`, `in the past month`: up to now."""
    for match in _ROLLING.finditer(lowered):
        is_counted = match["n"] is not None
        if calendar.today is None or not (is_counted or (match["lead"] and match["past"])):
            continue  # `the last week` is the one before this
        count = _FEW if match["n"] in _SEVERAL else counted(match["n"] or "a")
        days = math.ceil(count * _LENGTHS[match["unit"]])
        period = calendar.days(shifted(calendar.today, -days), shifted(calendar.today, 1))
        yield Time(*match.span(), "", (period,), True, True)


def moved_times(lowered: str, calendar: Calendar) -> Iterator[Time]:
    """Read `the week before 16 November`, `two days after Monday`."""
    for match in _SHIFT.finditer(lowered):
        one = _next_time(lowered[match.end() :], calendar)
        if one is None:
            continue
        count = counted(match["n"])
        count = count if match["side"] == "after" else -count
        periods = tuple(_moved(period, match["unit"], count, calendar) for period in one.periods)
        yield Time(match.start(), match.end() + one.end, "", periods, one.from_now, True)


def weeks_around(lowered: str, calendar: Calendar) -> Iterator[Time]:
    """Read `the week of 3 June`, `the weekend of the 8th of June`."""
    for match in _AROUND.finditer(lowered):
        one = _next_time(lowered[match.end() :], calendar)
        if one is None or any(period.days > 7 for period in one.periods):
            continue
        periods: list[Period] = []
        for period in one.periods:
            first = shifted(EPOCH, int(period.first))
            monday = shifted(first, -first.weekday())
            begin = shifted(monday, 5) if match["unit"] == "weekend" else monday
            periods.append(Period.of(begin, shifted(monday, 7), calendar.zone))
        end = match.end() + one.end
        yield Time(match.start(), end, "in", tuple(periods), one.from_now, True)


def _next_time(rest: str, calendar: Calendar) -> Time | None:
    """Return the date or the feast that a text begins with."""
    spans = dates(rest, calendar.now or ANY_YEAR)[:1]
    for span in spans:
        is_known = calendar.now is not None or span.kind not in COUNTED_FROM_NOW
        if span.start <= len("the ") and span.kind in PERIODS and is_known:
            periods = tuple(periods_of(rest, span, calendar))
            is_from_now = span.kind in COUNTED_FROM_NOW
            return Time(0, span.end, "", periods, is_from_now, True) if periods else None
    led = "on "  # as a feast is led
    for one in named_times(led + rest, calendar.years, calendar.today):
        if one.start <= len(led + "the ") and one.days:
            periods = tuple(calendar.days(*days) for days in one.days)
            return Time(0, one.end - len(led), "", periods, one.from_now, True)
    return None


def _moved(period: Period, unit: str, count: int, calendar: Calendar) -> Period:
    """Return the day, week or month that lies so many of them after a period, or before."""
    first, until = (shifted(EPOCH, int(day)) for day in (period.first, period.until))
    edge = until if count > 0 else shifted(first, -1)
    step = count - 1 if count > 0 else count + 1
    if unit in WEEKDAYS:
        ahead = (WEEKDAYS[unit] - edge.weekday()) % 7
        edge = shifted(edge, ahead if count > 0 else ahead - 7 if ahead else 0)
        return Period.of(edge, shifted(edge, 1), calendar.zone)
    if unit in ("month", "year"):
        length = 12 if unit == "year" else 1
        index = edge.year * 12 + edge.month - 1 + length * step
        return calendar.months(index // 12, index % 12 + 1, length)
    if unit == "day":
        edge = shifted(edge, step)
        return Period.of(edge, shifted(edge, 1), calendar.zone)
    if unit == "weekend":  # the Saturday and Sunday that end before, or begin after
        ahead = (5 - edge.weekday()) % 7 if count > 0 else -((edge.weekday() + 1) % 7) - 1
        saturday = shifted(edge, ahead + 7 * step)
        return Period.of(saturday, shifted(saturday, 2), calendar.zone)
    edge = shifted(edge, 7 * step)
    days = (edge, shifted(edge, 7)) if count > 0 else (shifted(edge, -6), shifted(edge, 1))
    return Period.of(*days, calendar.zone)
