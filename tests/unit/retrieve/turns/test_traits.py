import pytest

from graphmem.retrieve.turns.traits import TRAITS, shows_trait, traits_of


@pytest.mark.parametrize(
    ("text", "held"),
    [
        ("Did you go? ", {"asks": 1, "has_question": 1}),
        ("Did you go? No.", {"has_question": 1}),
        ("Oh no. How much?", {"asks": 1, "has_question": 1, "asks_count": 1}),
        ("So, when? And why?", {"asks": 1, "has_question": 1, "asks_when": 1, "asks_why": 1}),
        ("Where? Who says so?", {"asks": 1, "has_question": 1, "asks_where": 1, "asks_who": 1}),
        ("Tell them when it suits.", {}),
        ("we're off, me and our dog, mine, my", {"first_person": 4}),
        ("See you next week", {"has_time": 1}),
        ("A FEW WEEKS on", {"has_time": 1}),
        ("It was built in 1987", {"has_time": 1, "has_number": 1}),
        ("Code 19876 it is", {"has_number": 1}),
        ("They leave at four.", {"has_time": 1, "has_number": 1}),
        ("Be there by half past ten on the dot", {"has_time": 1, "has_number": 1}),
        ("Closed until 9:30", {"has_time": 1, "has_number": 1}),
        ("Opens 7 pm", {"has_time": 1, "has_number": 1}),
        ("It struck seven o'clock", {"has_time": 1, "has_number": 1}),
        ("Swim before noon", {"has_time": 1}),
        ("They laughed at two clowns", {"has_number": 1}),
        ("You may go there twice", {"has_number": 1}),
        ("They went to Lisbon", {"has_place": 1, "names_inside": 1}),
        ("Her old aunts waved", {"has_person": 1}),
        ("That's why they left", {"has_reason": 1}),
        ("A passionate cook", {"has_reason": 1}),
        ("İzmir at night", {}),
        ("", {}),
    ],
)
def test_a_text_has_its_traits(text, held):
    assert dict(zip(TRAITS, traits_of(text), strict=True)) == dict.fromkeys(TRAITS, 0) | held


def test_a_word_is_whole_or_it_does_not_count():
    assert not any(traits_of("Thirtysomething lovely causeways, hermit crabs and monday_blues"))


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ('She read "the long way" twice', 1),
        ("Er las „den langen Weg“ zweimal und „Quitten“", 1),
        ('He began "a quotation\nthat no line" ends', 0),
        ('He said "' + "on and on " * 30 + '"', 0),
        ('"a" "b" "c" "d"', 3),
    ],
)
def test_a_short_quotation_on_one_line_counts_as_a_name(text, names):
    assert dict(zip(TRAITS, traits_of(text), strict=True))["names_inside"] == names


@pytest.mark.parametrize(
    ("text", "trait", "shown"),
    [
        ("We met last Friday, in June.", "has_time", ["last Friday", "June"]),
        ("Two or three of 12.", "has_number", ["Two", "three", "12"]),
        ("I live in Porto near my work.", "has_place", ["in Porto"]),
        ("Only my sister and our aunt know.", "has_person", ["my sister", "our aunt"]),
        ("Yes, because it rains.", "has_reason", ["because"]),
        ("I said: my dog is mine.", "first_person", ["I", "my", "mine"]),
        ("Then Nora met Tilda Brom.", "names_inside", ["Nora", "Tilda Brom"]),
        ("Nothing of it.", "has_time", []),
    ],
)
def test_what_shows_a_trait_is_quoted_as_written_side_by_side_as_one(text, trait, shown):
    assert shows_trait(text, trait) == shown
