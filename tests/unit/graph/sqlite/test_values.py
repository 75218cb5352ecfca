"""A value of another type than was written is refused, not passed on."""

from datetime import UTC, datetime, timedelta

import numpy as np
import pytest

from graphmem.errors import StoreDamagedError
from graphmem.graph.sqlite.errors import rows_of
from graphmem.graph.sqlite.values import (
    as_moment,
    as_number,
    as_place,
    as_seconds,
    as_spans,
    as_text,
    as_text_or_none,
    as_texts,
    order_number,
    time_number,
)


def test_what_was_written_is_read() -> None:
    assert as_text("heron") == "heron"
    assert as_text_or_none(None) is None
    assert as_number(2) == 2
    assert as_texts('["a","b"]') == ("a", "b")
    assert as_place(3, 3) == 3
    assert as_moment("2024-05-01T10:00:00+00:00") == datetime(2024, 5, 1, 10, tzinfo=UTC)
    assert as_moment(None) is None
    assert as_seconds(7_500_000) == 7.5
    assert as_spans(np.array([0, 4, 5, 9], "<i4").tobytes(), 9) == ((0, 4), (5, 9))


@pytest.mark.parametrize(
    ("read", "value"),
    [
        (as_text, b"heron"),
        (as_text, None),
        (as_text_or_none, 5),
        (as_number, "2"),
        (as_texts, "{}"),
        (as_texts, "[1]"),
        (as_texts, "[}"),
        (as_moment, "2024-05-01T10:00:00"),
        (as_moment, "2024-05-01T10:00:00+02:00"),
        (as_moment, "2024-0z-01"),
        (as_moment, 1.5),
        (as_moment, 2**62),
        (as_seconds, "7"),
        (as_seconds, 2**62),
        (as_seconds, -(2**62)),
        (lambda value: as_place(value, 3), 4),
        (lambda value: as_place(value, 3), -1),
        (lambda value: as_spans(value, 9), np.array([5, 10], "<i4").tobytes()),
        (lambda value: as_spans(value, 9), b"123"),
        (lambda value: as_spans(value, 9), None),
    ],
)
def test_what_was_never_written_is_damage_of_its_table(read: object, value: object) -> None:
    with pytest.raises(StoreDamagedError, match="table note is damaged"):
        _read(read, value)


MOMENTS = [
    datetime(1, 1, 1, tzinfo=UTC),
    datetime(1969, 12, 31, 23, 59, 59, 999_999, tzinfo=UTC),
    datetime(1970, 1, 1, tzinfo=UTC),
    datetime(2024, 5, 1, 10, 0, 0, 1, tzinfo=UTC),
    datetime.max.replace(tzinfo=UTC),
]


def test_a_moment_comes_back_from_its_number_to_the_microsecond() -> None:
    numbers = [time_number(moment) for moment in MOMENTS]
    assert [as_moment(number) for number in numbers] == MOMENTS
    assert [as_seconds(number) for number in numbers] == [one.timestamp() for one in MOMENTS]
    assert numbers[2] == 0
    assert time_number(None) is None


def test_numbers_sort_as_moments_and_as_the_texts_that_order_episodes() -> None:
    close = [MOMENTS[3] + timedelta(microseconds=n) for n in (-1, 0, 999_999, 1_000_000)]
    texts = ["", *(moment.isoformat() for moment in sorted([*MOMENTS, *close]))]
    numbers = [order_number(text) for text in texts]
    assert numbers == sorted(numbers)
    assert numbers[1:] == [time_number(moment) for moment in sorted([*MOMENTS, *close])]


def _read(read: object, value: object) -> None:
    assert callable(read)
    with rows_of("note"):
        read(value)
