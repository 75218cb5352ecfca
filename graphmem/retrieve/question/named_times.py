"""Times that have a name and come again: seasons, feasts; and how a text says of each.

What comes again is told of without a date ("We go sailing in summer", "every December"), so a text
that says so tells of it as well as one that was said then.
"""

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from graphmem.dates.intervals import SEASON_STARTS
from graphmem.dates.pattern import MONTHS, WEEKDAYS
from graphmem.retrieve.words.terms import term_of
from graphmem.text import lower

Days = tuple[date, date]
"""From the first day until the day after the last."""

_SEASON = re.compile(
    r"\b(?:in|during|over|of)(?:\s+the)?\s+(?P<name>spring|summer|autumn|fall|winter)\b"
)
_WITH_YEAR = re.compile(
    r"(?:\s{1,8}(?:of|in))?,?\s{1,8}(?:(?P<year>\d{4})|(?P<which>this|last|next)\s{1,8}year)\b"
)
_AWAY = {"last": -1, "this": 0, "next": 1}


def _fixed(month: int, day: int, count: int = 1) -> Callable[[int], Days]:
    return lambda year: (date(year, month, day), date(year, month, day) + timedelta(days=count))


def easter(year: int) -> date:
    """Return Easter Sunday. Source: Meeus (1991), Astronomical Algorithms, chapter 8."""
    a, (b, c) = year % 19, divmod(year, 100)
    d, e = divmod(b, 4)
    f = (b + 8) // 25
    g = (b - f + 1) // 3
    h = (19 * a + b - d - g + 15) % 30
    i, k = divmod(c, 4)
    rest = (32 + 2 * e + 2 * i - h - k) % 7
    m = (a + 11 * h + 22 * rest) // 451
    month, day = divmod(h + rest - 7 * m + 114, 31)
    return date(year, month, day + 1)


def _around_easter(first: int, until: int) -> Callable[[int], Days]:
    def days(year: int) -> Days:
        sunday = easter(year)
        return sunday + timedelta(days=first), sunday + timedelta(days=until)

    return days


def _thanksgiving(year: int) -> Days:
    ahead = (WEEKDAYS["thursday"] - date(year, 11, 1).weekday()) % 7
    day = date(year, 11, 22 + ahead)
    return day, day + timedelta(days=1)


_FEASTS: Mapping[str, Callable[[int], Days]] = {
    r"christmas\s+eve": _fixed(12, 24),
    r"christmas\s+day": _fixed(12, 25),
    r"boxing\s+day": _fixed(12, 26),
    r"christmas(?:\s*time)?|xmas": _fixed(12, 24, 3),
    r"new\s+year['’]?s\s+eve": _fixed(12, 31),
    r"new\s+year(?:['’]?s(?:\s+day)?)?": _fixed(1, 1),
    r"hallowe['’]?en": _fixed(10, 31),
    r"valentine['’]?s(?:\s+day)?": _fixed(2, 14),
    r"good\s+friday": _around_easter(-2, -1),
    r"easter\s+monday": _around_easter(1, 2),
    r"easter(?:\s+sunday)?": _around_easter(-2, 2),
    r"thanksgiving(?:\s+day)?": _thanksgiving,
}
"""How a feast is named -> its days in a year; a longer name stands before the one inside it."""
_FEAST = re.compile(
    r"\b(?:(?P<lead>at|on|over|during|around|last|this|next|since|until|till|before|after|by)"
    r"\s+)(?:the\s+)?(?P<name>" + "|".join(_FEASTS) + r")(?!\w|(?:['’]s?)?\s+(?:party|dinner|tree"
    r"|presents?|cards?|markets?|dress|story|film|movie|shopping|break|holidays?))"
)
_SIDES = frozenset("since until till before after by".split())
_CHRISTMAS = re.compile(r"\b(?:christmas|xmas)")


@dataclass(frozen=True, slots=True)
class Recurring:
    """A time that comes again, as texts tell of it."""

    term: str
    """The term by which such a text is looked up."""
    pattern: str
    """What a text says in lower case that tells of it."""

    def is_said(self, text: str) -> bool:
        """Whether a text tells of it."""
        return re.search(self.pattern, lower(text)) is not None


@dataclass(frozen=True, slots=True)
class Named:
    """A named time of a question."""

    start: int
    end: int
    days: tuple[Days, ...]
    """One of these is meant."""
    recurring: tuple[Recurring, ...] = ()
    """Empty where one certain year is meant."""
    from_now: bool = False
    role: str = "in"
    """The word that leads it: since, before, in, ..."""


def named_times(
    lowered: str, years: range, today: date | None, *, is_past: bool = True
) -> Iterator[Named]:
    """Yield the seasons and feasts of a text in lower case, of the years given.

    `is_past` is whether it is about the past.
    """
    for match in _SEASON.finditer(lowered):
        name, year = match["name"], _WITH_YEAR.match(lowered, match.end())
        if year is not None and year["which"] is not None:
            meant = _months(_year_meant(year, today), SEASON_STARTS[name], 3)
            yield Named(match.start("name"), year.end(), (meant,), from_now=True)
        elif year is None:
            since = range(years.start - 1, years.stop) if years else years  # winter begins before
            days = tuple(_months(one, SEASON_STARTS[name], 3) for one in since)
            yield Named(*match.span("name"), days, (recurring_season(name),))
    for match in _FEAST.finditer(lowered):
        yield from _feast(match, lowered, years, today, is_past=is_past)


def _feast(
    match: re.Match[str], lowered: str, years: range, today: date | None, *, is_past: bool
) -> Iterator[Named]:
    name = match["name"]
    days_in = feast_days(name)
    role = match["lead"] if match["lead"] in _SIDES else "in"
    year = _WITH_YEAR.match(lowered, match.end())
    if year is not None:
        number = _year_meant(year, today)
        if date.min.year < number < date.max.year:
            is_from_now = year["which"] is not None
            yield Named(match.start("name"), year.end(), (days_in(number),), (), is_from_now, role)
    elif match["lead"] in _AWAY or (role != "in" and today is not None):
        if today is not None:
            days = _around(match["lead"], days_in, today, is_past=is_past)
            yield Named(*match.span("name"), days, (), True, role)
    elif years:
        said = r"\b(?:christmas|xmas)" if _CHRISTMAS.match(name) else rf"\b{name}"
        since = range(max(years.start - 1, 2), years.stop)
        word = re.split(r"\W+", name)[0 if not name.startswith("new") else 1]
        days = tuple(days_in(y) for y in since)
        yield Named(*match.span("name"), days, (Recurring(term_of(word), said),), role=role)


def feast_days(name: str) -> Callable[[int], Days]:
    """Return what gives a feast's days in a year, by its name in lower case."""
    return next(days for form, days in _FEASTS.items() if re.fullmatch(form, name))


def _year_meant(match: re.Match[str], today: date | None) -> int:
    if match["which"] is None:
        return int(match["year"])
    return 0 if today is None else today.year + _AWAY[match["which"]]


def _around(
    lead: str, days_in: Callable[[int], Days], today: date, *, is_past: bool
) -> tuple[Days, ...]:
    """Return the feast that is meant beside today: the last one, the next, or both.

    Since and after look back to the last, before and until as the question does.
    """
    first = min(max(today.year - 1, date.min.year + 1), date.max.year - 3)
    near = [days_in(year) for year in range(first, first + 3)]
    passed = [days for days in near if days[1] <= today][-1:]
    coming = [days for days in near if days[1] > today][:1]
    if lead == "this":
        return (*passed, *coming)
    is_ahead = lead == "next" or (lead in ("before", "until", "till", "by") and not is_past)
    return tuple(coming if is_ahead else passed)


def recurring_season(name: str) -> Recurring:
    """Return how texts tell of what comes with a season."""
    led = r"(?:in|during|over|every|each)\s+(?:the\s+)?"
    return Recurring(term_of(name), rf"\b{led}{name}\b(?!\s+(?:of\s+)?\d{{4}})")


def recurring_name(name: str) -> Recurring | None:
    """Return how texts tell of what comes with a weekday or a month; None for any other name."""
    if name in WEEKDAYS:
        return Recurring(term_of(name), rf"\b(?:every|each)\s+{name}\b|\b{name}s\b")
    if name in MONTHS:
        return Recurring(term_of(name), rf"\b(?:every|each)\s+{name}\b")
    return None


def _months(year: int, month: int, count: int) -> Days:
    """Return some months; a year beyond the calendar is its nearest."""
    year = min(max(year, date.min.year), date.max.year - 1)
    stop = year * 12 + month - 1 + count
    return date(year, month, 1), date(stop // 12, stop % 12 + 1, 1)
