"""Keywords and tags of one note."""

import pytest

from graphmem.rules import RuleExtractor, keywords, tags
from tests.said import said


def test_keywords_are_names_and_phrases_the_most_told_of_first():
    note = said(
        "The pottery class with Rui was fun. My pottery class is in Porto, near the pottery class."
    )
    (extraction,) = RuleExtractor().extract([note])
    assert keywords(extraction) == ("pottery class", "Rui", "Porto")
    assert keywords(extraction, limit=1) == ("pottery class",)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Did you see it?", ("question",)),
        ("I'm going to paint it.", ("plan",)),
        ("I really like it.", ("preference",)),
        ("It sounds like fun.", ()),
        ("Look. [image: a dog]", ("image",)),
        ("We stayed in Porto.", ("place",)),
        ("It was yesterday.", ("date",)),
        ("WE’LL see.", ("plan",)),
        ("An illwill of nextweek, unlovely hatbands.", ()),
        ("Dont: don't like it", ()),
        ("You LİKED ſtones", ("preference",)),
        ("My FAVOURITE one", ("preference",)),
    ],
)
def test_tags_say_what_kind_of_saying_it_is(text, expected):
    note = said(text)
    assert tags(note, RuleExtractor().extract([note])[0]) == expected
