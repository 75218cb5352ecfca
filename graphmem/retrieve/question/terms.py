"""The words that a question is searched for, and how much each counts for turns."""

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from itertools import pairwise

from graphmem.retrieve.question.frame import LATEST_WORDS, ORDER_WORDS, SORT_WORDS
from graphmem.retrieve.question.written import Written
from graphmem.retrieve.words.content import is_content, marked
from graphmem.retrieve.words.terms import term_of, terms_in
from graphmem.types import Span

NAME_SHARE = 0.25
"""How much the name of a speaker asked about counts as a word: a turn seldom holds the name of who
says it, but others speak of him."""

CONTEXT_SHARE = 0.7
"""The most that a word counts which is told beside what is asked."""
CONTEXT_TERMS = 48
"""Words of a context that are searched for: the rarest."""


def asked_terms(
    written: Written,
    names: Collection[str] = (),
    *,
    left_out: Sequence[Span] = (),
    in_order: bool = False,
) -> dict[str, float]:
    """Return the terms of each word that carries content, in the order asked -> its share, 0 to 1.

    `names` are the folded words that name speakers, `left_out` where words stand that do not count:
    those that count from now, which nobody said then, and what is told and not asked. What only
    says what sort of answer is wanted counts nothing for turns, nor does what asks for the first or
    the last (`in_order`) where it names no matter. Where every word is a stop word, all are asked
    for.
    """
    content = _content_words(written)
    kept = [(word, terms) for word, terms, at in content if not _inside(at, left_out)]
    kept = kept or [(word, (term_of(word),)) for word in written.words]
    is_framing = SORT_WORDS | LATEST_WORDS if in_order else SORT_WORDS
    if in_order and not {word for word, _ in kept} - SORT_WORDS - ORDER_WORDS - set(names):
        is_framing = SORT_WORDS | ORDER_WORDS | set(names)
    shares: dict[str, float] = {}
    for word, terms in kept:
        share = 0.0 if word in is_framing else NAME_SHARE if word in names else 1.0
        for term in terms:
            shares[term] = max(share, shares.get(term, 0.0))
    return shares


def context_terms(
    written: Written, asides: Sequence[Span], context: str, frequency: Callable[[str], int]
) -> list[str]:
    """Return the terms of what is told beside a question, the rarest that any note holds.

    `frequency` gives in how many notes a term stands.
    """
    aside = ((word, terms) for word, terms, at in _content_words(written) if _inside(at, asides))
    other = ((word, terms) for word, terms, _ in _content_words(Written.of(context)))
    told = dict.fromkeys(
        term for word, terms in (*aside, *other) if word not in SORT_WORDS for term in terms
    )
    known = [term for term in told if frequency(term) > 0]
    return sorted(known, key=frequency)[:CONTEXT_TERMS]


def with_context(shares: Mapping[str, float], context: Collection[str]) -> dict[str, float]:
    """Return the shares with those of a context: together they count no more than what is asked."""
    added = [term for term in context if term not in shares]
    share = min(CONTEXT_SHARE, sum(shares.values()) / max(len(added), 1))
    return {**shares, **dict.fromkeys(added, share)}


def _inside(place: int, spans: Sequence[Span]) -> bool:
    return any(start <= place < end for start, end in spans)


def _content_words(written: Written) -> Iterator[tuple[str, tuple[str, ...], int]]:
    """Yield each folded word that carries content, its terms and where it stands."""
    surfaces = written.surfaces
    for start, end in pairwise((*written.sentence_starts, len(written.spans))):
        forms = marked(surfaces[start:end])
        words = zip(forms, written.folded[start:end], written.spans[start:end], strict=True)
        for form, folded, (at, _) in words:
            for word in folded:
                if is_content(form, word):
                    yield word, terms_in(form) if len(folded) == 1 else (term_of(word),), at
