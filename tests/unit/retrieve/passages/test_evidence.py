"""What speaks for a passage: as much as it holds of the question, and what the others hold."""

import numpy as np
import pytest

from graphmem.retrieve import Engine
from graphmem.retrieve.asked import Asked
from graphmem.rules.embed import RuleEncoder
from tests.unit.retrieve.snapshots import Turn, snapshot_of

PAGES = [
    Turn("The Orla bridge was built by Sten Haug.", "a", title="Orla bridge"),
    Turn("Sten Haug was born in Lund.", "b", title="Sten Haug"),
    Turn("Lund lies in the south.", "c", title="Lund"),
]


def judged(question):
    engine = Engine.of(snapshot_of(PAGES), encoder=RuleEncoder())
    return engine.passages.judge(engine.reader.read(Asked(text=question)), 10)


def test_passages_that_hold_all_words_asked_know_all_of_the_question():
    found = judged("Who built the Orla bridge?")
    assert found.evidence["known"][0] == pytest.approx(1)
    assert (np.diff(found.evidence["logit"]) <= 0).all()


def test_what_no_passage_says_is_not_known():
    assert judged("Who built the Orla lighthouse?").evidence["known"][0] < 1


def test_a_question_that_nothing_answers_has_no_evidence():
    found = judged("zzz qqq")
    assert len(found.spoken_for) == 0
    assert found.evidence == {}
