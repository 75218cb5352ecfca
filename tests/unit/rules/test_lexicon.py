"""The word lists behind the rules."""

import re

import pytest

from graphmem.rules import lexicon
from graphmem.rules.lexicon import CLITICS, GRAMMAR


@pytest.mark.parametrize(
    ("word", "letter"),
    [
        ("the", "d"),
        ("she", "R"),
        ("didn't", "Z"),
        ("moved", "E"),
        ("moving", "G"),
        ("went", "V"),
        ("children", "N"),
        ("work", "w"),
        ("seven", "x"),
        ("stopped", "E"),
        ("carries", "V"),
    ],
)
def test_a_word_has_the_letter_of_its_list_in_every_form(word: str, letter: str) -> None:
    assert GRAMMAR[word] == letter


def test_every_letter_is_one_that_the_module_explains() -> None:
    explained = set(re.findall(r"(?:^|[\s,])(\w) [a-zE-]", lexicon.__doc__ or ""))
    assert set(GRAMMAR.values()) <= explained | {"E", "G"}
    assert set(CLITICS.values()) <= explained


def test_words_stand_in_lower_case() -> None:
    assert [word for word in GRAMMAR if word != word.lower()] == []
