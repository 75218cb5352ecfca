"""The times that a question names, and where they stand."""

from datetime import UTC, datetime

import pytest

from graphmem.retrieve.question.calendar import Calendar
from graphmem.retrieve.question.times import times_in

CALENDAR = Calendar(datetime(2024, 8, 13, tzinfo=UTC), UTC, range(2023, 2025))


def read(text, calendar=CALENDAR):
    return [(text[one.start : one.end], one.role, one.from_now) for one in times_in(text, calendar)]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("what did i eat yesterday?", [("yesterday", "", True)]),
        ("what did i buy since 3 may 2024?", [("3 may 2024", "since", False)]),
        ("the week before 3 may 2024", [("the week before 3 may 2024", "", False)]),
        ("two days after last monday", [("two days after last monday", "", True)]),
        ("in the last two weeks", [("in the last two weeks", "", True)]),
        ("over the winter", [("winter", "in", False)]),
        ("winter 2023", [("winter 2023", "", False)]),
        ("the day after the fair", []),
        ("a letter from june", []),
    ],
)
def test_each_is_read_once_with_the_word_that_leads_it(text, found):
    assert read(text) == found


def test_a_bare_year_is_a_condition_only_where_a_word_leads_it():
    led, bare = (next(times_in(text, CALENDAR)) for text in ("in 2023", "the 2023 film"))
    assert (led.is_condition, bare.is_condition) == (True, False)


def test_a_memory_without_times_has_no_year_to_read_an_open_date_in():
    assert read("on 8 may", Calendar(CALENDAR.now, UTC, range(0))) == []
