"""The calendar that a question's times are read against."""

from datetime import UTC, date, datetime

import pytest

from graphmem.retrieve.question.calendar import Calendar, counted, tense_of

CALENDAR = Calendar(datetime(2025, 10, 8, tzinfo=UTC), UTC, range(2024, 2026))


def test_months_carry_into_the_year_and_stop_at_the_ends_of_the_calendar():
    assert CALENDAR.months(2024, 14) == CALENDAR.months(2025, 2)
    assert CALENDAR.months(2024, 0) == CALENDAR.months(2023, 12)
    assert CALENDAR.months(9999, 12, 12).first == CALENDAR.months(9998, 12).first
    assert CALENDAR.months(0, 3).first == CALENDAR.months(1, 3).first


def test_what_is_longer_than_two_weeks_is_long():
    assert not CALENDAR.days(date(2025, 1, 1), date(2025, 1, 15)).is_long
    assert CALENDAR.days(date(2025, 1, 1), date(2025, 1, 16)).is_long


def test_nobody_knows_today_without_now():
    assert CALENDAR.today == date(2025, 10, 8)
    assert Calendar(None, UTC, range(0)).today is None


@pytest.mark.parametrize(
    ("text", "tense"),
    [
        ("what did i buy?", "past"),
        ("who called?", "past"),
        ("what is on?", "not past"),
        ("what'll we do?", "not past"),
        ("news on friday", "unsaid"),
    ],
)
def test_a_question_tells_its_tense(text, tense):
    assert tense_of(text) == tense


def test_a_count_is_a_number_or_its_name():
    assert (counted("12"), counted("three"), counted("a"), counted("the")) == (12, 3, 1, 1)
