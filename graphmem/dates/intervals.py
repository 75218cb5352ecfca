"""Half-open UTC intervals of the calendar: days, weeks, months, seasons, years, decades."""

from datetime import UTC, date, datetime, timedelta

from graphmem.text import day_text, month_text

Interval = tuple[datetime, datetime]
"""From (included) until (excluded), both aware UTC."""

SEASON_STARTS = {"spring": 3, "summer": 6, "autumn": 9, "fall": 9, "winter": 12}
"""First month of each season of the northern half."""


def days(first: date, count: int = 1) -> Interval | None:
    """Return `count` days from midnight UTC; None where the calendar ends."""
    try:
        start = datetime(first.year, first.month, first.day, tzinfo=UTC)
        return start, start + timedelta(days=count)
    except OverflowError:
        return None


def day(year: int, month: int, number: int) -> Interval | None:
    """Return one day, or None if there is no such day."""
    try:
        return days(date(year, month, number))
    except ValueError:
        return None


def months(year: int, month: int, count: int = 1) -> Interval | None:
    """Return `count` months; `month` may lie outside 1 to 12 and carries into the year."""
    index, stop = year * 12 + month - 1, year * 12 + month - 1 + count
    if index < 12 or stop // 12 > 9999:
        return None
    return (
        datetime(index // 12, index % 12 + 1, 1, tzinfo=UTC),
        datetime(stop // 12, stop % 12 + 1, 1, tzinfo=UTC),
    )


def years(year: int, count: int = 1) -> Interval | None:
    """Return `count` calendar years."""
    return months(year, 1, 12 * count)


def season(year: int, name: str) -> Interval | None:
    """Return the three months of a season that starts in the year."""
    return months(year, SEASON_STARTS[name], 3)


def week(said: date, offset: int) -> Interval | None:
    """Return the week from Monday that lies `offset` weeks from the one of `said`."""
    return _shifted(said, 7 * offset - said.weekday(), 7)


def weekend(said: date, offset: int) -> Interval | None:
    """Return Saturday and Sunday of the week `offset` weeks from the one of `said`."""
    return _shifted(said, 7 * offset - said.weekday() + 5, 2)


def shifted_day(said: date, offset: int) -> Interval | None:
    """Return the day `offset` days from `said`."""
    return _shifted(said, offset, 1)


def _shifted(said: date, offset: int, count: int) -> Interval | None:
    try:
        return days(said + timedelta(days=offset), count)
    except OverflowError:
        return None


def unit(said: date, name: str, offset: int) -> Interval | None:
    """Return the calendar day, week, month, year ... that lies `offset` of them from `said`."""
    if abs(offset) > 10_000:
        return None
    if name == "day":
        return shifted_day(said, offset)
    if name == "week":
        return week(said, offset)
    if name == "fortnight":
        return week(said, 2 * offset)
    if name == "weekend":
        return weekend(said, offset)
    if name == "month":
        return months(said.year, said.month + offset)
    if name == "decade":
        return years(said.year + 10 * offset)
    return years(said.year + offset)


def spoken(interval: Interval) -> str:
    """Name an interval so that two ways of saying it get one name: `12 May 2023`, `May 2023`."""
    start, until = interval
    length = (until - start).days
    if length == 1:
        return day_text(start)
    if length in (2, 7):
        kind = "week" if length == 7 else "weekend"
        return f"{kind} of {day_text(start)}"
    if 28 <= length <= 31 and start.day == 1:
        return month_text(start)
    if 365 <= length <= 366 and (start.month, start.day) == (1, 1):
        return str(start.year)
    return f"{day_text(start)} to {day_text(until)}"
