"""The LinearRAG recipe: names spread over like sentences, dense order where no name is known."""

import numpy as np
import pytest

from graphmem.evaluate.data.datasets import Passage
from graphmem.evaluate.systems.linearrag import LinearRag, _walk
from graphmem.rules.embed import RuleEncoder
from tests.unit.evaluate.sets import PASSAGES

NAMES = {
    "p1": ["Ada Quill", "Glass Harbour"],
    "p2": ["Glass Harbour", "Lisbon"],
    "p3": ["Lisbon", "Tagus", "Portugal"],
    "p4": ["Tagus"],
}


def names_of(passages):
    return [NAMES.get(passage.id, []) for passage in passages]


def question_names(question):
    return [name for names in NAMES.values() for name in names if name in question]


def made(passages=PASSAGES, names=names_of):
    system = LinearRag(RuleEncoder(), names, question_names)
    system.index(passages)
    return system


def test_an_edge_is_the_share_of_a_name_among_all_that_are_written_in_the_passage():
    number = {"Glass Harbour": 0, "Lisbon": 1}
    passage = Passage(id="p", text="Glass Harbour is set in Lisbon.", title="Glass Harbour")
    walk = _walk([passage], [["Glass Harbour", "Lisbon"]], number).moves.toarray()
    np.testing.assert_allclose(walk[:, 2], [2 / 3, 1 / 3, 0])


def test_turns_of_a_session_are_joined_to_the_next_as_they_were_said():
    places = [("D1:1", "one"), ("D1:10", "one"), ("D1:2", "one"), ("D2:1", "two")]
    turns = [Passage(id=id_, text="Hi.", speaker="Ana", session=s) for id_, s in places]
    joined = _walk(turns, [[]] * 4, {}).moves.toarray() > 0
    assert np.argwhere(joined).tolist() == [[0, 2], [1, 2], [2, 0], [2, 1]]


def test_a_name_in_the_question_activates_the_names_of_its_likest_sentence():
    system = made()
    question = "Is the novel Glass Harbour by Ada Quill set in a city?"
    vector = RuleEncoder().encode([question])[0]
    _, active = system._activate(system._seeds(question), vector)
    assert {system._names[name] for name in active} >= {"Ada Quill", "Glass Harbour"}
    assert all(tier in (1, 2, 3) for _, tier in active.values())


def test_the_passages_of_the_asked_name_come_first():
    ranked = [id_ for id_, _ in made().search("What did Ada Quill write?", k=2)]
    assert ranked[0] == "p1"


def test_a_question_without_a_name_is_answered_in_dense_order():
    rows = RuleEncoder().encode([p.content for p in PASSAGES])
    wanted = np.argsort(-(rows @ RuleEncoder().encode(["a red bridge"])[0]), kind="stable")
    ranked = [id_ for id_, _ in made().search("a red bridge", k=4)]
    assert ranked == [PASSAGES[place].id for place in wanted]


@pytest.mark.parametrize("size", [0, 1, 2])
@pytest.mark.parametrize("question", ["Where is Lisbon?", "里斯本在哪里?"])
def test_small_pools_and_questions_in_any_script_give_results(size, question):
    system = made(PASSAGES[:size])
    assert len(system.search(question, k=5)) == size
    assert set(system.channels(question, depth=5)) == {"vectors", "names"}


def test_passages_without_any_name_give_results():
    system = made(names=lambda passages: [[] for _ in passages])
    assert len(system.search("Where is Lisbon?", k=4)) == 4
