"""The days that a date in a question stands for, by what stands beside it.

What leaves the year open is asked of every year; what counts from today (yesterday, on Thursday) is
asked of one time alone.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import date, tzinfo

from graphmem.dates.pattern import MONTHS, WEEKDAYS
from graphmem.dates.read import DateSpan
from graphmem.retrieve.question.calendar import Calendar, tense_of
from graphmem.retrieve.question.calendar_parts import MONTH, YEAR
from graphmem.retrieve.question.period import DAY_SECONDS, EPOCH, Period, shifted

_OPEN_KINDS = frozenset({"dmy", "mdy", "month"})
COUNTED_FROM_NOW = frozenset({"beyond", "near", "which", "ago", "hence", "weekday"})
"""Kinds of dates that nobody can know without now."""
PERIODS = frozenset({"iso", "slash", "my", "sy", "year"}) | _OPEN_KINDS | COUNTED_FROM_NOW
"""Kinds of dates that are asked about."""
_FROM_DAY = re.compile(
    r"(?<![\d/.,])(?P<day>[0-3]?\d)(?:st|nd|rd|th)?\s*(?:and|to|until|till|-|–)\s*(?:the\s+)?$"
)
_TO_DAY = re.compile(
    r"\s{0,4}(?:and|to|until|till|through|-|–)\s{0,4}(?:the\s{1,4})?(?P<day>[0-3]?\d)(?:st|nd|rd|th)?"
    r"(?![\w:]|[.,]\d|\s{0,4}(?:am|pm|o'clock)\b)"
)
_JOINED_YEAR = re.compile(
    r"\s{0,4}(?:and|or|to|until|till|through|-|–|&)\s{0,4}(?:the\s{1,4})?"
    r"(?:\d{1,2}(?:st|nd|rd|th)?\s{1,4})?"
    rf"(?P<month>{MONTH})(?:\s{{1,4}}\d{{1,2}}(?:st|nd|rd|th)?\b)?"
    rf"(?:\s{{0,4}},)?\s{{1,4}}(?:of\s{{1,4}})?(?P<year>{YEAR})\b"
)
_NAMED_DAY = re.compile(r"\b(?:the|an?|every|each|any|my|your)\s+$")


def dated(lowered: str, span: DateSpan, calendar: Calendar) -> tuple[int, tuple[Period, ...]]:
    """Return where a date of a text in lower case ends, and the days one of which is meant."""
    before = lowered[: span.start]
    found = tuple(_from_earlier(before, one) for one in periods_of(lowered, span, calendar))
    return _until_later(lowered, span, found, calendar.zone)


def periods_of(lowered: str, span: DateSpan, calendar: Calendar) -> Iterator[Period]:
    """Yield the days that a date alone may mean."""
    zone = calendar.zone
    if span.kind == "weekday":
        yield from _weekdays(lowered, span, calendar)
        return
    if span.kind == "slash" and span.interval is None:
        yield from _day_first(span.surface, zone)
        return
    if span.interval is None:
        return
    first, until = (moment.date() for moment in span.interval)
    is_long = (until - first).days > 14
    years = _years_beside(lowered, span, calendar)
    if span.kind not in _OPEN_KINDS or not span.relative:
        yield Period.of(first, until, zone, is_long=is_long)
    elif span.kind == "month":
        yield from (calendar.months(year, first.month) for year in years)
    else:
        days = (_in_year(first, year) for year in years)
        yield from (Period.of(day, shifted(day, 1), zone) for day in days)


def _from_earlier(before: str, period: Period) -> Period:
    """Return the days up to one in `3 to 9 July`, of which the first stands before it."""
    match = _FROM_DAY.search(before)
    last = shifted(EPOCH, int(period.first))
    if match is None or period.days != 1 or not 0 < int(match["day"]) < last.day:
        return period
    earlier = last.day - int(match["day"])
    start = period.start - earlier * DAY_SECONDS
    return replace(period, first=period.first - earlier, start=start)


def _years_beside(lowered: str, span: DateSpan, calendar: Calendar) -> Iterable[int]:
    """Return the year of the date that an open one is joined with: `March or April 2024`.

    A later month is one of the year before: `December to January 2024`.
    """
    match = _JOINED_YEAR.match(lowered, span.end)
    if match is None or span.interval is None:
        return calendar.years
    is_before = span.interval[0].month > MONTHS[match["month"].rstrip(".")]
    return (int(match["year"]) - is_before,)


def _until_later(
    lowered: str, span: DateSpan, periods: tuple[Period, ...], zone: tzinfo
) -> tuple[int, tuple[Period, ...]]:
    """Return where a date ends and its days, with those up to a later one: `June 1 to 6`."""
    match = _TO_DAY.match(lowered, span.end)
    if span.kind != "mdy" or match is None:
        return span.end, periods
    longer: list[Period] = []
    for period in periods:
        first = shifted(EPOCH, int(period.first))
        try:
            last = first.replace(day=int(match["day"]))
        except ValueError:
            return span.end, periods
        if last <= first:
            return span.end, periods
        longer.append(Period.of(first, shifted(last, 1), zone))
    return match.end(), tuple(longer)


def _in_year(day: date, year: int) -> date:
    try:
        return day.replace(year=year)
    except ValueError:
        return date(year, 2, 28)


def _day_first(surface: str, zone: tzinfo) -> Iterator[Period]:
    """Read 09/01/2024 as files are read: the day comes first."""
    day, month, year = (int(number) for number in re.split(r"[/.]", surface))
    try:
        first = date(year, month, day)
    except ValueError:  # 31/2/2024
        return
    yield Period.of(first, shifted(first, 1), zone)


def _weekdays(lowered: str, span: DateSpan, calendar: Calendar) -> Iterator[Period]:
    """Yield the last such day of a question about the past, the next (today too) of another.

    Both where the question does not say which it is about.
    """
    name = span.surface
    if calendar.now is None or name not in WEEKDAYS or _NAMED_DAY.search(lowered[: span.start]):
        return
    today = calendar.now.date()
    last = shifted(today, -((today.weekday() - WEEKDAYS[name]) % 7))
    coming = last if last == today else shifted(last, 7)
    tense = tense_of(lowered)
    if tense == "past":
        days = [last]
    elif tense == "not past":
        days = [coming]
    else:
        days = [last] if last == coming else [last, coming]
    yield from (Period.of(day, shifted(day, 1), calendar.zone) for day in days)
