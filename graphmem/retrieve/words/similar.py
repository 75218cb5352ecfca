"""The words of a question as the texts write them: slips, endings, compounds, other spellings.

Each word is compared once with the whole vocabulary by its letter trigrams; what is like it is then
searched by the postings that are there. No text is compared with the question, so it costs the
same however many texts hold a word.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from graphmem.retrieve.words.counts import Scores
from graphmem.retrieve.words.index import WordIndex
from graphmem.retrieve.words.terms import term_of
from graphmem.retrieve.words.trigrams import shared_trigrams

ALIKE = 0.7
"""Likeness from which a term stands beside a word that the texts have."""
ALIKE_UNKNOWN = 0.55
"""The same where they lack the word: of English slips most are as like, of other words few."""
INSIDE = 0.9
"""What the share of a word's trigrams that a longer term holds counts for, beside their cosine."""
MAX_SIMILAR = 12
"""Terms that stand for one word at most, the likest."""
_SHORT, _LONG = 5, 8
"""Letters from which one slip, and two, make no other word."""
_HELD = 4
"""Letters of the shortest word that is looked for inside longer ones."""
_COMPARED = 48
"""Terms that share most trigrams with an unknown word, which are compared letter by letter."""
_MIN_PART = 2
"""Letters of each part of a compound at least."""


@dataclass(frozen=True, slots=True)
class Sought:
    """One word of a question among the terms of a snapshot."""

    share: float
    """How much it counts, 1 for a whole word."""
    own: int
    """Its own term; -1 if no note holds it."""
    similar: NDArray[np.int32]
    """(m,) other terms that are like it, ascending."""
    likeness: Scores
    """(m,) in (0, 1]."""
    term: str = ""
    """As it is asked for."""

    @property
    def is_found(self) -> bool:
        """Whether a text has it, or what is like it."""
        return self.own >= 0 or len(self.similar) > 0


def sought_words(
    index: WordIndex, shares: Mapping[str, float], is_there: NDArray[np.bool_]
) -> tuple[Sought, ...]:
    """Find each of a question's terms, which count for `shares`, in the vocabulary.

    `is_there` (v,) says which terms stand in the texts that are searched; no other is found. For a
    term that is not among them slips of the pen and parts of compounds are looked for too.
    """
    found = []
    for term, share in shares.items():
        if share > 0:
            own = index.numbers.get(term, -1)
            own = own if own >= 0 and is_there[own] else -1
            alike = _alike(index, term, is_there, is_known=own >= 0)
            alike.pop(own, None)
            numbers = np.array(sorted(alike), np.int32)
            likeness = np.array([alike[number] for number in numbers.tolist()], np.float64)
            found.append(Sought(share, own, numbers, likeness, term))
    return tuple(found)


def shares_of(asked: Iterable[Sought]) -> dict[int, float]:
    """Return each term that is searched for, by number, with how much of it is asked for."""
    shares: dict[int, float] = {}
    for word in asked:
        likeness = dict(zip(word.similar.tolist(), word.likeness.tolist(), strict=True))
        for number, like in ({word.own: 1.0} | likeness).items():
            if number >= 0:
                shares[number] = max(word.share * like, shares.get(number, 0.0))
    return shares


def joined_words(words: Iterable[str]) -> tuple[str, ...]:
    """Return the terms of neighbouring words written as one: `email` of `e`, `mail`.

    `words` are a question's folded words, in order.
    """
    pairs = (first + second for first, second in pairwise(words))
    return tuple(dict.fromkeys(map(term_of, pairs)))


def _alike(
    index: WordIndex, term: str, is_there: NDArray[np.bool_], *, is_known: bool
) -> dict[int, float]:
    """Return the terms that are like one, with how like they are."""
    letters = len(term)
    if letters <= _MIN_PART:
        return {}
    shared = shared_trigrams(index.trigrams, term) * is_there
    near = np.flatnonzero(shared)
    cosine = shared[near] / np.sqrt(letters * index.trigrams.lengths[near])
    inside = INSIDE * shared[near] / letters if letters >= _HELD else 0.0
    likeness = np.maximum(cosine, inside)
    best = likeness >= (ALIKE if is_known else ALIKE_UNKNOWN)
    alike = dict(zip(near[best].tolist(), likeness[best].tolist(), strict=True))
    if not is_known:
        terms = index.tokens.vocabulary.terms
        order = np.argsort(-likeness, kind="stable")[:_COMPARED]
        for at in near[order].tolist():
            alike[at] = max(alike.get(at, 0.0), _spelt_alike(term, terms[at]))
        alike |= _halves(index, term, is_there)
    kept = sorted(alike, key=lambda at: (-alike[at], at))[:MAX_SIMILAR]
    return {at: alike[at] for at in kept if alike[at] >= ALIKE_UNKNOWN}


def _spelt_alike(word: str, term: str) -> float:
    """Return 1 less the share of letters that are slips; 0 if there are too many for one word."""
    allowed = (len(word) >= _SHORT) + (len(word) >= _LONG)
    if not allowed or abs(len(word) - len(term)) > allowed or not word.isalpha():
        return 0.0
    slips = edit_distance(word, term, most=allowed)
    return 1 - slips / max(len(word), len(term)) if slips <= allowed else 0.0


def edit_distance(one: str, other: str, *, most: int) -> int:
    """Return how many letters must be added, dropped, replaced or swapped; `most` + 1 if more.

    Source: Damerau (1964), A technique for computer detection and correction of spelling errors.
    """
    before_last: list[int] = []
    last = list(range(len(other) + 1))
    for i, letter in enumerate(one, 1):
        row = [i]
        for j, wanted in enumerate(other, 1):
            cost = min(last[j] + 1, row[-1] + 1, last[j - 1] + (letter != wanted))
            if i > 1 and j > 1 and letter == other[j - 2] and one[i - 2] == wanted:
                cost = min(cost, before_last[j - 2] + 1)
            row.append(cost)
        if min(row) > most:
            return most + 1
        before_last, last = last, row
    return min(last[-1], most + 1)


def _halves(index: WordIndex, term: str, is_there: NDArray[np.bool_]) -> dict[int, float]:
    """Return the terms of the two words that a compound is made of, if the texts have both."""
    cuts = range(_MIN_PART, len(term) - _MIN_PART + 1)
    for at in sorted(cuts, key=lambda cut: abs(cut - len(term) / 2)):
        found = [index.numbers.get(term_of(half), -1) for half in (term[:at], term[at:])]
        if all(number >= 0 and is_there[number] for number in found):
            return dict.fromkeys(found, 1.0)
    return {}
