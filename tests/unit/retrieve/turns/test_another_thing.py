"""Whether a turn speaks of another thing by the slot's word."""

import pytest

from graphmem.retrieve.turns.another_thing import counts_others, is_any, is_compound
from graphmem.retrieve.turns.replaced import values_of
from graphmem.retrieve.words.terms import term_of


def terms(text: str) -> frozenset[str]:
    return frozenset(map(term_of, text.split()))


@pytest.mark.parametrize(
    ("sentence", "is_one"),
    [
        ("A dinghy drifted past the pier.", True),
        ("Some big dinghy hit me on the knee.", True),
        ("A dinghy is what we row.", False),
        ("My dinghy leaks.", False),
        ("A gull sat on the dinghy.", False),
    ],
)
def test_any_of_a_kind_is_not_the_one_asked_about(sentence: str, is_one: bool) -> None:
    assert is_any(sentence, terms("dinghy")) is is_one


@pytest.mark.parametrize(
    ("sentence", "is_one"),
    [
        ("The harbour dog was fed at six.", True),
        ("The pull-up champion started early.", True),
        ("The harbour closes at six.", False),
        ("The harbour gate was painted.", False),
        ("The harbour is closed.", False),
        ("I saw the harbour dog.", False),
    ],
)
def test_the_slots_word_before_another_noun_names_another_thing(
    sentence: str, is_one: bool
) -> None:
    assert is_compound(sentence, terms("harbour pull"), known=terms("gate")) is is_one


@pytest.mark.parametrize(
    ("asked", "old", "new", "is_one"),
    [
        ("syrup dose", "I take 20 ml of syrup.", "The leaflet has 40 pages.", True),
        ("syrup dose", "I take 20 ml of syrup.", "I take 30 ml.", False),
        ("syrup dose", "I take 20 ml of syrup.", "They put it at 30.", False),
        ("syrup page", "I take 20 ml of syrup.", "The leaflet has 40 pages.", False),
        ("mooring", "It costs 20 crowns.", "They want $30.", False),
        ("mooring", "It costs 20 crowns.", "It is dearer.", False),
    ],
)
def test_numbers_of_another_unit_count_other_things(
    asked: str, old: str, new: str, is_one: bool
) -> None:
    assert counts_others(terms(asked), values_of(old), values_of(new)) is is_one
