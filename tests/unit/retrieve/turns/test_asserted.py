"""Which clauses say that something is so now."""

import pytest

from graphmem.retrieve.turns.asserted import asserted

NOW = "where do i live?"


@pytest.mark.parametrize(
    "sentence",
    [
        "I wish I had a boat.",
        "Maybe we should rent a boat.",
        "Did anybody see the boat?",
        "If we win, we buy a boat.",
        "I used to row a boat.",
        "When I was nine my father had a boat.",
        "They meant to sell the boat but kept it.",
        "My old boat was called Otter.",
        "The boat was wet.",
        "We saw two boats.",
        "Haha, the bath is our boat.",
        "He thought about selling the boat.",
        "We were to sell the boat, but changed our minds.",
        "The boat is too old, says a neighbour.",
        "According to the paper the boat is gone.",
    ],
)
def test_a_wish_a_guess_a_question_a_jest_and_the_past_say_nothing_of_now(sentence: str) -> None:
    assert asserted(sentence, NOW) == ""


@pytest.mark.parametrize(
    "sentence",
    [
        "We sold the boat",
        "The boat was moved to the north pier",
        "Our boat is green now",
        "Our boat is green now, I changed my mind",
        "I thought about it again, we sell the boat",
    ],
)
def test_what_is_so_is_kept_as_it_is(sentence: str) -> None:
    assert asserted(sentence, NOW) == sentence


def test_of_a_sentence_the_clauses_that_say_so_are_kept() -> None:
    assert asserted("We sold the boat, can you tell Ole?", NOW) == "We sold the boat"
    assert (
        asserted("Can you remind me that the boat is in dock 3?", NOW) == "the boat is in dock 3?"
    )


def test_a_question_about_what_was_or_is_wanted_is_answered_by_such() -> None:
    assert asserted("The boat was wet", "how was the boat?")
    assert asserted("I want to sail", "what do i want to do?")
