"""The HippoRAG 2 recipe: its edges and seeds are the original's, odd input does not stop it."""

import numpy as np
import pytest

from graphmem.evaluate.data.datasets import Passage
from graphmem.evaluate.systems.hipporag2 import (
    PASSAGE_WEIGHT,
    HippoRag2,
    _normal,
    _phrase_edges,
    _synonyms,
)
from graphmem.rules.embed import RuleEncoder
from tests.unit.evaluate.sets import PASSAGES

TRIPLES = {
    "p1": [("Ada Quill", "wrote", "Glass Harbour")],
    "p2": [("Glass Harbour", "is set in", "Lisbon")],
    "p3": [("Lisbon", "lies on", "the Tagus")],
}


def facts_of(passages):
    return [TRIPLES.get(passage.id, []) for passage in passages]


def made(passages=PASSAGES, facts=facts_of):
    system = HippoRag2(RuleEncoder(), facts)
    system.index(passages)
    return system


def test_phrases_are_lower_case_ascii_and_empty_ones_are_left_out():
    assert _normal(("Müller-Lang", "IS", "O'Neill")) == ("m ller lang", "is", "o neill")
    assert _normal(("北京大学", "is in", "Beijing")) is None


def test_a_fact_counts_once_an_occurrence_in_both_directions_and_never_on_itself():
    found = [[("a", "r", "b"), ("a", "s", "b")], [("b", "r", "a"), ("a", "r", "a")]]
    assert _phrase_edges(found, {"a": 0, "b": 1}) == {(0, 1): 3.0, (1, 0): 3.0}


def test_synonyms_need_a_cosine_of_0_8_and_more_than_two_letters_on_the_asking_side():
    cosine = np.array([[1.0, 0.9, 0.7], [0.9, 1.0, 0.85], [0.7, 0.85, 1.0]], np.float32)
    rows = np.linalg.cholesky(cosine.astype(np.float64)).astype(np.float32)
    near = _synonyms(["lisboa", "lisbon", "lx"], rows)
    assert near == {
        (0, 1): pytest.approx(0.9),
        (1, 0): pytest.approx(0.9),
        (1, 2): pytest.approx(0.85),
    }


def test_seeds_are_the_phrases_of_linked_facts_weighed_by_how_few_passages_hold_them():
    system = made()
    vector = RuleEncoder().encode(["Ada Quill wrote Glass Harbour"])[0]
    seeds = system._phrase_seeds(vector)
    names = ["ada quill", "glass harbour", "lisbon", "the tagus"]
    by_name = dict(zip(names, seeds, strict=True))
    assert by_name["ada quill"] == pytest.approx(1.0)
    assert by_name["ada quill"] > by_name["glass harbour"] > by_name["lisbon"]


def test_the_walk_reaches_a_passage_that_shares_no_word_with_the_question():
    question = "Which river flows by the city of the novel that Ada Quill wrote?"
    ranked = dict(made().search(question, k=4))
    assert ranked["p3"] > ranked["p4"]


def test_without_facts_it_is_dense_retrieval():
    system = made(facts=lambda passages: [[] for _ in passages])
    vector = RuleEncoder().encode(["red bridge"])[0]
    best = int(np.argmax(RuleEncoder().encode([p.content for p in PASSAGES]) @ vector))
    assert system.search("red bridge", k=1)[0][0] == PASSAGES[best].id == "p4"


@pytest.mark.parametrize("size", [0, 1, 2])
@pytest.mark.parametrize("question", ["Who wrote Glass Harbour?", "里斯本在哪里?"])
def test_small_pools_and_questions_in_any_script_give_results(size, question):
    system = made(PASSAGES[:size])
    assert len(system.search(question, k=5)) == size
    assert set(system.channels(question, depth=5)) == {"vectors", "facts"}


def test_passages_of_another_script_alone_give_results():
    passages = [Passage(id="a", text="里斯本在特茹河边"), Passage(id="b", text="波尔图")]
    system = made(passages, lambda _: [[("里斯本", "在", "特茹河")], []])
    assert system.search("特茹河", k=1)[0][0] == "a"


def test_the_passage_weight_is_that_of_the_paper():
    assert PASSAGE_WEIGHT == 0.05
