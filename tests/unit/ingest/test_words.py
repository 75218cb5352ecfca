import pytest

from graphmem.ingest.words import (
    content_between,
    content_words,
    sentences_of_turn,
    words_of_turn,
)
from graphmem.sentences import sentences

TEXTS = (
    "The harbour was quiet. Ana's boat came in at 1,000 paces! Did C++ help?",
    "Der Größte kam. Nobody saw it: the lantern's glow, don't you think?",
    "",
    "no sentence ends here",
)


@pytest.mark.parametrize("text", [*TEXTS, "a word and another. " * 2_000])
def test_what_is_remembered_of_a_turn_is_what_is_read_in_it(text: str) -> None:
    for _ in range(2):
        assert words_of_turn(text) == content_words(text)
        assert list(sentences_of_turn(text)) == sentences(text)


@pytest.mark.parametrize("text", TEXTS)
def test_the_words_of_each_sentence_are_those_of_the_sentence_alone(text: str) -> None:
    spans = sentences(text)
    alone = [content_words(text[start:end]) for start, end in spans]
    assert content_between(text, spans) == alone
