"""The days of a date by what stands beside it."""

from datetime import UTC, datetime, timedelta

import pytest

from graphmem.dates.read import dates
from graphmem.retrieve.question.calendar import Calendar
from graphmem.retrieve.question.dated import dated

NOW = datetime(2025, 10, 8, tzinfo=UTC)
CALENDAR = Calendar(NOW, UTC, range(2024, 2026))


def days(text):
    epoch = datetime(1970, 1, 1, tzinfo=UTC)
    found = [dated(text, span, CALENDAR) for span in dates(text, NOW)]
    return [
        tuple(str((epoch + timedelta(days=day)).date()) for day in (period.first, period.until))
        for _, periods in found
        for period in periods
    ]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("on 3 july 2025", [("2025-07-03", "2025-07-04")]),
        ("3 to 9 july 2025", [("2025-07-03", "2025-07-10")]),
        ("in june or july 2025", [("2025-06-01", "2025-07-01"), ("2025-07-01", "2025-08-01")]),
        ("december to may 2025", [("2024-12-01", "2025-01-01"), ("2025-05-01", "2025-06-01")]),
        ("on july 3 at 9:30", [("2024-07-03", "2024-07-04"), ("2025-07-03", "2025-07-04")]),
        ("on july 9 to 3", [("2024-07-09", "2024-07-10"), ("2025-07-09", "2025-07-10")]),
        ("on 31/2/2025", []),
        ("on 30.02.2025", []),
    ],
)
def test_a_date_is_its_days(text, found):
    assert days(text) == found


def test_a_date_ends_where_its_last_day_is_named():
    text = "june 1 to 6?"
    (span,) = dates(text, NOW)
    assert text[: dated(text, span, CALENDAR)[0]] == "june 1 to 6"
