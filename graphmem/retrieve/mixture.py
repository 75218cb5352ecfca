"""Which kind of memory a question is about, where a store holds turns and passages."""

import math
import re
from collections.abc import Sequence
from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from graphmem.retrieve.found import Found
from graphmem.retrieve.kept import Kept
from graphmem.retrieve.question.question import Question
from graphmem.retrieve.words.index import WordIndex
from graphmem.text import lower

EVIDENCE = 6.0
"""The odds are the ratio of the best BM25 of each kind to this power; 4 to 8 do as well."""
SPEAKER = 5.0
"""Added to the log odds where a speaker is asked about, or who asks: turns seldom hold their
speaker's name, and passages about namesakes do. 4 to 6 do as well."""
_NONE = 1e-3
_OWN = re.compile(r"\b(?:did|have|had|was|am|do) (?:i|we)\b|\b(?:my|our|mine|ours)\b")
_GENERAL = re.compile(r"\bhow (?:do|can|should|could|would) (?:i|we|one)\b|\bhow to\b")
"""`How do I reset my router?` asks a manual."""


def share_of_turns(
    words: WordIndex,
    is_turn: NDArray[np.bool_],
    question: Question,
    names: Sequence[str],
    kept: Kept = None,
) -> float:
    """Return how sure it is, 0 to 1, that turns and not passages answer, of those kept.

    Both kinds are words in one index, so the best BM25 of either is on one scale. `names` are the
    names of passages that the question holds, in normal form: a speaker's name inside a longer one
    of them (`Tim` in `Tim Burton`) asks about no speaker. Who says `my basil` or `did I` asks about
    himself, whether a speaker is known by his name or not.
    """
    scores = words.note_bm25(words.terms(question.stems, question.term_numbers))
    if kept is not None:
        scores, is_turn = scores[kept], is_turn[kept]
    turns, passages = scores[is_turn].max(initial=0), scores[~is_turn].max(initial=0)
    longer = {word for name in names if " " in name for word in name.split(" ")}
    voice = question.voice
    is_named = bool(voice.speakers) and not (voice.names and voice.names <= longer)
    asked = lower(question.text)
    is_own = _OWN.search(asked) is not None and _GENERAL.search(asked) is None
    is_named = is_named or is_own
    odds = EVIDENCE * math.log((turns + _NONE) / (passages + _NONE)) + SPEAKER * is_named
    return 0.5 * (1 + math.tanh(0.5 * odds))


def weighed(found: Sequence[Found], share: float) -> list[Found]:
    """Return what was found among one kind with its scores times the kind's share."""
    return [
        replace(
            one,
            score=one.score * share,
            paths=tuple(replace(path, score=path.score * share) for path in one.paths),
        )
        for one in found
    ]
