"""Parts of a longer time in a question."""

from datetime import UTC, date, datetime

import pytest

from graphmem.retrieve.question.calendar import Calendar
from graphmem.retrieve.question.calendar_parts import parts_said, years_meant

CALENDAR = Calendar(datetime(2025, 10, 8, tzinfo=UTC), UTC, range(2024, 2026))  # a Wednesday


def said(text):
    return [
        (one.match["said"], one.match["role"] or "", [str(first) for first, _ in one.days])
        for one in parts_said(text, CALENDAR)
    ]


@pytest.mark.parametrize(
    ("text", "first", "until"),
    [
        ("what did i read in early november 2024?", "2024-11-01", "2024-11-13"),
        ("what did i read in mid-november 2024?", "2024-11-09", "2024-11-23"),
        ("what did i read late in november 2024?", "2024-11-19", "2024-12-01"),
        ("what did i read at the end of november last year?", "2024-11-19", "2024-12-01"),
        ("what did i read at the beginning of this year?", "2025-01-01", "2025-05-02"),
        ("what did i read late last year?", "2024-09-01", "2025-01-01"),
        ("what did i read at the start of the month?", "2025-10-01", "2025-10-13"),
        ("what did i read at the end of the month?", "2025-09-19", "2025-10-01"),
        ("what am i reading at the end of the month?", "2025-10-19", "2025-11-01"),
        ("what did i read in the first week of july 2025?", "2025-07-01", "2025-07-08"),
        ("what did i read in the last week of july 2025?", "2025-07-25", "2025-08-01"),
        ("what did i read on the 2nd tuesday of july 2025?", "2025-07-08", "2025-07-09"),
        ("what did i read on the last friday in july 2025?", "2025-07-25", "2025-07-26"),
        ("what did i read on the first weekend of july 2025?", "2025-07-05", "2025-07-07"),
        ("what did i read in the second half of 2024?", "2024-07-01", "2025-01-01"),
        ("what did i read in the first half of last month?", "2025-09-01", "2025-09-16"),
        ("what did i read in the third quarter of 2024?", "2024-07-01", "2024-10-01"),
        ("what did i read in q3 2024?", "2024-07-01", "2024-10-01"),
        ("what did i read in h2 of last year?", "2024-07-01", "2025-01-01"),
        ("what did i read last quarter?", "2025-07-01", "2025-10-01"),
    ],
)
def test_a_part_is_its_days(text, first, until):
    days = [tuple(map(str, days)) for one in parts_said(text, CALENDAR) for days in one.days]
    assert days == [(first, until)]


def test_a_part_of_a_month_without_a_year_is_that_of_every_year():
    assert said("who left in early may?") == [("early may", "", ["2024-05-01", "2025-05-01"])]


def test_the_word_that_leads_a_part_is_known():
    text = "what have i read until the end of june 2025?"
    assert said(text) == [("the end of june 2025", "until", ["2025-06-19"])]


@pytest.mark.parametrize(
    "text",
    [
        "what is at the end of the road?",
        "who won the first half of the game?",
        "who is the early bird?",
        "which q3 engine is it?",
        "what did we do in the second week of the course?",
        "who came on the fifth monday of february 2025?",
    ],
)
def test_a_part_of_anything_else_is_no_time(text):
    assert said(text) == []


def test_what_counts_from_now_is_no_time_where_nobody_knows_now():
    unknown = Calendar(None, UTC, CALENDAR.years)
    assert not list(parts_said("what did i read late last year, and last quarter?", unknown))
    assert years_meant("last year", unknown) == []
    assert years_meant("2019", unknown) == [2019]


def test_the_ends_of_the_calendar_are_no_error():
    for year in (1, 9999):
        edge = Calendar(datetime(year, 12, 31, tzinfo=UTC), UTC, range(year, year + 1))
        for text in ("early next year", "late last month", "the last week of next year", "in q4"):
            for one in parts_said(text, edge):
                assert all(date.min <= first <= until for first, until in one.days)
