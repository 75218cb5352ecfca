"""Whether turns put what is asked in the question's own words and order, as notes mostly do.

"The rent of my flat is 800" repeats "What is the rent of my flat?" but for the word that asks. Once
the best hit does, how much of that order a newer turn keeps tells the same matter in other words
from another matter that shares its words: "the rent of the flat rose" from "the flat is for rent".
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import dropwhile, pairwise

from graphmem.retrieve.question.current import NOW_WORDS
from graphmem.text import words

READ = 500
"""Characters of a turn that are read."""
FEWEST = 3
"""Pairs of neighbouring words in a question that can be repeated at all."""
NOTED = 0.75
"""The share of them that a turn repeats which notes what is asked."""
RESTATED = 0.5
"""Of the share that the best hit repeats, what a newer turn repeats which says it once more."""
SIGNS = ("in_order", "in_order_lead", "like_best", "like_best_lead")
"""What is read of a hit and a newer turn: the share of the question's pairs that the newer has, and
by how much it exceeds that of others which are newer too; how like it is to the hit, and by how
much more than to those older than it."""
_ASKING = frozenset(
    """who whom whose what when where which how is was are were am do does did has have
    had""".split()
)
_SUPERLATIVE = re.compile(r"most|least|fewest|top|best|worst|\w{3,30}est")
"""Any says what any other does: the most and the greatest, the highest and the top."""

Pairs = frozenset[tuple[str, str]]


@dataclass(frozen=True, slots=True)
class Wording:
    """How the first hits put what a question asks."""

    asked: Pairs
    """The question's pairs of neighbouring words, without those that ask."""
    said: Mapping[int, Pairs]
    """The same of each hit."""

    @classmethod
    def of(cls, question: str, texts: Mapping[int, str]) -> "Wording":
        """Read a question and turns."""
        said = {note: pairs_of(text) for note, text in texts.items()}
        return cls(asked_pairs(question), said)

    def in_order(self, note: int) -> float:
        """Return the share of the question's pairs that a turn has."""
        return len(self.asked & self.said[note]) / len(self.asked) if self.asked else 0.0

    def signs(
        self, best: int, newer: int, rivals: Sequence[int], older: Sequence[int]
    ) -> dict[str, float]:
        """Return the SIGNS of a newer turn: how it puts what is asked, and how much likelier so.

        `rivals` are other turns newer than the best hit, `older` those older than the newer turn.
        """
        share, liking = self.in_order(newer), likeness(self.said[best], self.said[newer])
        others = (self.in_order(note) for note in rivals)
        nearest = (likeness(self.said[note], self.said[newer]) for note in older)
        lead, nearer = share - max(others, default=0.0), liking - max(nearest, default=0.0)
        return dict(zip(SIGNS, (share, lead, liking, nearer), strict=True))


def is_noted(question: str, text: str) -> bool:
    """Tell whether a text says nearly all that is asked, in the question's words and order."""
    asked = asked_pairs(question)
    if len(asked) < FEWEST:
        return False
    return len(asked & pairs_of(text)) >= NOTED * len(asked)


def likeness(one: Pairs, other: Pairs) -> float:
    """Return the share of the pairs of either that both have."""
    both = len(one & other)
    return both / (len(one) + len(other) - both) if both else 0.0


@lru_cache(maxsize=4_096)
def pairs_of(text: str) -> Pairs:
    """Return the pairs of neighbouring words of a text."""
    return frozenset(pairwise(map(_as_class, words(text[:READ]))))


@lru_cache(maxsize=256)
def asked_pairs(question: str) -> Pairs:
    """Return the same of a question, without the words at its beginning that ask."""
    told = dropwhile(_ASKING.__contains__, words(question[:READ]))
    return frozenset(pairwise(map(_as_class, told)))


def _as_class(word: str) -> str:
    """Return what a word is taken for: words for now, and superlatives, each for one of them."""
    if word in NOW_WORDS:
        return "now"
    return "most" if _SUPERLATIVE.fullmatch(word) else word
