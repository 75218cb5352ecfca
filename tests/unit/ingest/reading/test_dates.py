"""The dates that sources write."""

from contextlib import suppress
from datetime import UTC, datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from graphmem.errors import InputError
from graphmem.ingest.reading.dates import find_said_at, parse_clock, parse_said_at

MORNING = datetime(2024, 5, 1, 10, 3, tzinfo=UTC)


@pytest.mark.parametrize(
    "written",
    [
        "2024-05-01T10:03:00Z",
        "2024-05-01T12:03:00+02:00",
        "2024-05-01T10:03",
        "2024-05-01 10:03",
        "2024-05-01 10:03:00 UTC",
        "2024-05-01 05:03 -0500",
        "2024/05/01 10:03",
        "01/05/2024 10:03",
        "01.05.2024, 10:03",
        "01/05/24, 10:03",
        "10:03 am on 1 May, 2024",
        "1 May 2024 at 10:03",
        "May 1, 2024 10:03 AM",
        "Wednesday, 1st of May 2024, 10:03",
        "Wed, 01 May 2024 12:03:00 +0200",
        "Wed, 01 May 2024 05:03:00 CDT",
        "Wed May  1 10:03:00 2024",
        "1714557780",
        1714557780,
        1714557780.0,
        1714557780000,
        1714557780000000,
        MORNING,
        datetime(2024, 5, 1, 12, 3, tzinfo=timezone(timedelta(hours=2))),
    ],
)
def test_one_moment_is_read_in_every_form(written: object) -> None:
    assert parse_said_at(written) == MORNING
    assert parse_said_at(written).tzinfo is UTC


@pytest.mark.parametrize(
    ("written", "day"),
    [
        ("2024-05-01", (2024, 5, 1)),
        ("20240501", (2024, 5, 1)),
        ("May 8, 2023", (2023, 5, 8)),
        ("08-May-2023", (2023, 5, 8)),
        ("01/12/2024", (2024, 12, 1)),
        ("05/13/2024", (2024, 5, 13)),  # only the American order is a date
        ("May 2023", (2023, 5, 1)),
        ("2024-05", (2024, 5, 1)),
        ("2024", (2024, 1, 1)),
    ],
)
def test_a_date_without_a_time_is_its_first_midnight(
    written: str, day: tuple[int, int, int]
) -> None:
    assert parse_said_at(written) == datetime(*day, tzinfo=UTC)


@pytest.mark.parametrize("hour", [("12:48 am", 0), ("12:48 pm", 12), ("1:48 pm", 13)])
def test_noon_and_midnight_are_told_apart(hour: tuple[str, int]) -> None:
    assert parse_said_at(f"{hour[0]} on 1 February, 2023").hour == hour[1]


@pytest.mark.parametrize(
    "written",
    [
        "2024-02-30",
        "31/02/2024",
        "2023-13-45",
        "25:61 on 8 May 2023",
        "13:00 pm on 8 May 2023",
        "yesterday",
        "soon, 8 May 2023 perhaps",
        "2024-05-01 10:03 XYZ",
        "9999-12-31T23:59:00-05:00",
        "1" + "0" * 300,
        "1" + " " * 1_000_000 + "May 2024",
        0,
        -5,
        2024,
        10**30,
        float("nan"),
        float("inf"),
        True,
        [2024],
    ],
)
def test_a_date_that_cannot_be_is_refused(written: object) -> None:
    with pytest.raises(InputError, match="is not a date"):
        parse_said_at(written)


@given(st.datetimes(min_value=datetime(1, 1, 2), max_value=datetime(9999, 12, 30)))
def test_what_python_writes_is_read_back(moment: datetime) -> None:
    assert parse_said_at(moment.isoformat()) == moment.replace(tzinfo=UTC)


@given(st.text() | st.integers() | st.floats() | st.none())
def test_anything_is_a_time_in_utc_or_an_input_error(written: object) -> None:
    with suppress(InputError):
        assert parse_said_at(written).tzinfo is UTC


def test_a_heading_is_parted_from_its_date() -> None:
    assert find_said_at("Session 3 (8 May 2023)") == (datetime(2023, 5, 8, tzinfo=UTC), "Session 3")
    assert find_said_at("Session 2 - 2024-05-01 at 10:03") == (MORNING, "Session 2")
    assert find_said_at("Session 2") == (None, "Session 2")
    with pytest.raises(InputError, match="cannot be"):
        find_said_at("Session 2 - 2024-02-30")


def test_a_time_of_day_alone_is_no_date() -> None:
    assert parse_clock("1:56 pm") == timedelta(hours=13, minutes=56)
    assert parse_clock("25:00") is None
    assert parse_clock("2024-05-01 10:03") is None


@pytest.mark.parametrize(
    "written",
    [
        "Sun Feb 09 2025 19:05:00 GMT+0100 (Central European Standard Time)",
        "2025-02-09 18:05:00 +0000 UTC m=+0.0123",
        "2025-02-09T19:05:00+01:00[Europe/Madrid]",
        "2025-02-09T19:05:00[Europe/Madrid]",
        "Sun Feb  9 18:05:00 UTC 2025",
        "Sun, 9 Feb 2025 19:05:00 +0100 (CET)",
        "9 February 2025 at 18:05 WET",
        "2025-02-09 19:05 CET",
        "9. Februar 2025 18:05",
        "9 de febrero de 2025 18:05",
        "9 févr. 2025 à 18:05",
        "09-Feb-25 18:05",
        "2025-02-09T18:04:60Z",
        "February-9-2025 18:05",
        "2025-02-09 18.05.00",
        "9/2/2025, 6:05 p. m.",
        "٩/٢/٢٠٢٥، ٦:٠٥ م",
        "2025年2月9日 下午6:05",
        "2025년 2월 9일 오후 6:05",
        "09.02.25 klo 18.05",
    ],
)
def test_dates_of_common_programs_and_languages_are_one_moment(written: str) -> None:
    assert parse_said_at(written) == datetime(2025, 2, 9, 18, 5, tzinfo=UTC)


def test_the_order_of_day_and_month_can_be_said() -> None:
    assert parse_said_at("02/09/2025", date_order="mdy") == parse_said_at("2025-02-09")
    assert parse_said_at("25/02/09", date_order="ymd") == parse_said_at("2025-02-09")


def test_a_zone_that_means_three_things_is_refused_by_its_name() -> None:
    with pytest.raises(InputError, match="IST"):
        parse_said_at("2025-02-09 18:05 IST")


@pytest.mark.parametrize(
    "written",
    [
        "So., 9. Februar 2025, 18:05 Uhr",
        "9 февраля 2025 г., 18:05",
        "9 февраля 2025 г. в 18:05",
        "2025年2月9日 晚上6:05",
    ],
)
def test_words_that_only_go_with_a_date_are_passed_over(written: str) -> None:
    assert parse_said_at(written) == datetime(2025, 2, 9, 18, 5, tzinfo=UTC)
