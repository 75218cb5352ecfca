"""What a search finds before the store is asked for it, and the words its reasons are told in."""

from collections.abc import Sequence
from dataclasses import dataclass

from graphmem.text import STOPWORDS, stem, words
from graphmem.types import NoteId, Path

WORDS_TOLD = 4


@dataclass(frozen=True, slots=True)
class Found:
    """A note that a search found, with its reasons."""

    note: NoteId
    score: float
    """In (0, 1]: what the note is worth as an answer; comparable within one search only."""
    why: tuple[str, ...]
    paths: tuple[Path, ...]


def shared_words(question: str, text: str) -> list[str]:
    """Return the content words of a text whose stems the question has, each once."""
    asked = {stem(word) for word in words(question) if word not in STOPWORDS}
    found = [word for word in words(text) if word not in STOPWORDS and stem(word) in asked]
    return list(dict.fromkeys(found))


def quoted(said: Sequence[str]) -> str:
    """Return a few words in quotation marks."""
    return ", ".join(f"“{word}”" for word in said[:WORDS_TOLD])
