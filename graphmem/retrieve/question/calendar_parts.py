"""Parts of a longer time: early March, the first week of June, the second half of 2024, Q2."""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from functools import partial

from graphmem.dates.pattern import MONTHS, WEEKDAYS
from graphmem.retrieve.question.calendar import Calendar, tense_of
from graphmem.retrieve.question.period import shifted

MONTH = "(?:" + "|".join(sorted(MONTHS, key=len, reverse=True)) + r")\b\.?"
YEAR = r"(?:19|20)\d{2}"
WHICH_YEAR = r"(?:this|last|next)\s+year"
LEAD = (
    r"\b(?:(?P<role>since|until|till|from|by|before|between|after)\s+"
    r"|(?:in|on|at|during|over|around|towards?)\s+)?"
)
_WHOLE = (
    rf"(?:(?P<month>{MONTH})(?:,?\s+(?:of\s+)?(?P<year>{YEAR}|{WHICH_YEAR}))?"
    rf"|(?P<which>this|last|next|the)\s+(?P<unit>week|month|year)|(?P<only>{YEAR}))\b"
)
_PART = re.compile(
    rf"{LEAD}(?P<said>(?:(?:the\s+)?(?:very\s+)?(?P<part>beginning|start|middle|end)\s+of\s+"
    rf"|(?P<short>early|mid|late)(?:\s+in\s+|[\s-]+)){_WHOLE})"
)
_NTH = re.compile(
    rf"{LEAD}(?P<said>(?:the\s+)?(?P<nth>first|second|third|fourth|last|1st|2nd|3rd|4th)\s+"
    rf"(?P<what>week|weekend|half|quarter|{'|'.join(WEEKDAYS)})\s+(?:of|in)\s+{_WHOLE})"
)
_QUARTER = re.compile(
    r"\b(?:(?P<role>since|until|till|from|by|before|after)\s+|(?:in|during|for|of|over|was|is)\s+"
    r"|(?=(?:the\s+)?(?:this|last|next|previous)\s+quarter))"
    rf"(?P<said>(?:(?P<letter>[qh])(?P<nth>[1-4])(?:\s+(?:of\s+)?(?P<year>{YEAR}|{WHICH_YEAR}))?"
    r"|(?:the\s+)?(?P<which>this|last|next|previous)\s+quarter))(?!\w|\s+(?:of|to)\b)"
)
_PLACES = {"first": 1, "1st": 1, "second": 2, "2nd": 2, "third": 3, "3rd": 3, "fourth": 4, "4th": 4}
_THIRDS = {"beginning": 0, "start": 0, "early": 0, "middle": 1, "mid": 1, "end": 2, "late": 2}
_SLACK = 12
"""A third of a week or month, as people mean it, goes on for one twelfth of it at either end."""
AWAY = {"this": 0, "the": 0, "last": -1, "previous": -1, "next": 1}
"""How many weeks, months or years away one is that is led so."""

Days = tuple[date, date]
"""From the first day until the day after the last."""


@dataclass(frozen=True, slots=True)
class Said:
    """Some days that a text in lower case says."""

    match: re.Match[str]
    days: tuple[Days, ...]
    """One of these is meant."""
    from_now: bool = False


def parts_said(lowered: str, calendar: Calendar) -> Iterator[Said]:
    """Yield the parts of weeks, months and years that a text names."""
    for match in _PART.finditer(lowered):
        third = _THIRDS[match["part"] or match["short"]]
        days = _parts(match, lowered, calendar, partial(_third, place=third))
        if days:
            yield Said(match, days, match["unit"] is not None)
    for match in _NTH.finditer(lowered):
        days = _parts(match, lowered, calendar, partial(_nth, match=match))
        if days:
            yield Said(match, days, match["unit"] is not None)
    for match in _QUARTER.finditer(lowered):
        if days := _quarter(match, calendar):
            yield Said(match, days, match["which"] is not None)


def years_meant(said: str | None, calendar: Calendar) -> list[int]:
    """Return the years that `2024` or `last year` mean; for None those of the memory."""
    if said is None:
        return list(calendar.years)
    if said[0].isdigit():
        return [int(said)]
    today = calendar.today
    year = 0 if today is None else today.year + AWAY[said.split()[0]]
    return [year] if date.min.year <= year < date.max.year else []


def _parts(
    match: re.Match[str], lowered: str, calendar: Calendar, part: Callable[[Days], Days | None]
) -> tuple[Days, ...]:
    """Return the part that is meant of each month, year or week which may be."""
    if match["unit"] is None:
        wholes = _named(match, calendar)
    else:
        wholes = _counted_from_now(match, lowered, calendar, part)
    return tuple(days for whole in wholes if (days := part(whole)) is not None)


def _named(match: re.Match[str], calendar: Calendar) -> list[Days]:
    if match["only"] is not None:
        return [months_of(int(match["only"]), 1, 12)]
    month = MONTHS[match["month"].rstrip(".")]
    return [months_of(year, month, 1) for year in years_meant(match["year"], calendar)]


def _counted_from_now(
    match: re.Match[str], lowered: str, calendar: Calendar, part: Callable[[Days], Days | None]
) -> list[Days]:
    """Return this, the last or the next one; of `the month` in the past one that had the part."""
    today = calendar.today
    if today is None:
        return []
    whole = _unit(today, match["unit"], AWAY[match["which"]])
    days = part(whole)
    if match["which"] == "the" and days and days[0] > today and tense_of(lowered) == "past":
        whole = _unit(today, match["unit"], -1)
    return [whole]


def _unit(today: date, unit: str, away: int) -> Days:
    if unit == "week":
        first = shifted(today, 7 * away - today.weekday())
        return first, shifted(first, 7)
    if unit == "month":
        return months_of(today.year, today.month + away, 1)
    return months_of(today.year + away, 1, 12)


def months_of(year: int, month: int, count: int = 1) -> Days:
    """Return some months, the nearest that the calendar has; `month` carries into the year."""
    index = year * 12 + month - 1
    index = min(max(index, date.min.year * 12), date.max.year * 12 - count)
    stop = index + count
    return date(index // 12, index % 12 + 1, 1), date(stop // 12, stop % 12 + 1, 1)


def _third(whole: Days, place: int) -> Days:
    first, until = whole
    length = (until - first).days
    slack = length // _SLACK if length < 365 else 0
    start = max(place * length // 3 - slack, 0)
    stop = min((place + 1) * length // 3 + slack, length)
    return shifted(first, start), shifted(first, stop)


def _nth(whole: Days, match: re.Match[str]) -> Days | None:
    """Return the week, weekend, weekday, half or quarter of a time that is meant, if it has it."""
    first, until = whole
    what, length = match["what"], (until - first).days
    if what in ("half", "quarter"):
        pieces = 2 if what == "half" else 4
        place = _PLACES.get(match["nth"], pieces)
        return _piece(whole, place, pieces) if place <= pieces else None
    step, size = 7, {"week": 7, "weekend": 2}.get(what, 1)
    weekday = WEEKDAYS.get(what, 5)
    start = first if what == "week" else shifted(first, (weekday - first.weekday()) % 7)
    if match["nth"] == "last":
        start = shifted(until, -7) if what == "week" else _last(until, weekday)
    else:
        start = shifted(start, step * (_PLACES[match["nth"]] - 1))
    return (start, shifted(start, size)) if first <= start < until and length > step else None


def _last(until: date, weekday: int) -> date:
    before = shifted(until, -1)
    return shifted(before, -((before.weekday() - weekday) % 7))


def _piece(whole: Days, place: int, pieces: int) -> Days:
    first, until = whole
    length = (until - first).days
    if length >= 365:  # by months, as people count
        size = 12 // pieces
        return months_of(first.year, 1 + size * (place - 1), size)
    return (
        shifted(first, (place - 1) * length // pieces),
        shifted(first, place * length // pieces),
    )


def _quarter(match: re.Match[str], calendar: Calendar) -> tuple[Days, ...]:
    if match["which"] is not None:
        today = calendar.today
        if today is None:
            return ()
        month = 3 * ((today.month - 1) // 3 + AWAY[match["which"]]) + 1
        return (months_of(today.year, month, 3),)
    size = 3 if match["letter"] == "q" else 6
    place = int(match["nth"])
    if place * size > 12:
        return ()
    years = years_meant(match["year"], calendar)
    return tuple(months_of(year, 1 + size * (place - 1), size) for year in years)
