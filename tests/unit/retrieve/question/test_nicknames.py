"""Usual short forms of names."""

import pytest

from graphmem.retrieve.question.nicknames import is_short_form


@pytest.mark.parametrize(
    ("word", "name"),
    [("liz", "elizabeth"), ("bill", "william"), ("pepe", "jose"), ("mel", "melanie")],
)
def test_what_people_say_for_a_name_is_its_short_form(word, name):
    assert is_short_form(word, name)
    assert not is_short_form(name, word)


@pytest.mark.parametrize(("word", "name"), [("car", "carla"), ("pet", "peter"), ("x", "y")])
def test_a_mere_beginning_is_none(word, name):
    assert not is_short_form(word, name)
