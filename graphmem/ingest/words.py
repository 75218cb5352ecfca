"""The words and sentences of turns: several notes ask for them, and each text is read once."""

from collections.abc import Sequence
from functools import lru_cache

from graphmem.sentences import sentences
from graphmem.text import STOPWORDS, words, words_between
from graphmem.types import Span

_LONGEST = 20_000
"""Characters of a text that is remembered; with `_REMEMBERED` it bounds the memory."""
_REMEMBERED = 128
"""Texts: a session's note, its segments and its turns are derived one after the other."""


def content_words(text: str) -> tuple[str, ...]:
    """Return the words of a text that carry content, in order."""
    return _content(words(text))


def content_between(text: str, spans: Sequence[Span]) -> list[tuple[str, ...]]:
    """Return the content words of each part of a text."""
    return list(map(_content, words_between(text, spans)))


def _content(found: Sequence[str]) -> tuple[str, ...]:
    return tuple([word for word in found if len(word) > 2 and word not in STOPWORDS])


def words_of_turn(text: str) -> tuple[str, ...]:
    """Return the content words of a text that is asked for again soon."""
    return _remembered_words(text) if len(text) <= _LONGEST else content_words(text)


def sentences_of_turn(text: str) -> tuple[Span, ...]:
    """Return the spans of the sentences of a text that is asked for again soon."""
    return _remembered_spans(text) if len(text) <= _LONGEST else _spans(text)


def _spans(text: str) -> tuple[Span, ...]:
    return tuple(sentences(text))


_remembered_words = lru_cache(_REMEMBERED)(content_words)
_remembered_spans = lru_cache(_REMEMBERED)(_spans)
