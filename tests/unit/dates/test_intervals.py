"""Intervals of the calendar: half open, UTC, None where there is no such time."""

from datetime import UTC, date, datetime

import pytest

from graphmem.dates import intervals

WEDNESDAY = date(2024, 5, 8)


def at(year: int, month: int, day: int) -> datetime:
    return datetime(year, month, day, tzinfo=UTC)


@pytest.mark.parametrize(
    ("name", "offset", "start", "until"),
    [
        ("day", -1, at(2024, 5, 7), at(2024, 5, 8)),
        ("week", 0, at(2024, 5, 6), at(2024, 5, 13)),
        ("week", 1, at(2024, 5, 13), at(2024, 5, 20)),
        ("fortnight", -1, at(2024, 4, 22), at(2024, 4, 29)),
        ("weekend", 0, at(2024, 5, 11), at(2024, 5, 13)),
        ("month", 8, at(2025, 1, 1), at(2025, 2, 1)),
        ("year", -24, at(2000, 1, 1), at(2001, 1, 1)),
        ("decade", -1, at(2014, 1, 1), at(2015, 1, 1)),
    ],
)
def test_a_unit_lies_so_many_of_itself_away(
    name: str, offset: int, start: datetime, until: datetime
) -> None:
    assert intervals.unit(WEDNESDAY, name, offset) == (start, until)


def test_a_day_that_no_month_has_is_none() -> None:
    assert intervals.day(2023, 2, 29) is None
    assert intervals.day(2024, 2, 29) == (at(2024, 2, 29), at(2024, 3, 1))


@pytest.mark.parametrize("offset", [9_999, -9_999, 10_001])
def test_where_the_calendar_ends_there_is_no_interval(offset: int) -> None:
    assert intervals.unit(WEDNESDAY, "year", offset) is None


def test_winter_goes_over_into_the_next_year() -> None:
    assert intervals.season(2023, "winter") == (at(2023, 12, 1), at(2024, 3, 1))


@pytest.mark.parametrize(
    ("interval", "name"),
    [
        (intervals.shifted_day(WEDNESDAY, 4), "12 May 2024"),
        (intervals.week(WEDNESDAY, 0), "week of 6 May 2024"),
        (intervals.weekend(WEDNESDAY, 0), "weekend of 11 May 2024"),
        (intervals.months(2024, 2), "February 2024"),
        (intervals.years(2024), "2024"),
        (intervals.months(2024, 6, 3), "1 June 2024 to 1 September 2024"),
    ],
)
def test_an_interval_has_one_name(interval: intervals.Interval, name: str) -> None:
    assert intervals.spoken(interval) == name
