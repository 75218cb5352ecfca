"""Times of every engine are one text; what is no time stays as it is."""

import pytest

from graphmem.graph.cypher.answer import time_text


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("2024-05-01T10:00:00+02:00", "2024-05-01T08:00:00+00:00"),
        ("2024-05-01T10:00:00Z", "2024-05-01T10:00:00+00:00"),
        ("2024-05-01T10:00:00", "2024-05-01T10:00:00"),
        ("2024-05-01 10:00:00+02:00", "2024-05-01 10:00:00+02:00"),
        ("2024-05-01", "2024-05-01"),
        ("a quiet day", "a quiet day"),
    ],
)
def test_only_a_date_with_time_and_zone_is_told_in_utc(text: str, shown: str) -> None:
    assert time_text(text) == shown
