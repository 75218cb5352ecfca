"""Which turns reply to somebody who asked what the question asks: "Who feeds the cat?" "Mrs Moor."

A reply seldom says a word of what it answers. A turn that asks and one that tells look alike to a
count of words; only a sentence that asks is replied to.
"""

from collections.abc import Sequence

import numpy as np

from graphmem.arrays import GraphSnapshot
from graphmem.retrieve.question.kind import QuestionKind
from graphmem.retrieve.question.question import Question
from graphmem.retrieve.turns.bm25 import Counted, idf_of
from graphmem.retrieve.turns.held import Held
from graphmem.retrieve.turns.index import TurnIndex
from graphmem.retrieve.turns.some import SomeTurns
from graphmem.retrieve.turns.traits import ASKED_SORTS
from graphmem.retrieve.words.index import WordIndex
from graphmem.retrieve.words.ordered import add_common
from graphmem.retrieve.words.similar import Sought
from graphmem.sentences import asks

LEAST_ASKED = 0.3
"""The share of a question's words, by idf, that a sentence holds which asks the same."""
FARTHEST = 3
"""Turns after a question among which the reply is: whoever asks may go on before he is answered."""

SAME = 0.8
"""The share of a question, by idf, from which a sentence asks the same."""


def replies(
    snapshot: GraphSnapshot, words: WordIndex, index: TurnIndex, question: Question
) -> SomeTurns | None:
    """Return how much of a question was asked right before each turn by somebody else; None:
    nobody replies to it.

    What others reply says nothing of a question about him who asks, unless he asks it again: he
    tells, and an assistant answers all he says.
    """
    numbered = zip(question.stems, question.term_numbers.tolist(), question.shares, strict=True)
    held = Held.of(words, {term: number for term, number, share in numbered if share >= 1})
    sentences = held.at_least(LEAST_ASKED, index.notes[index.asked_before - 1])
    said = zip(
        sentences.tolist(),
        words.notes_of(sentences).tolist(),
        held.shares(sentences).tolist(),
        strict=True,
    )
    replied = dict[int, float]()
    for sentence, note, share in said:
        start, end = snapshot.sentence_spans[sentence].tolist()
        if asks(snapshot.texts[note][start:end]):
            turn = _reply_to(int(index.place[note]), index)
            if turn is not None:
                replied[turn] = max(replied.get(turn, 0.0), share)
    voice = question.voice
    if voice.speakers and voice.meant in ("asker", "unsaid"):
        replied = {
            turn: share
            for turn, share in replied.items()
            if share >= SAME or index.speaker[turn] in voice.speakers
        }
    return SomeTurns.of(replied) if replied else None


def asked_alike(
    index: TurnIndex, kind: QuestionKind, asked: Sequence[Sought], counts: Sequence[Counted]
) -> SomeTurns | None:
    """Return for a turn before which somebody asks for the same sort of answer what share of
    the question it, or the turn before it, says; None: there is none, or the question asks for no
    known sort.

    `How much?` and `How much will it cost?` share no word that is searched for; asked of something
    else, `When do we see it?` is none of `When does the plumber come?`.
    """
    traits = [trait for trait, sort in ASKED_SORTS.items() if getattr(kind, sort)]
    if not traits:
        return None
    is_alike = np.any([index.features[trait] > 0 for trait in traits], axis=0)
    turns = index.asked_before[is_alike[index.sort[index.asked_before]]]
    if not len(turns):
        return None
    (said, before), total = np.zeros((2, len(turns))), 0.0
    for word, counted in zip(asked, counts, strict=True):
        idf = word.share * idf_of(counted.frequency, len(index.notes))
        add_common(said, turns, counted.rows, idf)
        add_common(before, turns, counted.rows, idf, shift=-1)
        total += idf
    alike = np.maximum(said, before) / (total or 1.0)
    return SomeTurns(turns, alike) if alike.any() else None


def _reply_to(turn: int, index: TurnIndex) -> int | None:
    """Return the first turn soon after one that another speaker says; None if there is none."""
    for after in range(turn + 1, min(turn + 1 + FARTHEST, len(index.notes))):
        if index.session[after] != index.session[turn]:
            return None
        if index.speaker[after] != index.speaker[turn]:
            return after
    return None
