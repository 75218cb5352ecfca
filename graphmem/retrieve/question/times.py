"""The times that a question names: days, weeks, months, by the forms that texts are read by.

What leaves the year open is asked of every year; what counts from today (yesterday, on Thursday) is
asked of one time alone. Days are those of the asker's zone.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, tzinfo

from graphmem.dates.pattern import COUNTS, WEEKDAYS
from graphmem.dates.read import DateSpan, dates
from graphmem.retrieve.question.named_times import Recurring, named_times, recurring_name
from graphmem.retrieve.question.period import DAY_SECONDS, EPOCH, Period, shifted

_ANY_YEAR = datetime(2024, 6, 15, tzinfo=UTC)
"""What a day without a year is read against; 2024 has a 29 February."""
_OPEN_KINDS = frozenset({"dmy", "mdy", "month"})
_COUNTED_FROM_NOW = frozenset({"beyond", "near", "which", "ago", "hence", "weekday"})
_PERIODS = frozenset({"iso", "slash", "my", "sy", "year"}) | _OPEN_KINDS | _COUNTED_FROM_NOW
_YEAR_LEADS = frozenset("in during since until till by before after from between".split())
_COUNT = r"(?:\d{1,3}|an?|the|" + "|".join(c for c in COUNTS if " " not in c and len(c) > 2) + ")"
_SHIFT = re.compile(
    rf"\b(?P<n>{_COUNT})\s+(?P<unit>day|week|month|year|weekend|{'|'.join(WEEKDAYS)})s?"
    r"\s+(?P<side>before|after)\s+"
)
_ROLLING = re.compile(
    rf"\b(?:in|over|during|within|for)\s+the\s+(?:last|past)\s+(?P<n>{_COUNT})\s+"
    r"(?P<unit>day|week|month|year)s?\b"
)
_PART_OF_MONTH = re.compile(
    r"\b(?:in\s+)?(?:(?:early|mid|late)[\s-]+|(?:at\s+)?the\s+"
    r"(?:beginning|start|middle|end)\s+of\s+)(?=(?:january|february|march|april|may|june|july|august"
    r"|september|october|november|december)\b)"
)
_FROM_DAY = re.compile(
    r"(?<![\d/.,])(?P<day>[0-3]?\d)(?:st|nd|rd|th)?\s*(?:and|to|until|till|-|–)\s*(?:the\s+)?$"
)
_NAMED_DAY = re.compile(r"\b(?:the|an?|every|each|any|my|your)\s+$")
_PAST = re.compile(r"\b(?:did|was|were|had|have|has)(?:n't)?\b|\b\w{2,30}ed\b")
_NOT_PAST = re.compile(
    r"\b(?:is|are|am|will|shall|do|does|can|going)(?:n't)?\b|\b\w+'(?:s|re|ll)\b"
)
_AS_OF = re.compile(r"\bas(?: things (?:are|were|stood|stand))?\s+(?:of|on)\s+(?:the\s+)?$")
_MAYBE_PEOPLE = frozenset({"april", "may", "june", "august"})
_PEOPLE_LEADS = frozenset({"from", "to", "by", "on"})


@dataclass(frozen=True, slots=True)
class Calendar:
    """What dates are read against."""

    now: datetime | None
    """The moment of asking, in the asker's zone; None: nobody knows."""
    zone: tzinfo
    years: range
    """The years in which something was said."""


@dataclass(frozen=True, slots=True)
class Time:
    """A time that a text names."""

    start: int
    """Where it stands."""
    end: int
    role: str
    """The word that leads it: since, until, in, ...; empty if none does."""
    periods: tuple[Period, ...]
    """One of these is meant."""
    from_now: bool
    """Whether it counts from the moment of asking."""
    is_condition: bool
    """A year that no word leads (the 2019 film) is none."""
    recurring: tuple[Recurring, ...] = ()
    """How texts tell of it that tell of no certain day."""


def times_in(lowered: str, calendar: Calendar) -> Iterator[Time]:
    """Yield the times that stand in a text in lower case, none of them read twice."""
    lowered = _PART_OF_MONTH.sub(lambda part: "in".ljust(len(part[0])), lowered)
    is_past = _PAST.search(lowered) is not None
    for read in (_shifts, _rolling):
        for one in read(lowered, calendar):
            yield one
            lowered = lowered[: one.start] + "_" * (one.end - one.start) + lowered[one.end :]
    for span in dates(lowered, calendar.now or _ANY_YEAR):
        if span.kind not in _PERIODS or (span.kind in _COUNTED_FROM_NOW and calendar.now is None):
            continue
        if span.surface in _MAYBE_PEOPLE and span.role in _PEOPLE_LEADS:
            continue
        before = lowered[: span.start]
        periods = tuple(_from_earlier(before, one) for one in _periods(lowered, span, calendar))
        if periods:
            yield Time(
                start=span.start,
                end=span.end,
                role="by" if _AS_OF.search(before) else span.role,
                periods=periods,
                from_now=span.kind in _COUNTED_FROM_NOW,
                is_condition=span.kind != "year" or span.role in _YEAR_LEADS,
                recurring=() if is_past else tuple(filter(None, (recurring_name(span.surface),))),
            )
    today = calendar.now.date() if calendar.now else None
    for named in named_times(lowered, calendar.years, today):
        periods = tuple(
            Period.of(*days, calendar.zone, is_long=(days[1] - days[0]).days > 14)
            for days in named.days
        )
        if periods:
            yield Time(named.start, named.end, "in", periods, named.from_now, True, named.recurring)


def _periods(lowered: str, span: DateSpan, calendar: Calendar) -> Iterator[Period]:
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
    if span.kind not in _OPEN_KINDS or not span.relative:
        yield Period.of(first, until, zone, is_long=is_long)
    elif span.kind == "month":
        yield from (_months(year, first.month, 1, calendar) for year in calendar.years)
    else:
        days = (_in_year(first, year) for year in calendar.years)
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


def _in_year(day: date, year: int) -> date:
    try:
        return day.replace(year=year)
    except ValueError:
        return date(year, 2, 28)


def _months(year: int, month: int, count: int, calendar: Calendar) -> Period:
    """Return some months; a year beyond the calendar is its nearest."""
    year = min(max(year, date.min.year), date.max.year - 1)
    stop = year * 12 + month - 1 + count
    until = date(stop // 12, stop % 12 + 1, 1)
    return Period.of(date(year, month, 1), until, calendar.zone, is_long=True)


def _day_first(surface: str, zone: tzinfo) -> Iterator[Period]:
    """Read 09/01/2024 as files are read: the day comes first."""
    day, month, year = (int(number) for number in re.split(r"[/.]", surface))
    first = date(year, month, day)
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
    if _PAST.search(lowered):
        days = [last]
    elif _NOT_PAST.search(lowered):
        days = [coming]
    else:
        days = [last] if last == coming else [last, coming]
    yield from (Period.of(day, shifted(day, 1), calendar.zone) for day in days)


def _shifts(lowered: str, calendar: Calendar) -> Iterator[Time]:
    """Read `the week before 16 November`, `two days after Monday`."""
    for match in _SHIFT.finditer(lowered):
        spans = dates(lowered[match.end() :], calendar.now or _ANY_YEAR)
        if not spans or spans[0].start > len("the ") or spans[0].kind not in _PERIODS:
            continue
        if spans[0].kind in _COUNTED_FROM_NOW and calendar.now is None:
            continue
        count = _count(match["n"])
        moved = tuple(
            _moved(period, match["unit"], count if match["side"] == "after" else -count, calendar)
            for period in _periods(lowered[match.end() :], spans[0], calendar)
        )
        if moved:
            from_now = spans[0].kind in _COUNTED_FROM_NOW
            end = match.end() + spans[0].end
            yield Time(match.start(), end, "", moved, from_now, True)


def _count(word: str) -> int:
    return int(word) if word.isdigit() else COUNTS.get(word, 1)


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
        return _months(index // 12, index % 12 + 1, length, calendar)
    if unit == "day":
        edge = shifted(edge, step)
        return Period.of(edge, shifted(edge, 1), calendar.zone)
    edge = shifted(edge, 7 * step)
    days = (edge, shifted(edge, 7)) if count > 0 else (shifted(edge, -6), shifted(edge, 1))
    return Period.of(*days, calendar.zone)


def _rolling(lowered: str, calendar: Calendar) -> Iterator[Time]:
    """Read `in the last two weeks`: up to now."""
    for match in _ROLLING.finditer(lowered):
        if calendar.now is None:
            continue
        days = _count(match["n"]) * {"day": 1, "week": 7, "month": 31, "year": 366}[match["unit"]]
        today = calendar.now.date()
        period = Period.of(
            shifted(today, -days), shifted(today, 1), calendar.zone, is_long=days > 14
        )
        yield Time(*match.span(), "", (period,), True, True)
