"""What a search finds before the store is asked for it, and the words that its reasons quote."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from graphmem.answers import Path
from graphmem.retrieve.words.content import as_written
from graphmem.retrieve.words.index import WordIndex
from graphmem.retrieve.words.tokens import Tokens
from graphmem.types import EpisodeId, NoteId, Span
from graphmem.vectors import distinct

WORDS_QUOTED = 4
"""Words that one reason quotes."""


@dataclass(frozen=True, slots=True)
class Found:
    """A note that a search found, with its reasons."""

    note: NoteId
    score: float
    """In (0, 1]: how likely it holds evidence (`calibration`); PageRank: its share of visits."""
    why: tuple[str, ...]
    paths: tuple[Path, ...]
    words: tuple[str, ...] = ()
    """The asked words that its text holds, as it writes them."""
    before: EpisodeId | None = None
    """What was said right before it in its session."""
    after: EpisodeId | None = None
    part: Span | None = None
    """The part of a long text that answers best; None: the whole."""
    marks: tuple[str, ...] = ()
    """What is known of its standing among the others."""
    repeats: tuple[EpisodeId, ...] = ()
    """The other times that the same was said, in the snapshot's order."""


@dataclass(frozen=True, slots=True)
class AskedWords:
    """Says which of a question's words a note has, from the words as they were indexed."""

    tokens: Tokens
    weight: NDArray[np.float64]
    """(v + 1,) idf of the terms of the question as far as each is asked for, 0 for all others; the
    last stands for a stop word's -1."""
    like: Mapping[int, str] = field(default_factory=dict)
    """The terms that are not asked for themselves, with the word of the question they are like."""
    meant: Mapping[int, str] = field(default_factory=dict)
    """The terms that only mean nearly the same, each with the word of the question."""
    _read: dict[int, list[int]] = field(init=False, default_factory=dict, compare=False, repr=False)
    """The asked words of the texts that were looked at, as numbers, in order."""

    @classmethod
    def of(
        cls, words: WordIndex, terms: NDArray[np.int32], shares: NDArray[np.float64] | float = 1.0
    ) -> "AskedWords":
        """Take the numbers of a question's terms, -1 for one that no text holds.

        `shares` is (t,) or one for all: how much of each is asked for, 0 for one that is not.
        """
        weight = np.zeros(len(words.tokens.vocabulary.terms) + 1)
        weight[terms] = shares * words.idf[terms]
        weight[-1] = 0
        vocabulary = words.tokens.vocabulary
        parts = vocabulary.parts
        held = np.flatnonzero(weight[parts.values])  # the word that a part stands in is asked for
        whole = vocabulary.term_of[np.searchsorted(parts.indptr, held, side="right") - 1]
        np.maximum.at(weight, whole, weight[parts.values[held]])
        return cls(words.tokens, weight)

    def of_note(self, note: int) -> dict[int, str]:
        """Return the asked terms that a note's text says, in its order, each as first written."""
        return self._held(self._of_text(note))

    def quoted(self, terms: Mapping[int, str]) -> str:
        """Return the few of a text's asked words that are rarest, quoted, in the text's order.

        One that is only like what is asked says so, `“colour” (like “color”)`, and one that means
        nearly the same: `“moved” (for “live”)`.
        """
        best = sorted(terms, key=lambda term: -self.weight[term])[:WORDS_QUOTED]
        return ", ".join(
            f"“{word}”{self._stands_for(term)}" for term, word in terms.items() if term in best
        )

    def _stands_for(self, term: int) -> str:
        if term in self.meant:
            return f" (for “{self.meant[term]}”)"
        return f" (like “{self.like[term]}”)" if term in self.like else ""

    def of_title(self, note: int) -> dict[int, str]:
        """Return the asked terms that a note's title says, in its order, each as first written."""
        return self._held(self._asked(self.tokens.title_words.row(note)))

    def by_sentence(self, note: int) -> NDArray[np.float64]:
        """Return (s,) the idf of the asked terms that each of a note's sentences says."""
        begin, end = self.tokens.sentence_indptr[note : note + 2].tolist()
        said = self.tokens.sentences.words(begin, end)
        terms = self.tokens.vocabulary.term_of[said].astype(np.int64)
        lengths = self.tokens.sentences.lengths_of(begin, end)
        sentence = np.repeat(np.arange(end - begin), lengths)
        held = self.weight[terms] > 0
        pairs = distinct(sentence[held] * len(self.weight) + terms[held])
        places, terms = np.divmod(pairs, len(self.weight))
        return np.bincount(places, self.weight[terms], minlength=end - begin).astype(np.float64)

    def weights_of(self, note: int) -> dict[str, float]:
        """Return the asked words of a note's text in their order, as written, with their idf."""
        surfaces, term_of = self.tokens.vocabulary.surfaces, self.tokens.vocabulary.term_of
        return {
            as_written(surfaces[surface]): self.weight.item(term_of.item(surface))
            for surface in dict.fromkeys(self._of_text(note))
        }

    def _of_text(self, note: int) -> list[int]:
        """Return the words of a note's text that are asked for, as numbers, in order."""
        if note not in self._read:
            self._read[note] = self._asked(self.tokens.words_of(note))
        return self._read[note]

    def _held(self, said: Iterable[int]) -> dict[int, str]:
        vocabulary = self.tokens.vocabulary
        first: dict[int, str] = {}
        for surface in said:
            term = vocabulary.term_of.item(surface)
            if term not in first:
                first[term] = as_written(vocabulary.surfaces[surface])
        return first

    def _asked(self, said: NDArray[np.int32]) -> list[int]:
        """Return those of some words that are asked for, as numbers, in order."""
        asked = self.weight.take(self.tokens.vocabulary.term_of.take(said)) > 0
        found: list[int] = said[asked].tolist()
        return found


def quoted(said: Iterable[str]) -> str:
    """Return words in quotation marks."""
    return ", ".join(f"“{word}”" for word in said)
