"""Days and weeks that a question names by numbers, by a week, loosely."""

from datetime import UTC, datetime

import pytest

from graphmem.retrieve.question.calendar import Calendar
from graphmem.retrieve.question.calendar_forms import forms_said

CALENDAR = Calendar(datetime(2025, 10, 8, tzinfo=UTC), UTC, range(2024, 2026))  # a Wednesday


def days(text, calendar=CALENDAR):
    said = (one.days for one in forms_said(text, calendar))
    return list(dict.fromkeys(tuple(map(str, days)) for all_days in said for days in all_days))


@pytest.mark.parametrize(
    ("text", "first", "until"),
    [
        ("what did i pay on 4/9/25?", "2025-09-04", "2025-09-05"),
        ("what did i pay on 9/24/25?", "2025-09-24", "2025-09-25"),
        ("what did i pay on 04.09.25?", "2025-09-04", "2025-09-05"),
        ("what did i pay on 4-9-2025?", "2025-09-04", "2025-09-05"),
        ("what did i pay on 3/7/98?", "1998-07-03", "1998-07-04"),
        ("what did i pay on 20250904?", "2025-09-04", "2025-09-05"),
        ("what did i pay in 2025-09?", "2025-09-01", "2025-10-01"),
        ("what did i pay in 09/2025?", "2025-09-01", "2025-10-01"),
        ("what did i pay in sept '25?", "2025-09-01", "2025-10-01"),
        ("what did i pay in june last year?", "2024-06-01", "2024-07-01"),
        ("what did i pay in june of this year?", "2025-06-01", "2025-07-01"),
        ("what did i pay on the 5th of june last year?", "2024-06-05", "2024-06-06"),
        ("what did i pay on june 5 this year?", "2025-06-05", "2025-06-06"),
        ("what did i pay on the 3rd?", "2025-10-03", "2025-10-04"),
        ("what did i pay on the 30th?", "2025-09-30", "2025-10-01"),
        ("what is due on the 30th?", "2025-10-30", "2025-10-31"),
        ("what did i pay on tuesday the 30th?", "2025-09-30", "2025-10-01"),
        ("what did i pay on the 2nd of last month?", "2025-09-02", "2025-09-03"),
        ("what did i do the week before last?", "2025-09-22", "2025-09-29"),
        ("what did i do the weekend before last?", "2025-09-27", "2025-09-29"),
        ("what did i do the month before last?", "2025-08-01", "2025-09-01"),
        ("what did i do the year before last?", "2023-01-01", "2024-01-01"),
        ("what did i do on monday last week?", "2025-09-29", "2025-09-30"),
        ("what did i do last week on monday?", "2025-09-29", "2025-09-30"),
        ("what is on friday of next week?", "2025-10-17", "2025-10-18"),
        ("what did i do over the weekend?", "2025-10-04", "2025-10-06"),
        ("what is on at the weekend?", "2025-10-11", "2025-10-13"),
        ("what did i do a few days ago?", "2025-10-02", "2025-10-07"),
        ("what did i do several months ago?", "2025-04-01", "2025-09-01"),
        ("what did i do half a year ago?", "2025-04-01", "2025-05-01"),
        ("what did i do this time last year?", "2024-10-05", "2024-10-12"),
        ("what did i do two weeks ago today?", "2025-09-21", "2025-09-28"),
        ("what did i grow this spring?", "2025-03-01", "2025-06-01"),
        ("what did i grow this winter?", "2024-12-01", "2025-03-01"),
    ],
)
def test_each_form_is_its_days(text, first, until):
    assert days(text) == [(first, until)]


def test_a_day_without_a_year_is_that_of_every_year():
    assert days("who came on 24/12?") == [
        ("2024-12-24", "2024-12-25"),
        ("2025-12-24", "2025-12-25"),
    ]


@pytest.mark.parametrize(
    "text",
    [
        "what is in 3/4 time?",
        "1/2 cup of sugar",
        "does it run on 3.11?",
        "what changed in version 5.3.24.1?",
        "what is on 31/2/2025?",
        "what is due on the 31st of next month?",
        "who lives on the 5th floor?",
        "is it open 24/7?",
        "what does the 2019/2020 report say?",
        "is my number 555-12-34?",
        "ticket 20250904?",
        "where is the weekend house?",
        "who was there this time?",
        "what do i grow this spring?",
    ],
)
def test_other_numbers_and_words_are_no_time(text):
    assert days(text) == []


def test_only_a_written_date_is_read_where_nobody_knows_now():
    unknown = Calendar(None, UTC, CALENDAR.years)
    said = "on the 3rd, last week on monday, a few days ago, this time last year, this spring"
    assert days(said, unknown) == []
    assert days("what did i pay on 4/9/25?", unknown) == [("2025-09-04", "2025-09-05")]
