"""Dates are told as people check them, with the weekday of a day; facts on one line."""

from datetime import UTC, datetime

import pytest

from graphmem.batches import Claim, Mention
from graphmem.told import told_fact, told_interval, told_time, with_dates_told


def at(year: int, month: int, day: int) -> datetime:
    return datetime(year, month, day, tzinfo=UTC)


@pytest.mark.parametrize(
    ("start", "until", "told"),
    [
        (at(2024, 5, 10), at(2024, 5, 11), "Fri 10 May 2024"),
        (at(2024, 5, 6), at(2024, 5, 13), "6 to 12 May 2024"),
        (at(2024, 4, 29), at(2024, 5, 6), "29 April to 5 May 2024"),
        (at(2024, 12, 30), at(2025, 1, 6), "30 December 2024 to 5 January 2025"),
        (at(2024, 5, 1), at(2024, 6, 1), "May 2024"),
        (at(2023, 6, 1), at(2023, 9, 1), "June to August 2023"),
        (at(2023, 12, 1), at(2024, 3, 1), "December 2023 to February 2024"),
        (at(2023, 1, 1), at(2024, 1, 1), "2023"),
        (at(1990, 1, 1), at(2000, 1, 1), "1990 to 1999"),
    ],
)
def test_an_interval_is_called_by_what_it_is(start: datetime, until: datetime, told: str) -> None:
    assert told_interval(start, until) == told


def test_a_time_has_its_weekday_and_midnight_no_time_of_day() -> None:
    assert told_time(datetime(2024, 5, 10, 18, 5, tzinfo=UTC)) == "Fri 10 May 2024 18:05"
    assert told_time(at(2024, 5, 10)) == "Fri 10 May 2024"


@pytest.mark.parametrize(
    ("negated", "told"),
    [(False, "Ana — lives in — Porto"), (True, "Ana — not lives in — Porto")],
)
def test_a_fact_is_one_line_that_says_what_is_denied(negated: bool, told: str) -> None:
    claim = Claim(
        subject="Ana", relation="lives in", object="Porto", start=0, end=18, negated=negated
    )
    assert told_fact(claim) == told


TEXT = "We met last Friday, on 3 May 2024, and some day."
FRIDAY = Mention(
    name="3 May 2024", start=7, end=18, kind="date",
    valid_from=at(2024, 5, 3), valid_until=at(2024, 5, 4),
)  # fmt: skip
EXACT = Mention(
    name="3 May 2024", start=23, end=33, kind="date",
    valid_from=at(2024, 5, 3), valid_until=at(2024, 5, 4),
)  # fmt: skip
UNKNOWN = Mention(name="that day", start=39, end=47, kind="date")


def test_only_a_date_that_is_told_relatively_has_the_date_meant_behind_it() -> None:
    told = with_dates_told(TEXT, [UNKNOWN, EXACT, FRIDAY], (0, len(TEXT)))
    assert told == "We met last Friday (Fri 3 May 2024), on 3 May 2024, and some day."


def test_a_part_of_a_text_tells_the_dates_inside_it_alone() -> None:
    assert with_dates_told(TEXT, [FRIDAY], (3, 18)) == "met last Friday (Fri 3 May 2024)"
    assert with_dates_told(TEXT, [FRIDAY], (0, 12)) == "We met last "
    assert with_dates_told(TEXT, [FRIDAY], (10, 20)) == "t Friday, "


def test_what_is_no_date_is_never_told() -> None:
    name = Mention(name="other", start=0, end=2, kind="name", valid_from=at(2024, 5, 3))
    assert with_dates_told(TEXT, [name], (0, 6)) == "We met"
