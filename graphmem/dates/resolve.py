"""What a found date stands for, given when it was said: an interval, or None if nobody can know."""

import re
from collections.abc import Callable, Iterable
from datetime import date, datetime

from graphmem.dates import intervals
from graphmem.dates.intervals import SEASON_STARTS, Interval
from graphmem.dates.pattern import COUNTS, MONTHS, WEEKDAYS

Match = re.Match[str]
Resolver = Callable[[Match, date | None, str], Interval | None]
_LATEST = frozenset({"since", "from", "last", "past", "previous", "after"})
_EARLIEST = frozenset({"until", "till", "by", "next", "coming", "before"})


def resolve(kind: str, match: Match, said_at: datetime | None, role: str) -> Interval | None:
    """Return the interval of a match of `pattern.DATE`; `role` is the word that leads it."""
    return _RESOLVERS[kind](match, said_at.date() if said_at else None, role)


def is_relative(kind: str, match: Match) -> bool:
    """Tell whether the date means something else when said on another day."""
    if kind in ("dmy", "mdy"):
        return match.group("dm_y" if kind == "dmy" else "md_y") is None
    return kind in _RELATIVE


def _nearest(choices: Iterable[Interval | None], said: date, role: str) -> Interval | None:
    """Choose the occurrence nearest to `said`; after "since" the last, before "until" the next."""
    known = [choice for choice in choices if choice is not None]
    if role in _LATEST:
        known = [choice for choice in known if choice[0].date() <= said]
    elif role in _EARLIEST:
        known = [choice for choice in known if choice[1].date() > said]
    return min(known, key=lambda choice: _distance(choice, said), default=None)


def _distance(choice: Interval, said: date) -> tuple[int, datetime]:
    first, until = choice[0].date(), choice[1].date()
    gap = max((first - said).days, (said - until).days + 1, 0)
    return gap, choice[0]


def _month_of(word: str) -> int:
    return MONTHS[word.rstrip(".")]


def _day_of(word: str) -> int:
    return int(word.rstrip("stndrh"))


def _iso(match: Match, said: date | None, role: str) -> Interval | None:
    return intervals.day(int(match["iso_y"]), int(match["iso_m"]), int(match["iso_d"]))


def _slash(match: Match, said: date | None, role: str) -> Interval | None:
    first, second, year = int(match["sl_a"]), int(match["sl_b"]), int(match["sl_y"])
    if first == second or second > 12:
        return intervals.day(year, first, second)
    return intervals.day(year, second, first) if first > 12 else None


def _day_month(
    number: str, month: str, year: str | None, said: date | None, role: str
) -> Interval | None:
    if year:
        return intervals.day(int(year), _month_of(month), _day_of(number))
    if said is None:
        return None
    around = range(max(said.year - 8, 1), min(said.year + 8, 9998) + 1)
    return _nearest(
        (intervals.day(near, _month_of(month), _day_of(number)) for near in around), said, role
    )


def _dmy(match: Match, said: date | None, role: str) -> Interval | None:
    return _day_month(match["dm_d"], match["dm_m"], match["dm_y"], said, role)


def _mdy(match: Match, said: date | None, role: str) -> Interval | None:
    return _day_month(match["md_d"], match["md_m"], match["md_y"], said, role)


def _my(match: Match, said: date | None, role: str) -> Interval | None:
    return intervals.months(int(match["my_y"]), _month_of(match["my_m"]))


def _sy(match: Match, said: date | None, role: str) -> Interval | None:
    return intervals.season(int(match["sy_y"]), match["sy_s"])


def _beyond(match: Match, said: date | None, role: str) -> Interval | None:
    offset = -2 if "yesterday" in match["beyond"] else 2
    return intervals.shifted_day(said, offset) if said else None


def _near(match: Match, said: date | None, role: str) -> Interval | None:
    word = match["near"].split()[0]
    offset = {"yesterday": -1, "last": -1, "tomorrow": 1}.get(word, 0)
    return intervals.shifted_day(said, offset) if said else None


def _which(match: Match, said: date | None, role: str) -> Interval | None:
    if said is None:
        return None
    which, what = match["wh_w"], match["wh_u"].rstrip(".")
    direction = -1 if which in _LATEST else 1 if which in _EARLIEST else 0
    if what in WEEKDAYS:
        ahead = (WEEKDAYS[what] - said.weekday()) % 7
        shift = {-1: ahead - 7, 0: ahead, 1: ahead or 7}[direction]
        return intervals.shifted_day(said, shift)
    if what in MONTHS:
        return _named_month(said, MONTHS[what], direction)
    if what in SEASON_STARTS:
        return _named_season(said, what, direction)
    return intervals.unit(said, what.removesuffix("s"), direction)


def _named_month(said: date, month: int, direction: int) -> Interval | None:
    year = said.year
    if direction < 0 and month >= said.month:
        year -= 1
    elif direction > 0 and month <= said.month:
        year += 1
    return intervals.months(year, month)


def _named_season(said: date, name: str, direction: int) -> Interval | None:
    choices = [intervals.season(year, name) for year in range(said.year - 2, said.year + 3)]
    known = [choice for choice in choices if choice is not None]
    if direction < 0:
        return max((choice for choice in known if choice[1].date() <= said), default=None)
    if direction > 0:
        return min((choice for choice in known if choice[0].date() > said), default=None)
    return min((choice for choice in known if choice[1].date() > said), default=None)


def _counted(count: str) -> int | None:
    word = " ".join(count.split())
    return int(word) if word.isdigit() else COUNTS.get(word)


def _ago(match: Match, said: date | None, role: str) -> Interval | None:
    count = _counted(match["ag_n"])
    if said is None or count is None or match["ag_w"] == "earlier":
        return None
    return intervals.unit(said, match["ag_u"].removesuffix("s"), -count)


def _hence(match: Match, said: date | None, role: str) -> Interval | None:
    count = _counted(match["he_n"])
    if said is None or count is None:
        return None
    return intervals.unit(said, match["he_u"].removesuffix("s"), count)


def _decade(match: Match, said: date | None, role: str) -> Interval | None:
    return intervals.years(int(match["de_y"]), 10)


def _century(match: Match, said: date | None, role: str) -> Interval | None:
    return intervals.years(100 * int(match["ce_n"]) - 99, 100)


def _year(match: Match, said: date | None, role: str) -> Interval | None:
    return intervals.years(int(match["year"]))


def _month(match: Match, said: date | None, role: str) -> Interval | None:
    if said is None:
        return None
    month = _month_of(match["month"])
    around = (said.year - 1, said.year, said.year + 1)
    return _nearest((intervals.months(year, month) for year in around), said, role)


def _unknowable(match: Match, said: date | None, role: str) -> Interval | None:
    return None


_RESOLVERS: dict[str, Resolver] = {
    "iso": _iso, "slash": _slash, "dmy": _dmy, "mdy": _mdy, "my": _my, "sy": _sy,
    "beyond": _beyond, "near": _near, "which": _which, "ago": _ago, "hence": _hence,
    "decade": _decade, "century": _century, "year": _year, "month": _month,
    "anchor": _unknowable, "weekday": _unknowable,
}  # fmt: skip
_RELATIVE = frozenset({"beyond", "near", "which", "ago", "hence", "month"})
