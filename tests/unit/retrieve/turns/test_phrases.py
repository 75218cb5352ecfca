"""Patterns are put together of words and ways that can be read."""

import pytest

from graphmem.retrieve.turns.phrases import Way, any_way, words

ROWED = any_way([Way(rf"rowed {words('out to_sea')}", "rowed to sea"), Way("paddled", "paddled")])


@pytest.mark.parametrize("text", ["we rowed out", "ole rowed to sea", "i paddled"])
def test_any_way_is_found_in_a_text(text: str) -> None:
    assert ROWED.search(text)


@pytest.mark.parametrize("text", ["rowed to_sea", "rowed", "rowed outside", "unpaddled"])
def test_only_whole_words_are(text: str) -> None:
    assert not ROWED.search(text)
