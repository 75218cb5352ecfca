"""Words by their places."""

import re
from datetime import UTC, date, datetime
from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st

import graphmem
from graphmem.text import day_text, month_text, word_spans, words, words_at


def test_every_place_inside_a_word_gives_the_word_and_places_between_give_none():
    text = "Ana's CAFÉ, 北京!"
    found = words_at(text, range(len(text)))
    assert found == ["ana"] * 5 + [""] + ["cafe"] * 4 + ["", "", "北", "京", ""]
    assert words_at("", [0]) == [""]


@given(st.text(max_size=40))
def test_the_words_at_their_own_places_are_the_words_of_the_text(text):
    found = words_at(text, [start for start, _ in word_spans(text)])
    assert [word for word in found if word] == [w for word in found for w in words(word)[:1]]
    assert len(found) == len(word_spans(text))


def test_a_day_and_a_month_are_named_in_english_whatever_the_century():
    assert day_text(datetime(2023, 5, 8, tzinfo=UTC)) == "8 May 2023"
    assert day_text(date(812, 12, 1)) == "1 December 812"
    assert month_text(date(2024, 2, 29)) == "February 2024"


def test_no_part_asks_the_programs_locale_how_a_date_is_written():
    package = Path(graphmem.__file__).parent
    asking = re.compile(r"\.strftime|\.strptime|\{[^{}]*:[^{}]*%[aAbBpcxX]")
    found = [path.name for path in package.rglob("*.py") if asking.search(path.read_text("utf-8"))]
    assert found == []
