"""What two turns say of one matter: the same, another value, the contrary."""

import re
from collections.abc import Collection, Mapping, Sequence

import numpy as np
from numpy.typing import NDArray

from graphmem.arrays import GraphSnapshot
from graphmem.retrieve.question.question import Question
from graphmem.retrieve.turns.held import Held
from graphmem.retrieve.words.index import WordIndex
from graphmem.retrieve.words.terms import term_of
from graphmem.sentences import asks
from graphmem.text import MONTH_NAMES, fold, lower
from graphmem.text import words as words_of
from graphmem.vectors import at_least_kth

FOUND = 10
"""Hits that are held against each other."""
SHORT = 12
"""Words of a turn that only asks, if it ends as a question."""
SAME = 0.5
"""Share of the idf of what two say beside the question's words from which it is the same value."""
CLOSE, LEAST_HELD = 0.5, 0.35
"""What turns that gainsay each other hold of the question: of the most that one holds, of all."""
_DENIES = re.compile(
    r"""\b(?:never|no\ longer|not\ any\w*|any\ ?more|(?:have|has|had|did)(?:n't|\ not)|
    (?:do|does|is|are|was|were|am)(?:n't|\ not)\ (?!sure|certain|know|want|think|understand))\b""",
    re.VERBOSE,
)
_PARTS = re.compile(r"[,;:\n]+|\b(?:but|because|since|so|although|though|and i|considering)\b")
READ = 1_000
"""Characters of a sentence that are read for a denial."""

_SUPERLATIVE = re.compile(r"\b(?:most|least|fewest)\b")
_IS_SUPERLATIVE = re.compile(r"\b(?:most|least|fewest|top|record|lead\w*|\w{2,}est)\b")
_VALUE = re.compile(
    r"""\d|\b(?:one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|once|twice|half|
    (?:mon|tues|wednes|thurs|fri|satur|sun)day|today|tonight|tomorrow|yesterday|noon|midnight|
    morning|afternoon|evening|week(?:end|s)?|month|year|none|no|never|daily|weekly|monthly|"""
    + "|".join(map(fold, MONTH_NAMES))
    + r")\b",
    re.VERBOSE,
)

Scores = NDArray[np.float64]


def first_hits(snapshot: GraphSnapshot, scores: Scores) -> list[int]:
    """Return the first dated hits, best first, of equal ones the newest, that do not only ask."""
    best = at_least_kth(scores, k=FOUND)
    best = best[np.isfinite(scores[best]) & np.isfinite(snapshot.said_at[best])]
    said_at, ids = snapshot.said_at, snapshot.note_ids
    if len(best) > FOUND:  # where nothing is said of what is asked, all turns are alike
        is_last = scores[best] == scores[best].min()
        last = best[is_last]
        newest = at_least_kth(said_at[last], k=FOUND - len(best) + len(last))
        best = np.concatenate((best[~is_last], last[newest]))
    ordered = sorted(best.tolist(), key=lambda note: (-scores[note], -said_at[note], ids[note]))
    return [note for note in ordered[:FOUND] if not _only_asks(snapshot.texts[note])]


def of_asked_kind(question: Question, texts: Sequence[str]) -> NDArray[np.bool_]:
    """Return which texts can be an answer of the kind that is asked for; all if none can.

    When and how many ask for a date or a number; the most is another thing than any.
    """
    can = np.ones(len(texts), np.bool_)
    patterns = [_VALUE] if question.kind.when or question.kind.count else []
    if _SUPERLATIVE.search(lower(question.text)):
        patterns.append(_IS_SUPERLATIVE)
    if patterns:
        read = [lower(text[:READ]) for text in texts]
        for pattern in patterns:
            can &= np.array([pattern.search(text) is not None for text in read], np.bool_)
    return can if can.any() else ~can


def says_the_same(
    words: WordIndex, texts: Sequence[str], notes: tuple[int, int], asked: Collection[int]
) -> bool:
    """Tell whether two turns give a question's terms the same value, in more or fewer words.

    The same numbers, most of what is said beside them, and both or neither deny it.
    """
    one, other = (_terms(words, note) - set(asked) for note in notes)
    denying = [_DENIES.search(lower(texts[note])) is not None for note in notes]
    if denying[0] != denying[1] or _numbers(words, one) != _numbers(words, other):
        return False
    if not one or not other:
        return one == other
    shared, *all_ = (
        sum(float(words.idf[term]) for term in terms) for terms in (one & other, one, other)
    )
    return shared >= SAME * min(all_)


def contraries(
    snapshot: GraphSnapshot, asked: Mapping[str, float], held: Held, found: Sequence[int]
) -> Mapping[int, int]:
    """Return those of the first hits of which one says that it never was so, and one that it is:
    each with the other.

    Both are one speaker's, with a sentence that holds enough of what is asked; `asked` are the idf
    of the question's terms, `held` the share of them in each sentence.
    """
    shares = held.by_note(found)
    least = max(LEAST_HELD, CLOSE * max(shares.values(), default=0.0))
    close = [note for note in found if shares[note] >= least]
    denying = {
        note for note in close if _DENIES.search(_clause(_stating(snapshot, held, note), asked))
    }
    pairs: dict[int, int] = {}
    for note in close:
        for other in close:
            is_other_way = (other in denying) != (note in denying)
            if is_other_way and snapshot.speaker[other] == snapshot.speaker[note]:
                pairs.setdefault(note, other)
    return pairs


def _stating(snapshot: GraphSnapshot, held: Held, note: int) -> str:
    """Return the sentence of a note that holds most of what is asked, in lower case."""
    begin, end = snapshot.sentence_indptr[note : note + 2].tolist()
    best = begin + int(held.shares(np.arange(begin, end)).argmax())
    start, stop = snapshot.sentence_spans[best].tolist()
    return lower(snapshot.texts[note][start:stop])


def _clause(sentence: str, asked: Mapping[str, float]) -> str:
    """Return the part of a sentence that holds most of what is asked, the first of equals."""
    parts = _PARTS.split(sentence[:READ])
    return max(
        parts, key=lambda part: sum(asked.get(t, 0.0) for t in set(map(term_of, words_of(part))))
    )


def _only_asks(text: str) -> bool:
    return asks(text) and len(text.split()) <= SHORT


def _terms(words: WordIndex, note: int) -> set[int]:
    return set(words.notes.row(note)[0].tolist())


def _numbers(words: WordIndex, terms: Collection[int]) -> set[int]:
    known = words.tokens.vocabulary.terms
    return {term for term in terms if known[term][:1].isdigit()}
