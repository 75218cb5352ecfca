import pytest

from graphmem.retrieve.turns.traits import TRAITS, traits_of


@pytest.mark.parametrize(
    ("text", "held"),
    [
        ("Did you go? ", {"asks": 1, "has_question": 1}),
        ("Did you go? No.", {"has_question": 1}),
        ("we're off, me and our dog, mine, my", {"first_person": 4}),
        ("See you next week", {"tells_time": 1}),
        ("A FEW WEEKS on", {"tells_time": 1}),
        ("It was built in 1987", {"tells_time": 1, "tells_number": 1}),
        ("Code 19876 it is", {"tells_number": 1}),
        ("You may go there twice", {"tells_number": 1}),
        ("They went to Lisbon", {"tells_place": 1, "names_inside": 1}),
        ("Her old aunts waved", {"tells_person": 1}),
        ("That's why they left", {"tells_reason": 1}),
        ("A passionate cook", {"tells_reason": 1}),
        ("İzmir at night", {}),
        ("", {}),
    ],
)
def test_a_text_tells_its_traits(text, held):
    assert dict(zip(TRAITS, traits_of(text), strict=True)) == dict.fromkeys(TRAITS, 0) | held


def test_a_word_is_whole_or_it_does_not_count():
    assert not any(traits_of("Thirtysomething lovely causeways, hermit crabs and monday_blues"))
