"""Key noun phrases of lower-case speech."""

import pytest

from graphmem.rules.phrases import MAX_WORDS, phrases
from graphmem.rules.tokens import tokenise
from graphmem.sentences import sentences


def found_in(text: str) -> list[str]:
    found = phrases(tokenise(text, sentences(text)))
    assert all(text[one.start : one.end] == one.name for one in found)
    return [one.name for one in found]


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("we joined a pottery class", ["pottery class"]),
        ("the kettle broke", ["kettle"]),
        ("hey, thanks!", []),
    ],
)
def test_a_phrase_is_found_without_its_determiner_and_verb(text: str, names: list[str]) -> None:
    assert found_in(text) == names


def test_of_a_long_run_of_nouns_the_last_are_the_phrase() -> None:
    (name,) = found_in("the turnip kettle lamp window ladder fell")
    assert name == "lamp window ladder"
    assert len(name.split()) <= MAX_WORDS
