"""What the speakers whom a question names make likely: what they say, and what is said of them."""

from collections.abc import Sequence

import numpy as np

from graphmem.retrieve.question.question import Question
from graphmem.retrieve.turns.bm25 import Counted
from graphmem.retrieve.turns.kernels import Column
from graphmem.retrieve.turns.reference import Reference
from graphmem.retrieve.turns.replies import SAME
from graphmem.retrieve.turns.some import SomeTurns
from graphmem.retrieve.words.similar import Sought
from graphmem.retrieve.words.terms import term_of
from graphmem.vectors import distinct


def speaker_channels(question: Question, reference: Reference) -> dict[str, Column]:
    """Return (c,) what the speaker named makes likely, each in 0 to 1."""
    n_named, nothing = len(question.voice.speakers), reference.nothing
    return {
        "speaker": reference.said_by_first if n_named == 1 else nothing,
        "first_of_two": reference.said_by_first if n_named > 1 else nothing,
        "present": reference.present,
    }


def spoken_of(
    question: Question, asked: Sequence[Sought], counts: Sequence[Counted], reference: Reference
) -> dict[str, SomeTurns]:
    """Return `present` where turns of other conversations speak of whom the question names.

    It may be a namesake that is meant: the city, the bank, the film.
    """
    names = set(map(term_of, question.voice.names))
    rows = [said.rows for word, said in zip(asked, counts, strict=True) if word.term in names]
    elsewhere = [said for said in rows if not reference.turns[said].all()]
    if not elsewhere:
        return {}
    turns = elsewhere[0] if len(elsewhere) == 1 else distinct(np.concatenate(elsewhere))
    return {"present": SomeTurns(turns, np.ones(len(turns)))}


def answered_before(question: Question, replies: SomeTurns | None) -> dict[str, SomeTurns]:
    """Return `speaker` where somebody asks again what he asked before.

    What he was told then is as much his as what he says: who asks the same again has forgotten it.
    """
    if replies is None or question.voice.meant != "asker" or len(question.voice.speakers) != 1:
        return {}
    again = replies.turns[replies.values >= SAME]
    if not len(again):
        return {}
    return {"speaker": SomeTurns(again, np.ones(len(again)))}
