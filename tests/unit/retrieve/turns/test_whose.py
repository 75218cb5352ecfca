"""Whether a sentence is about another person than the one asked about."""

import pytest

from graphmem.retrieve.turns.whose import Whose

ANSWER = "My piano teacher is Mr Holm."


@pytest.mark.parametrize(
    "sentence",
    [
        "Vera's piano teacher is called Lund.",
        "The neighbours' piano teacher moved.",
        "My cousin has a new piano teacher.",
        "Vera plays the piano now.",
        "In Rome somebody pays 90 for a piano lesson.",
    ],
)
def test_others_are_told_by_their_names_and_kin(sentence: str) -> None:
    assert Whose.of("Which piano teacher do I have?", ANSWER).is_another_in(sentence)


@pytest.mark.parametrize(
    "sentence",
    [
        "My piano teacher is Mrs Lund now.",
        "I left Mr Holm.",
        "It's Vera's turn now.",
        "That's a piano.",
        "Mr Holm moved away.",
        "Somebody called, and I left Mr Holm.",
    ],
)
def test_ones_own_and_who_was_named_are_nobody_elses(sentence: str) -> None:
    assert not Whose.of("Which piano teacher do I have?", ANSWER).is_another_in(sentence)


def test_who_is_asked_for_may_be_anybody() -> None:
    whose = Whose.of("Who leads my choir?", "I lead the choir.")
    assert not whose.is_another_in("Vera takes over the choir.")
