"""Stop words that carry content where they stand."""

import pytest

from graphmem.retrieve.words.content import MARK, is_content, marked
from graphmem.text import normalise, surfaces


def content(text):
    forms = marked(surfaces(text))
    return [form.rstrip(MARK) for form in forms if is_content(form, normalise(form))]


@pytest.mark.parametrize(
    ("sentence", "kept"),
    [
        ("She works in IT now.", ["works", "IT"]),
        ("The WHO and the US agree.", ["WHO", "US", "agree"]),
        ("We met Will at noon.", ["met", "Will", "noon"]),
        ("Will painted it.", ["Will", "painted"]),
        ("Can Demir is here.", ["Can", "Demir"]),
        ("An says no.", ["An", "says"]),
        ("They saw The Who.", ["saw", "Who"]),
        ("I like plums.", ["like", "plums"]),
        ("What do you like?", ["like"]),
        ("Which cars do they own?", ["cars", "own"]),
        ("He left a will.", ["left", "will"]),
    ],
)
def test_a_stop_word_that_names_or_tells_something_is_kept(sentence, kept):
    assert content(sentence) == kept


@pytest.mark.parametrize(
    ("sentence", "kept"),
    [
        ("Will you come?", ["come"]),
        ("Can Ana come?", ["Ana", "come"]),
        ("It rains.", ["rains"]),
        ("It looks like rain.", ["looks", "rain"]),
        ("my own flat", ["flat"]),
        ("I SAID IT WAS HIM", ["SAID"]),
        ("I'm glad I'll go.", ["glad", "go"]),
        ("In The Garden", ["Garden"]),
        ("An abandoned barn.", ["abandoned", "barn"]),
    ],
)
def test_the_same_word_is_a_stop_word_elsewhere(sentence, kept):
    assert content(sentence) == kept


def test_a_form_that_carries_content_folds_to_the_same_word():
    (form,) = (form for form in marked(["We", "met", "Will"]) if form.endswith(MARK))
    assert normalise(form) == "will"
