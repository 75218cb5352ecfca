"""The words that a question is searched for, and how much each counts for turns."""

from collections.abc import Collection, Iterator, Sequence
from itertools import pairwise

from graphmem.retrieve.question.frame import ORDER_WORDS, SORT_WORDS
from graphmem.retrieve.question.written import Written
from graphmem.retrieve.words.content import is_content, marked
from graphmem.retrieve.words.terms import term_of, terms_in
from graphmem.types import Span

NAME_SHARE = 0.25
"""How much the name of a speaker asked about counts as a word: a turn seldom holds the name of who
says it, but others speak of him."""


def asked_terms(
    written: Written,
    names: Collection[str] = (),
    *,
    unsaid: Sequence[Span] = (),
    in_order: bool = False,
) -> dict[str, float]:
    """Return the terms of each word that carries content, in the order asked -> its share, 0 to 1.

    `names` are the folded words that name speakers, `unsaid` where words stand that nobody said
    then: those that count from now. What only says what sort of answer is wanted counts nothing for
    turns, nor does what asks for the first or the last (`in_order`) where it names no matter. Where
    every word is a stop word, all are asked for.
    """
    kept = list(_content_words(written, unsaid))
    kept = kept or [(word, (term_of(word),)) for word in written.words]
    is_framing = SORT_WORDS
    if in_order and not {word for word, _ in kept} - SORT_WORDS - ORDER_WORDS - set(names):
        is_framing = SORT_WORDS | ORDER_WORDS | set(names)
    shares: dict[str, float] = {}
    for word, terms in kept:
        share = 0.0 if word in is_framing else NAME_SHARE if word in names else 1.0
        for term in terms:
            shares[term] = max(share, shares.get(term, 0.0))
    return shares


def _content_words(
    written: Written, unsaid: Sequence[Span]
) -> Iterator[tuple[str, tuple[str, ...]]]:
    """Yield each folded word with its terms."""
    for start, end in pairwise((*written.sentence_starts, len(written.spans))):
        forms = marked(written.surfaces[start:end])
        words = zip(forms, written.folded[start:end], written.spans[start:end], strict=True)
        for form, folded, (at, _) in words:
            if any(first <= at < last for first, last in unsaid):
                continue
            for word in folded:
                if is_content(form, word):
                    yield word, terms_in(form) if len(folded) == 1 else (term_of(word),)
