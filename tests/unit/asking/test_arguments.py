"""What search and the lists are told, as filters; an argument that cannot be is named."""

from datetime import UTC, date, datetime, timedelta, timezone
from uuid import UUID

import pytest

from graphmem.asking.arguments import condition_of, filters_of
from graphmem.errors import ConfigError, InputError
from graphmem.filters import NO_FILTERS, Condition


def read(**given):
    """Return the filters of some arguments, all others left out."""
    names = ("since", "until", "speaker", "session", "kind", "where")
    return filters_of(**{**dict.fromkeys(names), **given})


def test_no_argument_is_no_filter():
    assert read() == NO_FILTERS


def test_a_day_or_month_begins_in_since_and_ends_in_until():
    found = read(since="2024-03", until="2024-03-31")
    assert found.since == datetime(2024, 3, 1, tzinfo=UTC)
    assert found.until == datetime(2024, 4, 1, tzinfo=UTC) - timedelta(microseconds=1)
    assert read(until=date(2024, 3, 31)).until == found.until


def test_a_moment_is_taken_as_it_is_and_in_utc():
    east = datetime(2024, 3, 1, 12, 30, tzinfo=timezone(timedelta(hours=2)))
    assert read(since=east).since == east
    assert read(until="2024-03-01 12:30").until == datetime(2024, 3, 1, 12, 30, tzinfo=UTC)


@pytest.mark.parametrize("given", [{"speaker": 5}, {"session": [5]}, {"kind": True}])
def test_a_name_that_is_no_text_is_refused_by_its_argument(given):
    (argument,) = given
    with pytest.raises(ConfigError, match=argument):
        read(**given)


def test_one_name_is_a_list_of_one():
    assert read(speaker="Iben", session=["a", "b"]).speakers == ("Iben",)
    assert read(session=["a", "b"]).sessions == ("a", "b")


def test_metadata_is_asked_for_by_value_by_list_and_by_range():
    found = read(
        where={"channel": "sms", "tag": ["work", "home"], "year": {">=": 2020, "<": 2024}}
    ).where
    assert found == (
        Condition("channel", "=", ("sms",)),
        Condition("tag", "=", ("work", "home")),
        Condition("year", ">=", (2020,)),
        Condition("year", "<", (2024,)),
    )


def test_metadata_is_asked_for_as_a_person_types_it():
    assert read(where="channel=sms") == read(where={"channel": "sms"})
    assert read(where=["year>=2020", "year<2024"]) == read(where={"year": {">=": 2020, "<": 2024}})


def test_dates_and_uuids_are_asked_for_as_the_metadata_has_them():
    day, name = date(2024, 3, 1), UUID(int=7)
    assert [one.values for one in read(where={"due": {"<": day}, "id": name}).where] == [
        ("2024-03-01",),
        (str(name),),
    ]


@pytest.mark.parametrize(
    ("given", "message"),
    [
        ({"since": 7}, "since: 7"),
        ({"until": "soon"}, "soon"),
        ({"since": "2024-05", "until": "2024-04"}, "later than until"),
        ({"speaker": []}, "speaker is an empty list"),
        ({"session": [7]}, "session must be str"),
        ({"kind": "turns"}, "did you mean 'turn'"),
        ({"where": 7}, "where must be"),
        ({"where": "sms"}, "KEY=VALUE"),
        ({"where": {"year": {"=>": 2020}}}, "'=>'"),
        ({"where": {"year": {">": [1, 2]}}}, "one value"),
        ({"where": {"tag": []}}, "empty list"),
        ({"where": {"tag": object()}}, "must be a text"),
    ],
)
def test_an_argument_that_cannot_be_is_named(given, message):
    with pytest.raises((ConfigError, InputError), match=message):
        read(**given)


@pytest.mark.parametrize(
    ("text", "condition"),
    [
        ("channel=sms", Condition("channel", "=", ("sms",))),
        ("year>=2020", Condition("year", ">=", (2020,))),
        ("year = 2020", Condition("year", "=", (2020, "2020"))),
        ("draft!=true", Condition("draft", "!=", (True, "true"))),
        ("formula=a>b", Condition("formula", "=", ("a>b",))),
        ("due<2024-05-01", Condition("due", "<", ("2024-05-01",))),
        ("note=", Condition("note", "=", ("",))),
    ],
)
def test_a_typed_condition_has_a_key_a_sign_and_a_value(text, condition):
    assert condition_of(text) == condition


@pytest.mark.parametrize("text", ["channel", "=sms", "", ">=3"])
def test_a_typed_condition_without_a_key_or_sign_says_how_it_is_written(text):
    with pytest.raises(ConfigError, match="KEY=VALUE"):
        condition_of(text)
