"""What is only asked, supposed, hoped or dreamt is no fact; what is denied says so."""

import pytest

from graphmem.batches import Claim
from graphmem.rules import RuleExtractor
from tests.said import said


def facts(text: str) -> list[Claim]:
    return list(RuleExtractor().extract([said(text)])[0].claims)


@pytest.mark.parametrize(
    "text",
    [
        # wishes
        "I want to visit the lighthouse.",
        "I wish Rui lived in Porto.",
        "I hope Maria bought the boat.",
        "I'd love a canoe.",
        "I would sell the boat.",
        "We should paint the fence and mend the roof.",
        "I need to mend the roof.",
        # conditions
        "If Rui sells the boat, I'll buy a canoe.",
        "I'll buy a canoe if Rui sells the boat.",
        "Unless Maria sells the boat, Rui keeps the canoe.",
        "Call me when Rui sells the boat.",
        # dreams and guesses
        "I dreamt that Rui bought a castle.",
        "Imagine Maria bought the boat.",
        "Maybe Rui sold the boat.",
        "I almost bought a castle.",
        "It feels like I bought a castle.",
        "There's a chance Rui will sell the boat.",
        "Maria might sell the boat.",
        # questions
        "Have you sold the boat?",
        "Did Rui, who sold the boat, call?",
        "I wonder where Rui bought the boat.",
        "Nobody knows why Maria sold the boat.",
        # what is denied as a whole
        "I don't think Maria sold the boat.",
    ],
)
def test_what_nobody_says_is_so_is_no_fact(text):
    assert [f for f in facts(text) if not f.negated] == []


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("I moved to Porto, and if you like we can sail.", ("Ana", "moved to", "Porto")),
        ("That's why I sold the boat.", ("Ana", "sold", "boat")),
        ("When I was ten I sold the boat.", ("Ana", "sold", "boat")),
        ("When Rui sold the boat I cried.", ("Rui", "sold", "boat")),
        ("I think Maria sold the boat.", ("Maria", "sold", "boat")),
        ("I didn't know that Maria sold the boat.", ("Maria", "sold", "boat")),
        ("I'd sold the boat.", ("Ana", "had sold", "boat")),
        ("I will sell the boat.", ("Ana", "will sell", "boat")),
    ],
)
def test_what_is_said_beside_a_condition_a_question_or_an_opinion_is_a_fact(text, expected):
    assert expected in [(f.subject, f.relation, f.object) for f in facts(text)]


@pytest.mark.parametrize(
    "text",
    [
        "Rui has no boat.",
        "I never sold the boat.",
        "Maria hardly eats meat.",
        "I can't eat nuts.",
        "No boats reach the island.",
        "We aren't in Porto.",
    ],
)
def test_every_way_to_deny_marks_the_fact(text):
    assert [fact.negated for fact in facts(text)] == [True]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("I took a photo at the lake.", ("Ana", "took photo at", "lake")),
        ("Rui reached Porto without a plane.", ("Rui", "reached Porto without", "plane")),
        ("I'm here for you.", ("Ana", "is here for", "Ben")),
        (
            "I have a postcard from a friend in Porto.",
            ("Ana", "have postcard from friend in", "Porto"),
        ),
    ],
)
def test_a_fact_is_told_whole(text, expected):
    assert expected in [(f.subject, f.relation, f.object) for f in facts(text)]


@pytest.mark.parametrize(
    "text",
    [
        "Finding that balance is key.",
        "Friends like you make a difference.",
        "I read the letters I got from the office.",
        "I helped renovate a hall.",
        "Let's keep the boat.",
        "Those things are great.",
        "Congrats on your shop, Ben!",
        "I can hear you play the violin.",
        "I hope you're well.",
    ],
)
def test_half_a_sentence_is_no_fact(text):
    wrong = {"balance", "Ben", "things", "Let", "renovate", "office"}
    found = facts(text)
    assert not [f for f in found if f.subject in wrong or f.object in wrong], found
