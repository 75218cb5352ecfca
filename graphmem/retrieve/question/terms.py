"""The words that a question is searched for, and how much each counts for turns."""

from collections.abc import Collection, Iterator
from itertools import pairwise

from graphmem.retrieve.question.frame import SORT_WORDS
from graphmem.retrieve.question.written import Written
from graphmem.retrieve.words.content import is_content, marked
from graphmem.text import stem

NAME_SHARE = 0.25
"""How much the name of a speaker asked about counts as a word: a turn seldom holds the name of who
says it, but others speak of him."""


def asked_terms(written: Written, names: Collection[str]) -> dict[str, float]:
    """Return the stem of each word that carries content, in the order asked -> its share, 0 to 1.

    `names` are the folded words that name speakers. What only says what sort of answer is wanted
    counts nothing for turns. Where every word is a stop word, all are asked for.
    """
    kept = list(_content_words(written)) or list(written.words)
    shares: dict[str, float] = {}
    for word in kept:
        share = 0.0 if word in SORT_WORDS else NAME_SHARE if word in names else 1.0
        term = stem(word)
        shares[term] = max(share, shares.get(term, 0.0))
    return shares


def _content_words(written: Written) -> Iterator[str]:
    for start, end in pairwise((*written.sentence_starts, len(written.spans))):
        forms = marked(written.surfaces[start:end])
        for form, folded in zip(forms, written.folded[start:end], strict=True):
            yield from (word for word in folded if is_content(form, word))
