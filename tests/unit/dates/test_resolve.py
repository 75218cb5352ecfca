"""What a found date stands for: said on Wednesday, 15 May 2024, worked out by the calendar."""

import re
from datetime import UTC, datetime

import pytest

from graphmem.dates.pattern import DATE, KINDS
from graphmem.dates.resolve import is_relative, resolve

SAID = datetime(2024, 5, 15, 20, tzinfo=UTC)


def found(text: str) -> tuple[str, re.Match[str]]:
    match = DATE.search(text)
    assert match is not None
    return next(kind for kind in KINDS if match[kind]), match


def read(text: str, said_at: datetime | None = SAID) -> tuple[str, str] | None:
    kind, match = found(text)
    interval = resolve(kind, match, said_at, match["role"] or "")
    return interval and (f"{interval[0]:%Y-%m-%d}", f"{interval[1]:%Y-%m-%d}")


@pytest.mark.parametrize(
    ("text", "start", "until"),
    [
        ("2023-02-28", "2023-02-28", "2023-03-01"),
        ("31/12/2023", "2023-12-31", "2024-01-01"),
        ("12/31/2023", "2023-12-31", "2024-01-01"),
        ("4/4/2023", "2023-04-04", "2023-04-05"),
        ("the 3rd of march 2021", "2021-03-03", "2021-03-04"),
        ("sept. 2020", "2020-09-01", "2020-10-01"),
        ("winter 2020", "2020-12-01", "2021-03-01"),
        ("the 1980s", "1980-01-01", "1990-01-01"),
        ("the 19th century", "1801-01-01", "1901-01-01"),
        ("in 1999", "1999-01-01", "2000-01-01"),
    ],
)
def test_a_date_with_its_year_is_the_same_whenever_it_was_said(
    text: str, start: str, until: str
) -> None:
    assert read(text) == read(text, None) == (start, until)
    assert not is_relative(*found(text))


@pytest.mark.parametrize(
    ("text", "start", "until"),
    [
        ("the day before yesterday", "2024-05-13", "2024-05-14"),
        ("the day after tomorrow", "2024-05-17", "2024-05-18"),
        ("last night", "2024-05-14", "2024-05-15"),
        ("tonight", "2024-05-15", "2024-05-16"),
        ("tomorrow", "2024-05-16", "2024-05-17"),
        ("last wednesday", "2024-05-08", "2024-05-09"),
        ("this wednesday", "2024-05-15", "2024-05-16"),
        ("next wednesday", "2024-05-22", "2024-05-23"),
        ("next friday", "2024-05-17", "2024-05-18"),
        ("last may", "2023-05-01", "2023-06-01"),
        ("this may", "2024-05-01", "2024-06-01"),
        ("next may", "2025-05-01", "2025-06-01"),
        ("next june", "2024-06-01", "2024-07-01"),
        ("last april", "2024-04-01", "2024-05-01"),
        ("last winter", "2023-12-01", "2024-03-01"),
        ("last spring", "2023-03-01", "2023-06-01"),
        ("this spring", "2024-03-01", "2024-06-01"),
        ("next spring", "2025-03-01", "2025-06-01"),
        ("last week", "2024-05-06", "2024-05-13"),
        ("two months ago", "2024-03-01", "2024-04-01"),
        ("a couple of days ago", "2024-05-13", "2024-05-14"),
        ("in 10 days", "2024-05-25", "2024-05-26"),
        ("january", "2024-01-01", "2024-02-01"),
        ("since december", "2023-12-01", "2024-01-01"),
        ("until december", "2024-12-01", "2025-01-01"),
        ("by february", "2025-02-01", "2025-03-01"),
        ("20 may", "2024-05-20", "2024-05-21"),
        ("since 20 may", "2023-05-20", "2023-05-21"),
        ("december 30", "2023-12-30", "2023-12-31"),
        ("until may 3", "2025-05-03", "2025-05-04"),
        ("february 29", "2024-02-29", "2024-03-01"),
    ],
)
def test_a_date_that_depends_on_the_day_is_counted_from_it(
    text: str, start: str, until: str
) -> None:
    assert read(text) == (start, until)
    assert read(text, None) is None
    assert is_relative(*found(text))


@pytest.mark.parametrize(
    "text",
    [
        "5/4/2023",
        "2023-02-31",
        "30 february 2023",
        "the week after christmas",
        "on monday",
        "a few weeks ago",
        "two days earlier",
        "in some years",
    ],
)
def test_what_nobody_can_know_is_none(text: str) -> None:
    assert read(text) is None


@pytest.mark.parametrize(("said", "leap"), [(2021, 2020), (2022, 2024), (1900, 1904)])
def test_a_leap_day_is_that_of_the_nearest_leap_year(said: int, leap: int) -> None:
    said_at = datetime(said, 5, 15, tzinfo=UTC)
    assert read("29 february", said_at) == (f"{leap}-02-29", f"{leap}-03-01")


def test_the_day_counts_and_not_the_time() -> None:
    midnight = datetime(2024, 5, 15, tzinfo=UTC)
    assert read("yesterday", midnight) == read("yesterday", midnight.replace(hour=23))


def test_the_ends_of_the_calendar_give_none() -> None:
    first, last = datetime(1, 1, 1, tzinfo=UTC), datetime(9999, 12, 31, tzinfo=UTC)
    assert read("yesterday", first) is None
    assert read("tomorrow", last) is None
    assert read("last january", first) is None
