"""A turn's parts under the names that programs give them."""

from datetime import UTC, datetime

import pytest

from graphmem.ingest.reading import fields
from graphmem.ingest.reading.fields import content_text, take, take_name, take_said_at


def test_the_first_key_with_a_value_is_taken_and_leaves_the_record() -> None:
    record = {"content": "", "message": "ok", "body": "later"}
    assert take(record, fields.TEXT_KEYS) == "ok"
    assert record == {"content": "", "body": "later"}
    assert take(record, ("speaker",)) is None


def test_a_name_may_be_a_number_and_is_never_a_truth_value() -> None:
    assert take_name({"id": 7}, fields.ID_KEYS) == "7"
    assert take_name({"id": True, "uuid": " a "}, fields.ID_KEYS) == "a"
    assert take_name({"id": {"x": 1}}, fields.ID_KEYS) is None


def test_a_date_and_a_time_that_stand_apart_are_one_moment() -> None:
    record = {"date": "2024-05-08", "time": "18:30", "mood": "calm"}
    assert take_said_at(record, "chat:1") == (datetime(2024, 5, 8, 18, 30, tzinfo=UTC), None)
    assert record == {"mood": "calm"}


def test_a_date_that_cannot_be_is_a_problem_and_is_kept() -> None:
    record = {"timestamp": "the day after"}
    said_at, problem = take_said_at(record, "chat:1")
    assert said_at is None
    assert problem is not None
    assert problem.source == "chat:1"
    assert record == {"said_at": "the day after"}


@pytest.mark.parametrize(
    ("content", "text"),
    [
        ("plain", "plain"),
        (["one", {"text": "two"}, {"image": 1}, {"text": 3}], "one\ntwo"),
        ([{"image": 1}], ""),
        ({"text": "no list"}, None),
        (None, None),
    ],
)
def test_the_text_of_a_content_is_its_text_parts(content: object, text: str | None) -> None:
    assert content_text(content) == text


def test_what_is_shown_of_a_value_is_short() -> None:
    assert len(fields.shown(["x" * 500] * 500)) <= 60
