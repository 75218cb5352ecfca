"""Times that are counted from another, or back from now."""

from datetime import UTC, datetime, timedelta

import pytest

from graphmem.retrieve.question.calendar import Calendar
from graphmem.retrieve.question.counted_times import moved_times, rolling, weeks_around

CALENDAR = Calendar(datetime(2025, 10, 8, tzinfo=UTC), UTC, range(2025, 2026))  # a Wednesday


def days(times):
    epoch = datetime(1970, 1, 1, tzinfo=UTC)
    return [
        tuple(str((epoch + timedelta(days=day)).date()) for day in (period.first, period.until))
        for one in times
        for period in one.periods
    ]


@pytest.mark.parametrize(
    ("text", "first", "until"),
    [
        ("the weekend before 3 july 2025", "2025-06-28", "2025-06-30"),
        ("the weekend after 3 july 2025", "2025-07-05", "2025-07-07"),
        ("the weekend before 6 july 2025", "2025-06-28", "2025-06-30"),
        ("two weekends before 3 july 2025", "2025-06-21", "2025-06-23"),
        ("the day after easter 2025", "2025-04-22", "2025-04-23"),
        ("a week before christmas 2025", "2025-12-17", "2025-12-24"),
    ],
)
def test_a_time_is_counted_from_a_date_or_a_feast(text, first, until):
    assert days(moved_times(text, CALENDAR)) == [(first, until)]


@pytest.mark.parametrize(
    ("text", "first"),
    [
        ("in the last ten days", "2025-09-28"),
        ("what did i do these past few days?", "2025-10-03"),
        ("over the past month", "2025-09-07"),
        ("within the last 36 hours", "2025-10-06"),
    ],
)
def test_the_last_days_run_up_to_now(text, first):
    assert days(rolling(text, CALENDAR)) == [(first, "2025-10-09")]


@pytest.mark.parametrize("text", ["in the last week", "the last two days of may", "the last house"])
def test_the_last_week_is_the_one_before_this(text):
    assert days(rolling(text, CALENDAR)) == []


def test_the_week_of_a_day_holds_it():
    assert days(weeks_around("the week of 3 july 2025", CALENDAR)) == [("2025-06-30", "2025-07-07")]
    assert days(weeks_around("the weekend of july 5, 2025", CALENDAR)) == [
        ("2025-07-05", "2025-07-07")
    ]
    assert days(weeks_around("the week of may 2025 or of tests", CALENDAR)) == []
