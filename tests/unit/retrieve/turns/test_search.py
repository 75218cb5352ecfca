"""The search over turns: shares of one, ties by id, an earlier search spares no answer."""

import pytest

from graphmem.retrieve.engine import Engine
from graphmem.retrieve.turns.parts import TurnParts
from graphmem.retrieve.turns.search import TurnSearch
from graphmem.retrieve.words.index import updated
from graphmem.rules.embed import RuleEncoder
from tests.spelled import SpelledEncoder
from tests.unit.retrieve.reading import question_of
from tests.unit.retrieve.snapshots import Turn, snapshot_of

TALK = [
    Turn("I bought a kayak.", "s1", "Tilda"),
    Turn("Which colour?", "s1", "Brom"),
    Turn("I sold a sledge.", "s2", "Brom"),
    Turn("I sold a sledge.", "s3", "Brom"),
]
PAGE = Turn("A kayak is a boat.", "p", title="Kayak")


def searched(notes, question, k=10, encoder=None):
    snapshot = snapshot_of(notes)
    words = updated(None, snapshot)
    search = Engine.of(snapshot, encoder=encoder or RuleEncoder()).turns
    return search, search.search(question_of(question, words, speakers=snapshot.speakers), k)


def test_a_snapshot_without_turns_has_no_search():
    snapshot = snapshot_of([PAGE])
    assert TurnParts.of(snapshot, updated(None, snapshot), RuleEncoder()) is None
    assert Engine.of(snapshot, encoder=RuleEncoder()).turns is None


def test_scores_are_probabilities_best_first_and_passages_have_none():
    _, found = searched([*TALK, PAGE], "Who bought a kayak?")
    assert found[0].note == "n000000"
    assert all(0 <= one.score <= 1 for one in found)
    assert [one.score for one in found] == sorted((one.score for one in found), reverse=True)
    assert "n000004" not in [one.note for one in found]


def test_equal_turns_are_told_apart_by_id_at_the_edge_too():
    _, found = searched(TALK[2:], "Who sold a sledge?", 1)
    assert [one.note for one in found] == ["n000000"]


def test_the_prior_of_each_note_is_its_share_and_a_passage_s_is_nothing():
    search, found = searched([*TALK, PAGE], "Who bought a kayak?")
    prior = search.prior(question_of("Who bought a kayak?", search.words))
    assert prior.sum() == pytest.approx(1)
    assert prior[4] == 0
    assert int(prior.argmax()) == int(found[0].note[1:])


def test_a_search_grown_from_an_earlier_one_finds_the_same():
    before, _ = searched(TALK[:2], "kayak")
    snapshot = snapshot_of(TALK)
    words, encoder = updated(before.words, snapshot), RuleEncoder()
    parts = TurnParts.of(snapshot, words, encoder, before.parts)
    grown = TurnSearch.of(snapshot, words, encoder, parts)
    question = question_of("Who sold a sledge?", words)
    assert grown.search(question, 3) == searched(TALK, "Who sold a sledge?", 3)[1]


def test_an_encoder_s_tokens_are_read_only_where_the_store_has_them():
    assert searched(TALK, "kayak", encoder=SpelledEncoder())[0].tokens is None


def test_no_hit_is_asked_for_and_none_is_given():
    assert searched(TALK, "kayak", 0)[1] == []
