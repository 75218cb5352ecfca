"""What a search finds before the store is asked for it, and the words that its reasons quote."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from graphmem.answers import Path
from graphmem.retrieve.words.tokens import Tokens
from graphmem.types import NoteId

WORDS_QUOTED = 4


@dataclass(frozen=True, slots=True)
class Found:
    """A note that a search found, with its reasons."""

    note: NoteId
    score: float
    """In (0, 1]: how well the note answers; comparable within one search only."""
    why: tuple[str, ...]
    paths: tuple[Path, ...]


@dataclass(frozen=True, slots=True)
class AskedWords:
    """Says which of a question's words a note has, from the words as they were indexed."""

    tokens: Tokens
    is_asked: NDArray[np.bool_]
    """(v + 1,) the terms of the question; the last stands for a stop word's -1."""

    @classmethod
    def of(cls, tokens: Tokens, terms: NDArray[np.int32]) -> "AskedWords":
        """Take the numbers of a question's terms, -1 for one that no text holds."""
        is_asked = np.zeros(len(tokens.vocabulary.terms) + 1, np.bool_)
        is_asked[terms] = True
        is_asked[-1] = False
        return cls(tokens, is_asked)

    def of_note(self, note: int) -> list[str]:
        """Return the folded words of a note's text whose stems the question has, each once."""
        tokens, vocabulary = self.tokens, self.tokens.vocabulary
        begin, end = tokens.sentences.indptr[tokens.sentence_indptr[note : note + 2]]
        said = tokens.sentences.values[begin:end]
        shared = vocabulary.word_of[said[self.is_asked[vocabulary.term_of[said]]]]
        return [vocabulary.words[word] for word in dict.fromkeys(shared.tolist())]


def quoted(said: Sequence[str]) -> str:
    """Return a few words in quotation marks."""
    return ", ".join(f"“{word}”" for word in said[:WORDS_QUOTED])
