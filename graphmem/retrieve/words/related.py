"""Words that mean nearly what a word of a question means: *move* and *house* beside *live*.

English, from a table that `scripts/related_words.py` distils from the vectors of all-MiniLM-L6-v2,
so that a memory without an encoder finds some of what an encoder would. Query expansion by nearest
terms: Kuzi, Shtok and Kurland (2016), Query Expansion Using Word Embeddings.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace
from functools import cache
from importlib.resources import files

import numpy as np
from numpy.typing import NDArray

from graphmem.retrieve.words.index import WordIndex
from graphmem.retrieve.words.similar import Sought

RELATED = 0.7
"""What a related word counts for, beside 1 of the word itself."""


def related_terms(term: str) -> tuple[str, ...]:
    """Return the terms that mean nearly what a term does, the nearest first."""
    return _table().get(term, ())


def with_related(
    index: WordIndex,
    asked: Sequence[Sought],
    is_there: NDArray[np.bool_],
    *,
    names: Collection[str] = (),
) -> tuple[Sought, ...]:
    """Return a question's words, each with the terms that are related to it too.

    `is_there` (v,) says which terms stand in the texts that are searched; the terms of `names` mean
    whom they name.
    """
    return tuple(word if word.term in names else _widened(index, word, is_there) for word in asked)


def _widened(index: WordIndex, word: Sought, is_there: NDArray[np.bool_]) -> Sought:
    likeness = dict(zip(word.similar.tolist(), word.likeness.tolist(), strict=True))
    for term in related_terms(word.term):
        number = index.numbers.get(term, -1)
        if number >= 0 and is_there[number] and number != word.own:
            likeness[number] = max(likeness.get(number, 0.0), RELATED)
    terms = np.array(sorted(likeness), np.int32)
    return replace(word, similar=terms, likeness=np.array([likeness[t] for t in terms.tolist()]))


@cache
def _table() -> Mapping[str, tuple[str, ...]]:
    text = files("graphmem.retrieve.words").joinpath("tables", "related.txt").read_text("utf-8")
    rows = (line.split() for line in text.splitlines() if not line.startswith("#"))
    return {term: tuple(others) for term, *others in rows}
