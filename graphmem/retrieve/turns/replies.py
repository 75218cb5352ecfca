"""Which turns reply to somebody who asked what the question asks: "Who feeds the cat?" "Mrs Moor."

A reply seldom says a word of what it answers. A turn that asks and one that tells look alike to a
count of words; only a sentence that asks is replied to.
"""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from graphmem.arrays import GraphSnapshot
from graphmem.retrieve.question.kind import QuestionKind
from graphmem.retrieve.question.question import Question
from graphmem.retrieve.turns.bm25 import Counted, idf_of
from graphmem.retrieve.turns.held import Held
from graphmem.retrieve.turns.index import TurnIndex
from graphmem.retrieve.turns.kernels import Column
from graphmem.retrieve.turns.traits import ASKED_SORTS
from graphmem.retrieve.words.index import WordIndex
from graphmem.retrieve.words.ragged import Rows
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
) -> Column:
    """Return (t,) how much of a question was asked right before each turn by somebody else.

    What others reply says nothing of a question about him who asks, unless he asks it again: he
    tells, and an assistant answers all he says.
    """
    numbered = zip(question.stems, question.term_numbers.tolist(), question.shares, strict=True)
    held = Held.of(words, {term: number for term, number, share in numbered if share >= 1})
    sentences = _followed(held.at_least(LEAST_ASKED), words, index)
    said = zip(
        sentences.tolist(),
        words.notes_of(sentences).tolist(),
        held.shares(sentences).tolist(),
        strict=True,
    )
    replied = np.zeros(len(index.notes))
    for sentence, note, share in said:
        start, end = snapshot.sentence_spans[sentence].tolist()
        if asks(snapshot.texts[note][start:end]):
            turn = _reply_to(int(index.place[note]), index)
            if turn is not None:
                replied[turn] = max(replied[turn], share)
    voice = question.voice
    if voice.speakers and voice.meant in ("asker", "unsaid"):
        replied[(replied < SAME) & ~np.isin(index.speaker, voice.speakers)] = 0
    return replied


def asked_alike(
    index: TurnIndex, kind: QuestionKind, asked: Sequence[Sought], counts: Sequence[Counted]
) -> Column | None:
    """Return (t,) for a turn before which somebody asks for the same sort of answer what share of
    the question it, or the turn before it, says; None: the question asks for no known sort.

    `How much?` and `How much will it cost?` share no word that is searched for; asked of something
    else, `When do we see it?` is none of `When does the plumber come?`.
    """
    traits = [trait for trait, sort in ASKED_SORTS.items() if getattr(kind, sort)]
    if not traits:
        return None
    is_alike = np.any([index.features[trait] > 0 for trait in traits], axis=0)
    words, total = list[tuple[NDArray[np.int32], float]](), 0.0
    for word, counted in zip(asked, counts, strict=True):
        idf = word.share * idf_of(counted.frequency, len(index.notes))
        words.append((counted.rows, idf))
        total += idf
    if index.loops is not None:
        sorts = is_alike.astype(np.float64)
        return index.loops.asked_alike(words, total or 1.0, index.sort, sorts)
    said = np.zeros(len(index.notes))
    for rows, idf in words:
        said[rows] += idf
    before = np.roll(said, 1)
    before[index.first] = 0
    alike: Column = np.maximum(said, before) / (total or 1.0) * is_alike[index.sort]
    return alike


def _followed(sentences: Rows, words: WordIndex, index: TurnIndex) -> Rows:
    """Return those of some sentences that stand in a turn with a question and a turn behind it."""
    turns = index.place[words.notes_of(sentences)]
    after = np.minimum(turns + 1, len(index.notes) - 1)
    is_asked = (turns >= 0) & (index.session[after] == index.session[turns]) & (after > turns)
    is_asked &= index.features["asked_before"][index.sort[after]] > 0
    asked: Rows = sentences[is_asked]
    return asked


def _reply_to(turn: int, index: TurnIndex) -> int | None:
    """Return the first turn soon after one that another speaker says; None if there is none."""
    for after in range(turn + 1, min(turn + 1 + FARTHEST, len(index.notes))):
        if index.session[after] != index.session[turn]:
            return None
        if index.speaker[after] != index.speaker[turn]:
            return after
    return None
