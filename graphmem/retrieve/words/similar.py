"""The words of a question as the texts write them: slips, endings, compounds, other spellings.

Each word is compared once with the whole vocabulary by its letter trigrams; what is like it is then
searched by the postings that are there. No text is compared with the question, so it costs the
same however many texts hold a word.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from graphmem.retrieve.words.counts import Scores
from graphmem.retrieve.words.index import WordIndex
from graphmem.retrieve.words.terms import term_of
from graphmem.retrieve.words.trigrams import shared_trigrams
from graphmem.text import STOPWORDS

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
_LEAST_SHARED = 0.3
"""Share of a word's trigrams that a term has at least to be looked at."""
_HELD = 4
"""Letters of the shortest word that is looked for inside longer ones."""
_COMPARED = 48
"""Terms that share most trigrams with an unknown word, which are compared letter by letter."""
NOTHING_WRITTEN: Mapping[str, str] = {}
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
    index: WordIndex,
    shares: Mapping[str, float],
    is_there: NDArray[np.bool_],
    written: Mapping[str, str] = NOTHING_WRITTEN,
) -> tuple[Sought, ...]:
    """Find each of a question's terms, which count for `shares`, in the vocabulary.

    `is_there` (v,) says which terms stand in the texts that are searched; no other is found. For a
    term that is not among them slips of the pen and parts of compounds are looked for too, these in
    the word that it is the stem of, if `written` has it.
    """
    asked = {term: share for term, share in shares.items() if share > 0}
    known = [index.numbers.get(term, -1) for term in asked]
    known = [number if number >= 0 and is_there[number] else -1 for number in known]
    alike = _alike(index, tuple(asked), is_there, known, written)
    return tuple(
        Sought(share, own, np.array(sorted(like), np.int32), _values(like), term)
        for (term, share), own, like in zip(asked.items(), known, alike, strict=True)
    )


def _values(likeness: Mapping[int, float]) -> Scores:
    return np.array([likeness[number] for number in sorted(likeness)], np.float64)


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
    index: WordIndex,
    words: tuple[str, ...],
    is_there: NDArray[np.bool_],
    known: Sequence[int],
    written: Mapping[str, str],
) -> list[dict[int, float]]:
    """Return the terms that are like each word but itself, with how like they are."""
    letters = np.array([len(word) for word in words], np.float64)
    word, term, held = shared_trigrams(index.trigrams, words)
    is_near = (held >= _LEAST_SHARED * letters[word]) & is_there[term]
    word, term, held = word[is_near], term[is_near], held[is_near]
    of_word = letters[word]
    cosine = held / np.sqrt(of_word * index.trigrams.lengths[term])
    inside = np.where(of_word >= _HELD, INSIDE * held / of_word, 0.0)
    likeness = np.maximum(cosine, inside)
    ends = np.searchsorted(word, np.arange(len(words) + 1))
    found = []
    for at, (asked, own) in enumerate(zip(words, known, strict=True)):
        near, least = slice(ends[at], ends[at + 1]), ALIKE_UNKNOWN if own < 0 else ALIKE
        terms, alike = term[near], likeness[near]
        if own >= 0:  # of a word that the texts have, no other is looked at
            terms, alike = terms[alike >= least], alike[alike >= least]
        pairs = dict(zip(terms.tolist(), alike.tolist(), strict=True))
        if len(asked) <= _MIN_PART:
            pairs = {}
        elif own < 0:
            slips = _slips(index, asked, pairs)
            pairs = slips | _halves(index, written.get(asked, asked), is_there)
        pairs.pop(own, None)
        kept = sorted((number for number in pairs if pairs[number] >= least), key=_best(pairs))
        found.append({number: pairs[number] for number in kept[:MAX_SIMILAR]})
    return found


def _slips(index: WordIndex, word: str, alike: dict[int, float]) -> dict[int, float]:
    """Return how like terms are to a word that none of them is, by slips of the pen too."""
    terms = index.tokens.vocabulary.terms
    nearest = sorted(alike, key=_best(alike))[:_COMPARED]
    return {number: max(alike[number], _spelt_alike(word, terms[number])) for number in nearest}


def _best(alike: Mapping[int, float]) -> Callable[[int], tuple[float, int]]:
    return lambda number: (-alike[number], number)


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


def _halves(index: WordIndex, word: str, is_there: NDArray[np.bool_]) -> dict[int, float]:
    """Return the terms of the two words that a compound is made of, if the texts have both.

    Of `online` one is a stop word, which stands in many texts: there they must follow each other.
    """
    cuts = range(_MIN_PART, len(word) - _MIN_PART + 1)
    for at in sorted(cuts, key=lambda cut: abs(cut - len(word) / 2)):
        halves = word[:at], word[at:]
        content = [half for half in halves if half not in STOPWORDS]
        found = [index.numbers.get(term_of(half), -1) for half in content]
        if not found or not all(number >= 0 and is_there[number] for number in found):
            continue
        if len(found) == len(halves) or _follow(index, *halves):
            return dict.fromkeys(found, 1.0)
    return {}


def _follow(index: WordIndex, one: str, other: str) -> bool:
    """Tell whether some text writes two folded words one after the other."""
    tokens, known = index.tokens, index.word_numbers
    if one not in known or other not in known:
        return False
    said = tokens.vocabulary.word_of[tokens.sentences.rows().values]
    return bool(((said[:-1] == known[one]) & (said[1:] == known[other])).any())
