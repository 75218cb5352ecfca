"""What notes a question in its own words and order, and how like two turns put it."""

import pytest

from graphmem.retrieve.turns.noted import SIGNS, Wording, is_noted, likeness, pairs_of

QUESTION = "What is the rent of the mill?"
TEXTS = {
    1: "The rent of the mill is 800.",
    2: "The rent of the mill went up to 900.",
    3: "The mill is for rent again.",
    4: "The lease of the mill ends in May.",
}


@pytest.mark.parametrize(
    ("question", "text", "is_one"),
    [
        (QUESTION, TEXTS[1], True),
        (QUESTION, "What is the rent of the mill? 800.", True),
        (QUESTION, TEXTS[3], False),
        ("Who flies the highest kite of Sylt?", "Ole flies the greatest kite of Sylt.", True),
        ("Who is the current warden?", "Ole is the warden, the present warden.", False),
        ("Where do I row?", "I row on the Drava.", False),
    ],
)
def test_nearly_all_of_the_question_in_its_order_is_noted(
    question: str, text: str, is_one: bool
) -> None:
    assert is_noted(question, text) is is_one


def test_superlatives_and_words_for_now_are_one_word_each() -> None:
    assert pairs_of("the highest mast") == pairs_of("the greatest mast")
    assert pairs_of("the current mast") == pairs_of("the latest mast")
    assert pairs_of("the wet mast") != pairs_of("the dry mast")


def test_likeness_is_what_both_share_of_what_either_says() -> None:
    one, other = pairs_of("red kites fly high"), pairs_of("red kites fly low")
    assert likeness(one, other) == 0.5
    assert likeness(one, one) == 1
    assert likeness(one, pairs_of("soup")) == likeness(frozenset(), frozenset()) == 0


def test_a_newer_turn_is_held_against_its_rivals_and_against_older_ones() -> None:
    wording = Wording.of(QUESTION, TEXTS)
    read = wording.signs(1, 2, rivals=[3, 4], older=[3, 4])
    assert tuple(read) == SIGNS
    assert read["in_order"] == wording.in_order(1) == 1
    assert 0 < read["in_order_lead"] < 1
    assert read["like_best"] > read["like_best_lead"] > 0
    assert wording.signs(1, 4, rivals=[2, 3], older=[])["in_order_lead"] < 0
