"""A text with its words where they stand in it: the one time that a question is tokenised."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from graphmem.text import fold, spans_at, word_spans, words
from graphmem.types import Span

_LOOK_BACK = 8
"""Characters before a word that are looked at for the end of a sentence."""


@dataclass(frozen=True, slots=True)
class Written:
    """A text of w words."""

    text: str
    spans: tuple[Span, ...]
    """(w,) where each word stands."""
    folded: tuple[tuple[str, ...], ...]
    """(w,) the folded words of each: mostly one, several where folding splits it (½)."""

    @classmethod
    def of(cls, text: str) -> "Written":
        """Tokenise a text."""
        spans = tuple(word_spans(text))
        return cls(text, spans, tuple(tuple(words(text[start:end])) for start, end in spans))

    @property
    def words(self) -> tuple[str, ...]:
        """The folded words, in order."""
        return tuple(word for folded in self.folded for word in folded)

    @property
    def surfaces(self) -> tuple[str, ...]:
        """(w,) the words as written: case, accents and endings kept."""
        return tuple(self.text[start:end] for start, end in self.spans)

    @property
    def normal_forms(self) -> tuple[str, ...]:
        """(w,) each word as the index has it, `graphmem.text.normalise` of its surface."""
        pairs = zip(self.folded, self.surfaces, strict=True)
        return tuple(" ".join(folded) or fold(surface).strip() for folded, surface in pairs)

    @property
    def folded_words(self) -> tuple[str, ...]:
        """(w,) the first folded word of each."""
        return tuple((folded or ("",))[0] for folded in self.folded)

    def begins_sentence(self, place: int) -> bool:
        """Return whether a word is the first of the text or of one of its sentences."""
        start = self.spans[place][0]
        before = self.text[max(start - _LOOK_BACK, 0) : start].rstrip(" \t\n\"'“‘([")
        return place == 0 or before[-1:] in tuple(".!?…:")

    @property
    def sentence_starts(self) -> tuple[int, ...]:
        """The places of the words that begin a sentence, in order."""
        return tuple(place for place in range(len(self.spans)) if self.begins_sentence(place))

    def words_at(self, starts: Sequence[int]) -> list[str]:
        """Return the folded word that each of the places stands in, empty between words."""
        at = spans_at(self.spans, starts)
        return [(self.folded[i] or ("",))[0] if i >= 0 else "" for i in at]

    def replaced(self, changes: Iterable[tuple[Span, str]]) -> "Written":
        """Return the text with some spans of it, in order, replaced by one word each.

        Nothing is tokenised again: the words outside keep what they are and move. A span holds
        whole words.
        """
        pieces: list[str] = []
        spans: list[Span] = []
        folded: list[tuple[str, ...]] = []
        cursor = at = length = 0
        for (start, end), word in [*changes, ((len(self.text), len(self.text)), "")]:
            while at < len(self.spans) and self.spans[at][0] < start:
                shift = length - cursor
                spans.append((self.spans[at][0] + shift, self.spans[at][1] + shift))
                folded.append(self.folded[at])
                at += 1
            pieces += [self.text[cursor:start], word]
            length += start - cursor
            if word:
                spans.append((length, length + len(word)))
                folded.append((fold(word),))
            length += len(word)
            while at < len(self.spans) and self.spans[at][0] < end:
                at += 1
            cursor = end
        return Written("".join(pieces), tuple(spans), tuple(folded))
