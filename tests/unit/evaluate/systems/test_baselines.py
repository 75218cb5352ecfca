"""The plain baselines: BM25 equals bm25s, ties go by id, small and empty pools are fine."""

import bm25s
import numpy as np
import pytest

from graphmem.evaluate.data.datasets import Passage
from graphmem.evaluate.systems.baselines import K1, B, Bm25, Dense, MinMaxSum
from graphmem.rules.embed import RuleEncoder
from graphmem.text import STOPWORDS, stem, words
from tests.unit.evaluate.sets import PASSAGES, QUESTIONS

MAKERS = [Bm25, lambda: Dense(RuleEncoder()), lambda: MinMaxSum(RuleEncoder())]
NAMES = ["bm25", "dense", "sum"]


def tokens(text):
    return [stem(word) for word in words(text) if word not in STOPWORDS]


@pytest.mark.parametrize("question", [row["question"] for row in QUESTIONS])
def test_bm25_equals_bm25s(question):
    ours = Bm25()
    ours.index(PASSAGES)
    theirs = bm25s.BM25(k1=K1, b=B, method="lucene")
    theirs.index([tokens(p.content) for p in PASSAGES], show_progress=False)
    asked = [token for token in tokens(question) if token in theirs.vocab_dict]
    np.testing.assert_allclose(ours.scores(question), theirs.get_scores(asked), rtol=1e-5)


@pytest.mark.parametrize("make", MAKERS, ids=NAMES)
def test_the_passage_that_says_it_comes_first(make):
    system = make()
    system.index(PASSAGES)
    ranked = system.search("Which novel did Ada Quill write?", k=2)
    assert ranked[0][0] == "p1"
    assert [score for _, score in ranked] == sorted((s for _, s in ranked), reverse=True)


@pytest.mark.parametrize("make", MAKERS, ids=NAMES)
def test_equal_passages_are_ordered_by_id(make):
    system = make()
    system.index([Passage(id=id_, text="A red bridge.") for id_ in ("a", "b", "c")])
    assert [id_ for id_, _ in system.search("red bridge", k=2)] == ["a", "b"]


@pytest.mark.parametrize("make", MAKERS, ids=NAMES)
@pytest.mark.parametrize("size", [0, 1, 2])
@pytest.mark.parametrize("question", ["Who wrote Glass Harbour?", "里斯本在哪里?", "?!"])
def test_small_pools_and_questions_in_any_script_give_results(make, size, question):
    system = make()
    system.index(PASSAGES[:size])
    assert len(system.search(question, k=5)) <= size
    assert set(system.channels(question, depth=5)) <= {"words", "vectors"}
    assert system.index_bytes() >= 0


def test_bm25_finds_a_passage_in_another_script():
    system = Bm25()
    system.index([Passage(id="a", text="Porto"), Passage(id="b", text="里斯本在特茹河边")])
    assert [id_ for id_, _ in system.search("特茹河", k=5)] == ["b"]
