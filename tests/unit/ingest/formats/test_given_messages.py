"""A message list as a program gives it: turns with one time, problems, errors by place."""

from datetime import UTC, datetime

import pytest

from graphmem.errors import InputError
from graphmem.ingest.formats.given_messages import ADDED_AS_MESSAGES, given_messages
from graphmem.types import Problem

NOW = datetime(2024, 6, 1, 12, tzinfo=UTC)


def turns(*messages, session=None, said_at=None, metadata=None):
    return given_messages(messages, session=session, said_at=said_at, metadata=metadata, now=NOW)


def user(text, **more):
    return {"role": "user", "content": text, **more}


def test_a_message_is_said_when_it_says_else_as_all_are_else_now():
    (own, other) = turns(user("a", timestamp="2024-05-01"), user("b"))
    assert (own.said_at.day, own.is_clock_time) == (1, False)
    assert (other.said_at, other.is_clock_time) == (NOW, True)
    (dated,) = turns(user("a"), said_at="2024-05-02")
    assert (dated.said_at.day, dated.is_clock_time) == (2, False)


def test_all_are_in_the_session_given_else_in_that_of_each_message():
    assert [t.session for t in turns(user("a", thread_id="t7"), user("b"))] == [
        "t7", ADDED_AS_MESSAGES,
    ]  # fmt: skip
    assert {t.session for t in turns(user("a", thread_id="t7"), user("b"), session="own")} == {
        "own"
    }


def test_a_messages_own_metadata_goes_before_that_of_all():
    (turn,) = turns(user("a", mood="calm"), metadata={"mood": "any", "app": "phone"})
    assert turn.metadata == {"mood": "calm", "app": "phone"}


def test_a_message_without_text_is_a_problem_beside_those_that_have_some():
    problem, turn = turns({"role": "assistant", "content": None}, user("a"))
    assert isinstance(problem, Problem)
    assert turn.text == "a"


@pytest.mark.parametrize(
    ("message", "where"),
    [
        ("text", r"messages\[1\] must be"),
        ({"role": "user", "content": 3}, r"messages\[1\]: content"),
        (user("a", id="e" + "0" * 24), "own ids"),
        (user("a", mood=object()), "'mood'"),
    ],
)
def test_what_is_no_message_is_refused_by_its_place(message, where):
    with pytest.raises(InputError, match=where):
        turns(user("a"), message)


def test_messages_without_any_text_are_refused():
    with pytest.raises(InputError, match="no text"):
        turns(user(" "), {"role": "tool", "content": None})
