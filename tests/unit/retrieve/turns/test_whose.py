"""Whether a sentence is about another person than the one asked about."""

import pytest

from graphmem.retrieve.turns.whose import is_of_another

ANSWER = "My piano teacher is Mr Holm."


@pytest.mark.parametrize(
    "sentence",
    [
        "Vera's piano teacher is called Lund.",
        "The neighbours' piano teacher moved.",
        "My cousin has a new piano teacher.",
        "Vera plays the piano now.",
    ],
)
def test_others_are_told_by_their_names_and_kin(sentence: str) -> None:
    assert is_of_another(sentence, "Which piano teacher do I have?", ANSWER)


@pytest.mark.parametrize(
    "sentence",
    [
        "My piano teacher is Mrs Lund now.",
        "I left Mr Holm.",
        "It's Vera's turn now.",
        "That's a piano.",
        "Mr Holm moved away.",
    ],
)
def test_ones_own_and_who_was_named_are_nobody_elses(sentence: str) -> None:
    assert not is_of_another(sentence, "Which piano teacher do I have?", ANSWER)


def test_who_is_asked_for_may_be_anybody() -> None:
    assert not is_of_another(
        "Vera takes over the choir.", "Who leads my choir?", "I lead the choir."
    )
