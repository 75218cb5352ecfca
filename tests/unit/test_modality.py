"""The word lists that the rules and a pipeline share."""

import pytest

from graphmem import modality
from graphmem.text import words

LISTS = {name: value for name, value in vars(modality).items() if name.isupper()}


@pytest.mark.parametrize("name", LISTS)
def test_every_word_is_one_that_texts_are_read_in(name: str) -> None:
    for word in LISTS[name]:
        assert words(word) == [word]


def test_what_is_wished_is_guessed_and_what_one_is_able_to_may_be() -> None:
    assert modality.WISHES < modality.GUESSES
    assert modality.ABLE < modality.MODALS


def test_to_deny_knowing_denies_nothing() -> None:
    assert modality.OPINIONS.isdisjoint({"know", "knew", "remember", "realise", "realize"})
