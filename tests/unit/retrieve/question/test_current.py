"""Which questions ask for a value as it is, and which for a past, a span, a list or a day."""

import pytest

from graphmem.retrieve.question.current import Asks, asks_current
from graphmem.retrieve.question.when import When


@pytest.mark.parametrize(
    "question",
    [
        "what is my favourite tea",
        "who is the head of the choir",
        "how high is the rent in the annex",
    ],
)
def test_a_plain_question_asks_for_a_value_as_it_is(question: str) -> None:
    assert asks_current(question, When()) is Asks.PLAINLY


@pytest.mark.parametrize(
    "question",
    ["where is my desk now", "what do i currently drive", "who did the choir last sing with"],
)
def test_now_and_the_latest_ask_for_it_expressly(question: str) -> None:
    assert asks_current(question, When()) is Asks.EXPRESSLY


@pytest.mark.parametrize(
    "question",
    [
        "where did ana work in spring", "what was the rent before", "who was my first teacher",
        "what books do i own", "list the rooms that i rented", "how has the rent changed",
        "in what order do the rooms come", "what is the difference between both flats",
    ],
)  # fmt: skip
def test_a_past_a_span_an_order_and_a_list_are_no_value(question: str) -> None:
    assert asks_current(question, When()) is Asks.NOT


def test_what_is_asked_of_a_day_or_of_the_first_is_no_value_now() -> None:
    assert asks_current("what is on the list on monday", When(is_condition=True)) is Asks.NOT
    assert asks_current("who is our plumber today", When(is_condition=True)) is Asks.EXPRESSLY
    assert asks_current("what is my latest note", When(order="first")) is Asks.NOT


@pytest.mark.parametrize(
    "question", ["have i ever flown a kite", "do i own a boat", "is ana a vet"]
)
def test_whether_something_is_so_is_asked_for_no_value(question: str) -> None:
    assert asks_current(question, When()) is Asks.WHETHER


@pytest.mark.parametrize("question", ["do you know where ana lives", "do i know why ana left"])
def test_a_question_inside_another_is_the_one_that_is_asked(question: str) -> None:
    assert asks_current(question, When()) is not Asks.WHETHER


def test_the_past_tense_alone_asks_for_no_time_before_others() -> None:
    assert asks_current("who was the captain", When()) is Asks.PAST
