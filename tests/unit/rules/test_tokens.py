"""Tokens: every place of a note once, each with a letter of grammar."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from graphmem.rules.tokens import tokenise
from graphmem.sentences import sentences
from graphmem.text import lower


def letters(text: str) -> str:
    return tokenise(text, sentences(text)).grammar


@pytest.mark.parametrize(
    ("text", "grammar"),
    [
        ("The boat is blue.", "|dNBJ."),
        ("Ana's boat sank.", "|IzNN."),
        ("We saw Lisbon.", "|RVU."),
        ("They didn't go.", "|RZV."),
        ("It cost €20.", "|RV#."),
        ("北京大学 again", "|FA"),
    ],
)
def test_each_token_has_its_letter(text: str, grammar: str) -> None:
    assert letters(text) == grammar


def test_a_capital_where_a_sentence_starts_counts_unless_the_note_writes_it_small() -> None:
    assert letters("Rover barked.")[1] == "I"
    assert letters("Boats sank. We saw boats.")[1] == "N"


def test_like_is_a_verb_after_a_subject_and_a_preposition_elsewhere() -> None:
    assert "V" in letters("I like tea.")
    assert "V" not in letters("a dog like mine")


@given(st.text(max_size=60))
def test_spans_are_in_order_inside_the_text_and_lower_case_keeps_places(text: str) -> None:
    found = tokenise(text, sentences(text))
    assert len(found.starts) == len(found.ends) == len(found.words) == len(found.grammar)
    places = [place for pair in zip(found.starts, found.ends, strict=True) for place in pair]
    assert places == sorted(places)
    assert all(0 <= place <= len(text) for place in places)
    assert len(lower(text)) == len(text)


def test_a_surface_is_the_text_between_two_tokens_with_blanks_collapsed() -> None:
    found = tokenise("We saw São   Miguel.", sentences("We saw São   Miguel."))
    place = found.words.index("são")
    assert found.surface(place, place + 2) == "São Miguel"


def test_a_token_has_the_same_letter_however_often_it_was_read_and_however_long_it_is() -> None:
    long = "un" * 80
    text = f"We saw {long}ed Porto. {long.title()}, and WE SAW IT."
    assert letters(text) == letters(text)
    assert letters(f"We saw {long}ed.") == letters("We saw painted.")
