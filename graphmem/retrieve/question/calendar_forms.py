"""Days, weeks and months that a question names in other ways than texts mostly do.

By numbers alone (5/3/24, 2024-03, the 18th), by a week (Tuesday last week, the week before last, at
the weekend), loosely (a few days ago, this time last year), by this, the last or the next year.
"""

import re
from collections.abc import Callable, Iterable, Iterator
from datetime import date

from graphmem.dates.intervals import SEASON_STARTS
from graphmem.dates.pattern import MONTHS, WEEKDAYS
from graphmem.retrieve.question.calendar import Calendar, counted, tense_of
from graphmem.retrieve.question.calendar_parts import (
    AWAY,
    LEAD,
    MONTH,
    YEAR,
    Days,
    Said,
    months_of,
    years_meant,
)
from graphmem.retrieve.question.period import shifted

_WEEKDAY = f"(?:{'|'.join(WEEKDAYS)})"
_LED = (
    r"(?:\b(?P<role>since|until|till|from|by|before|between|after)\s+"
    r"|\b(?:in|on|during|around|dated|and)\s+|^\s*)"
)
_ENDS = r"(?![\w/]|[-.,:]\d)"
_MONTH_NUMBERS = re.compile(
    rf"{_LED}(?P<said>(?P<year>{YEAR})(?:-(?P<m>0[1-9]|1[0-2])|/(?P<m2>0?[1-9]|1[0-2]))"
    rf"|(?P<m3>0?[1-9]|1[0-2])/(?P<year2>{YEAR})|(?P<m4>0[1-9]|1[0-2])\.(?P<year3>{YEAR})){_ENDS}"
)
_DAY_NUMBERS = re.compile(
    rf"{_LED}(?P<said>(?P<a>\d{{1,2}})(?P<sign>[-/.])(?P<b>\d{{1,2}})(?P=sign)(?P<y>{YEAR}|\d\d))"
    rf"{_ENDS}"
)
_OPEN_DAY = re.compile(
    r"\b(?:(?P<role>since|until|till|by|before|after)|on)\s+"
    r"(?P<said>(?P<a>[0-3]?\d)(?:/(?P<b>1[0-2]|0?[1-9]|[12]\d|3[01])|\.(?P<b2>1[0-2]|0?[1-9])\.))"
    rf"{_ENDS}(?!\s+of\b)"
)
_DASHED = re.compile(
    rf"(?<![\w/.,-])(?P<said>(?P<a>\d{{1,2}})(?P<sign>[-/])(?P<b>\d{{1,2}})(?P=sign)"
    rf"(?P<y>{YEAR}|(?<=/)\d\d)){_ENDS}"
)
_COMPACT = re.compile(rf"{_LED}(?P<said>(?P<y>{YEAR})(?P<m>[01]\d)(?P<d>[0-3]\d)){_ENDS}")
_SHORT_YEAR = re.compile(rf"{LEAD}(?P<said>(?P<month>{MONTH})\s*['’](?P<y>\d\d))(?!\w)")
_OF_YEAR = re.compile(
    rf"{LEAD}(?:the\s+)?(?P<said>(?:(?P<d>[0-3]?\d)(?:st|nd|rd|th)?\s+(?:of\s+)?)?(?P<month>{MONTH})"
    r"(?:\s+(?P<d2>[0-3]?\d)(?:st|nd|rd|th)?)?,?\s+(?:of\s+)?(?P<year>(?:this|last|next)\s+year))\b"
)
_DAY_OF_MONTH = re.compile(
    r"\b(?:(?P<role>since|until|till|from|by|before|after)|on|between|and|to)\s+"
    rf"(?P<said>(?:{_WEEKDAY},?\s+)?the\s+(?P<d>[0-3]?\d)(?:st|nd|rd|th)"
    r"(?:\s+of\s+(?P<which>this|last|next|the)\s+month)?)"
    r"(?=\s*(?:$|[?.!,;]|(?:and|or|to|at|until|till|in the)\s))"
    rf"(?!\s+(?:and|to|until|till)\s+(?:the\s+)?[0-3]?\d(?:st|nd|rd|th)?\s+(?:of\s+)?{MONTH})"
)
_BEFORE_LAST = re.compile(
    r"\b(?:(?P<role>since|until|till|from|before|after)\s+)?(?P<said>(?:the\s+)?"
    r"(?P<unit>week|weekend|month|year)\s+before\s+last)\b(?!\s+(?:week|month|year|\w+day)\b)"
)
_IN_WEEK = re.compile(
    rf"{LEAD}(?P<said>(?P<day>{_WEEKDAY}),?\s+(?:of\s+|in\s+)?(?P<which>this|last|next)\s+week)\b"
)
_WEEK_THEN_DAY = re.compile(
    rf"\b(?P<said>(?P<which>this|last|next)\s+week(?:,?\s+on)?(?:\s+the)?\s+(?P<day>{_WEEKDAY}))\b"
)
_WEEKEND = re.compile(
    r"\b(?:(?P<role>since|before|after)|on|at|over|during|for)\s+(?P<said>the\s+weekend)"
    r"(?=\s*(?:$|[?.!,;]|(?:and|or|with)\s))"
)
_FEW = re.compile(
    r"\b(?P<said>(?:an?\s+)?(?:few|several|some)\s+(?P<unit>day|week|month|year)s"
    r"\s+(?:ago|back))\b"
)
_HALF_YEAR = re.compile(r"\b(?P<said>half\s+a\s+year\s+(?:ago|back))\b")
_SAME_DAY = re.compile(
    r"\b(?P<said>(?:(?:at|around)\s+)?this\s+(?:time|day)\s+last\s+(?P<last>month|year)"
    r"|(?P<n>\d{1,2}|an?|one|two|three|four|five|six|seven|eight|nine|ten)\s+"
    r"(?P<unit>week|month|year)s?\s+ago\s+(?:today|to\s+the\s+day))\b"
)
_THIS_SEASON = re.compile(
    r"\b(?:(?P<role>since)\s+)?(?P<said>this\s+(?P<season>spring|summer|autumn|fall|winter))\b"
)
_FEWEST, _MOST = 2, 6
"""How many a few are."""
_FIRST_OF_LAST_CENTURY = 69
"""A year of two digits from which the last century is meant, as POSIX reads it."""


def forms_said(lowered: str, calendar: Calendar) -> Iterator[Said]:
    """Yield the times that a text names in these ways; an earlier one may lie over a later."""
    for pattern, read in _FORMS:
        for match in pattern.finditer(lowered):
            if days := read(match, lowered, calendar):
                yield Said(match, tuple(days), pattern not in _FIXED)


def _month_numbers(match: re.Match[str], lowered: str, calendar: Calendar) -> list[Days]:
    year = match["year"] or match["year2"] or match["year3"]
    month = match["m"] or match["m2"] or match["m3"] or match["m4"]
    return [months_of(int(year), int(month))]


def _day_numbers(match: re.Match[str], lowered: str, calendar: Calendar) -> list[Days]:
    """Read 5/3/24: the day comes first, unless only a month can."""
    return _of_numbers(int(match["a"]), int(match["b"]), [_full_year(match["y"])])


def _open_day(match: re.Match[str], lowered: str, calendar: Calendar) -> list[Days]:
    """Read `on 28/3`, of every year."""
    return _of_numbers(int(match["a"]), int(match["b"] or match["b2"]), calendar.years)


def _of_numbers(day: int, month: int, years: Iterable[int]) -> list[Days]:
    if month > 12:
        day, month = month, day
    return [found for year in years for found in _day(year, month, day)]


def _compact(match: re.Match[str], lowered: str, calendar: Calendar) -> list[Days]:
    return _day(int(match["y"]), int(match["m"]), int(match["d"]))


def _short_year(match: re.Match[str], lowered: str, calendar: Calendar) -> list[Days]:
    return [months_of(_full_year(match["y"]), MONTHS[match["month"].rstrip(".")])]


def _of_year(match: re.Match[str], lowered: str, calendar: Calendar) -> list[Days]:
    """Read `March last year`, `5 March this year`."""
    month, day = MONTHS[match["month"].rstrip(".")], match["d"] or match["d2"]
    years = years_meant(match["year"], calendar)
    if day is None:
        return [months_of(year, month) for year in years]
    return [found for year in years for found in _day(year, month, int(day))]


def _day_of_month(match: re.Match[str], lowered: str, calendar: Calendar) -> list[Days]:
    """Read `the 18th`: the last of the past, the next of the present, both where nothing says."""
    today, number = calendar.today, int(match["d"])
    if today is None:
        return []
    if match["which"] is not None:
        month = months_of(today.year, today.month + AWAY[match["which"]])[0]
        return _day(month.year, month.month, number)
    around = [months_of(today.year, today.month + away)[0] for away in (-2, -1, 0, 1, 2)]
    days = [days for first in around for days in _day(first.year, first.month, number)]
    past = [one for one in days if one[0] <= today][-1:]
    coming = [one for one in days if one[0] >= today][:1]
    tense = tense_of(lowered)
    return past if tense == "past" else coming if tense == "not past" else [*past, *coming]


def _before_last(match: re.Match[str], lowered: str, calendar: Calendar) -> list[Days]:
    today = calendar.today
    if today is None:
        return []
    if match["unit"] in ("week", "weekend"):
        monday = shifted(today, -14 - today.weekday())
        first = monday if match["unit"] == "week" else shifted(monday, 5)
        return [(first, shifted(monday, 7))]
    if match["unit"] == "month":
        return [months_of(today.year, today.month - 2)]
    return [months_of(today.year - 2, 1, 12)]


def _in_week(match: re.Match[str], lowered: str, calendar: Calendar) -> list[Days]:
    if calendar.today is None:
        return []
    monday = shifted(calendar.today, 7 * AWAY[match["which"]] - calendar.today.weekday())
    day = shifted(monday, WEEKDAYS[match["day"]])
    return [(day, shifted(day, 1))]


def _weekend(match: re.Match[str], lowered: str, calendar: Calendar) -> list[Days]:
    """Read `at the weekend`: the last one that has begun, or the next that is not over."""
    if calendar.today is None:
        return []
    saturday = shifted(calendar.today, 5 - calendar.today.weekday())
    last = saturday if saturday <= calendar.today else shifted(saturday, -7)
    tense = tense_of(lowered)
    firsts = [last] if tense == "past" else [saturday] if tense == "not past" else [last, saturday]
    return [(first, shifted(first, 2)) for first in dict.fromkeys(firsts)]


def _few(match: re.Match[str], lowered: str, calendar: Calendar) -> list[Days]:
    today, unit = calendar.today, match["unit"]
    if today is None:
        return []
    if unit in ("day", "week"):
        length = 7 if unit == "week" else 1
        return [(shifted(today, -_MOST * length), shifted(today, 1 - _FEWEST * length))]
    length = 12 if unit == "year" else 1
    first = months_of(today.year, today.month - _MOST * length)[0]
    return [(first, months_of(today.year, today.month - _FEWEST * length)[1])]


def _half_year(match: re.Match[str], lowered: str, calendar: Calendar) -> list[Days]:
    today = calendar.today
    return [] if today is None else [months_of(today.year, today.month - 6)]


def _same_day(match: re.Match[str], lowered: str, calendar: Calendar) -> list[Days]:
    """Read `this time last year`: the same day then, and three more on both sides of it."""
    today = calendar.today
    if today is None:
        return []
    unit, count = match["last"] or match["unit"], counted(match["n"] or "one")
    if unit == "week":
        day = shifted(today, -7 * count)
    else:
        first, until = months_of(today.year, today.month - count * (12 if unit == "year" else 1))
        day = shifted(first, min(today.day, (until - first).days) - 1)
    return [(shifted(day, -3), shifted(day, 4))]


def _this_season(match: re.Match[str], lowered: str, calendar: Calendar) -> list[Days]:
    """Read `this spring` of the past: the last that has begun. Any other is read as texts are."""
    today = calendar.today
    if today is None or tense_of(lowered) != "past":
        return []
    month = SEASON_STARTS[match["season"]]
    year = today.year if (today.month, 1) >= (month, 1) else today.year - 1
    return [months_of(year, month, 3)]


def _day(year: int, month: int, day: int) -> list[Days]:
    try:
        first = date(year, month, day)
    except ValueError:
        return []
    return [(first, shifted(first, 1))]


def _full_year(written: str) -> int:
    year = int(written)
    if len(written) == 4:
        return year
    return year + (1900 if year >= _FIRST_OF_LAST_CENTURY else 2000)


_Read = Callable[[re.Match[str], str, Calendar], list[Days]]
_FORMS: tuple[tuple[re.Pattern[str], _Read], ...] = (
    (_MONTH_NUMBERS, _month_numbers), (_DAY_NUMBERS, _day_numbers), (_DASHED, _day_numbers),
    (_OPEN_DAY, _open_day), (_COMPACT, _compact), (_SHORT_YEAR, _short_year), (_OF_YEAR, _of_year),
    (_DAY_OF_MONTH, _day_of_month), (_BEFORE_LAST, _before_last), (_IN_WEEK, _in_week),
    (_WEEK_THEN_DAY, _in_week), (_WEEKEND, _weekend), (_FEW, _few), (_HALF_YEAR, _half_year),
    (_SAME_DAY, _same_day), (_THIS_SEASON, _this_season),
)  # fmt: skip
_FIXED = frozenset({_MONTH_NUMBERS, _DAY_NUMBERS, _DASHED, _OPEN_DAY, _COMPACT, _SHORT_YEAR})
"""What they say does not count from now."""
