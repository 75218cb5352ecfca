"""Words by their places."""

from hypothesis import given
from hypothesis import strategies as st

from graphmem.text import word_spans, words, words_at


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
