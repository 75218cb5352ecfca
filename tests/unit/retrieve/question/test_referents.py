"""It and there stand for what the question before names."""

import pytest

from graphmem.retrieve.question.referents import with_referents


@pytest.mark.parametrize(
    ("before", "question", "resolved"),
    [
        ("What did the smith say of the gate?", "How much is it?", "How much is the gate?"),
        ("Did Otto sell his old van?", "Who bought it?", "Who bought his old van?"),
        ("Where is Ida's kayak?", "What did that cost?", "What did Ida's kayak cost?"),
        ("When did Ida go to Porto?", "What did she eat there?", "What did she eat in Porto?"),
        ("Who owns the cabin at the lake?", "Who was there?", "Who was at the lake?"),
        ("Who fixed the red boat in May?", "Was it dear?", "Was the red boat dear?"),
    ],
)
def test_it_is_the_last_thing_and_there_the_last_place(before, question, resolved):
    assert with_referents(question, before) == resolved


@pytest.mark.parametrize(
    ("before", "question"),
    [
        ("Where does Ida live?", "Is it far?"),
        ("Where is the boat?", "Is there a garden?"),
        ("What happened on Friday?", "Was Ida there?"),
        ("Where is the boat?", "What is its name?"),
        ("Where is the boat?", "Why did he do that?"),
        ("When is the fair?", "Who said that Ida comes?"),
        ("When did she start to go?", "Who was there?"),
        ("", "Is it there?"),
    ],
)
def test_what_has_nothing_to_stand_for_is_left(before, question):
    assert with_referents(question, before) == question
