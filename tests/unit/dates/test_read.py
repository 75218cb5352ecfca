"""Dates as people say them: what they stand for, and what nobody can know."""

from datetime import UTC, datetime

import pytest

from graphmem.dates.read import dates
from tests.said import MONDAY

FRIDAY = datetime(2023, 5, 12, 9, tzinfo=UTC)


def read(text: str, said_at: datetime | None = MONDAY) -> list[tuple[str, str] | None]:
    return [
        span.interval and (f"{span.interval[0]:%Y-%m-%d}", f"{span.interval[1]:%Y-%m-%d}")
        for span in dates(text, said_at)
    ]


@pytest.mark.parametrize(
    ("text", "start", "until"),
    [
        ("yesterday", "2023-05-07", "2023-05-08"),
        ("the day before yesterday", "2023-05-06", "2023-05-07"),
        ("the day after tomorrow", "2023-05-10", "2023-05-11"),
        ("last night", "2023-05-07", "2023-05-08"),
        ("this evening", "2023-05-08", "2023-05-09"),
        ("last Friday", "2023-05-05", "2023-05-06"),
        ("last Monday", "2023-05-01", "2023-05-02"),
        ("next Monday", "2023-05-15", "2023-05-16"),
        ("this Friday", "2023-05-12", "2023-05-13"),
        ("two weeks ago", "2023-04-24", "2023-05-01"),
        ("three days ago", "2023-05-05", "2023-05-06"),
        ("a couple of months ago", "2023-03-01", "2023-04-01"),
        ("a year ago", "2022-01-01", "2023-01-01"),
        ("in two weeks", "2023-05-22", "2023-05-29"),
        ("last week", "2023-05-01", "2023-05-08"),
        ("last weekend", "2023-05-06", "2023-05-08"),
        ("this weekend", "2023-05-13", "2023-05-15"),
        ("next month", "2023-06-01", "2023-07-01"),
        ("last year", "2022-01-01", "2023-01-01"),
        ("last summer", "2022-06-01", "2022-09-01"),
        ("next winter", "2023-12-01", "2024-03-01"),
        ("last May", "2022-05-01", "2022-06-01"),
        ("this May", "2023-05-01", "2023-06-01"),
        ("on 3 June", "2023-06-03", "2023-06-04"),
        ("on December 30th", "2022-12-30", "2022-12-31"),
        ("since October", "2022-10-01", "2022-11-01"),
        ("until October", "2023-10-01", "2023-11-01"),
        ("in 2019", "2019-01-01", "2020-01-01"),
        ("since May 2021", "2021-05-01", "2021-06-01"),
        ("on 29 February 2024", "2024-02-29", "2024-03-01"),
        ("July 4, 1999", "1999-07-04", "1999-07-05"),
        ("the 3rd of May, 2020", "2020-05-03", "2020-05-04"),
        ("2024-02-29", "2024-02-29", "2024-03-01"),
        ("31/12/2020", "2020-12-31", "2021-01-01"),
        ("12/31/2020", "2020-12-31", "2021-01-01"),
        ("the 1960s", "1960-01-01", "1970-01-01"),
        ("the 19th century", "1801-01-01", "1901-01-01"),
        ("summer of 2020", "2020-06-01", "2020-09-01"),
    ],
)
def test_a_date_said_on_monday_8_may_2023_stands_for(text, start, until):
    assert read(text) == [(start, until)]
    assert read(f"Well, I left {text}, you know.") == [(start, until)]
    assert read(text.upper()) == [(start, until)]


def test_last_friday_said_on_a_friday_is_seven_days_before():
    assert read("last Friday", FRIDAY) == [("2023-05-05", "2023-05-06")]


@pytest.mark.parametrize(
    ("said_at", "text", "start"),
    [
        (datetime(2023, 1, 31, 23, tzinfo=UTC), "next month", "2023-02-01"),
        (datetime(2024, 3, 31, 1, tzinfo=UTC), "last month", "2024-02-01"),
        (datetime(2024, 2, 29, tzinfo=UTC), "a year ago", "2023-01-01"),
        (datetime(2023, 12, 31, tzinfo=UTC), "tomorrow", "2024-01-01"),
        (datetime(2023, 3, 1, tzinfo=UTC), "on 29 February", "2024-02-29"),
        (datetime(2023, 12, 20, tzinfo=UTC), "on 3 January", "2024-01-03"),
        (datetime(2023, 10, 29, 0, 30, tzinfo=UTC), "yesterday", "2023-10-28"),
    ],
)
def test_month_ends_leap_days_and_clock_changes(said_at, text, start):
    ((first, _),) = [interval or ("", "") for interval in read(text, said_at)]
    assert first == start


@pytest.mark.parametrize(
    "text",
    ["the week before my birthday", "a few days ago", "on Friday", "3/4/2023", "two years earlier"],
)
def test_what_nobody_can_know_is_found_and_left_open(text):
    assert [span.interval for span in dates(f"We met {text}.", MONDAY)] == [None]


@pytest.mark.parametrize(
    "text",
    [
        "31 February 2024",
        "I may go",
        "march on",
        "June said hi",
        "We ran",
        "Q3",
        "2000 people",
        "555-1234",
    ],
)
def test_what_is_no_date_is_not_resolved_as_one(text):
    assert [interval for interval in read(text) if interval and interval[1] < "2024-01-01"] == []


@pytest.mark.parametrize(
    ("text", "is_date"),
    [
        ("How many scarves do I knit in a year?", False),
        ("We row twice in a week.", False),
        ("I knitted 14 long scarves in a year.", False),
        ("The mast was mended in two days.", False),
        ("The shed was built in a year.", False),
        ("The regatta is in a year.", True),
        ("It was in a year, she said.", True),
        ("How many boats will there be in a year?", True),
        ("I have my exam at 5 in a week.", True),
        ("It was dull. The regatta is in a month.", True),
        ("How often do we meet in a week's time?", True),
    ],
)
def test_in_a_year_is_a_date_unless_it_says_how_long_something_takes(text, is_date):
    assert bool(read(text)) is is_date


def test_without_a_day_to_count_from_only_whole_dates_are_resolved():
    assert read("yesterday, in May, since 2019", None) == [None, None, ("2019-01-01", "2020-01-01")]


@pytest.mark.parametrize("year", [1, 9999])
def test_the_ends_of_the_calendar_are_no_error(year):
    said_at = datetime(year, 1, 1, tzinfo=UTC)
    text = "yesterday, last week, next year, 9000 years ago, in 9000 years, on 3 May, last May"
    intervals = [span.interval for span in dates(text, said_at)]
    assert len(intervals) == 7
    assert all(interval is None or interval[0] < interval[1] for interval in intervals)
