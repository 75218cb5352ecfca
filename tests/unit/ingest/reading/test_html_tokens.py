"""Tags and texts of HTML, in whatever pieces it comes."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from graphmem.ingest.reading.html_tokens import HtmlTokens, Tag, words_of_html


def tokens(*pieces: str) -> list[Tag | str]:
    reader = HtmlTokens()
    found = [token for piece in pieces for token in reader.feed(piece)]
    return [*found, *reader.feed("", is_last=True)]


def test_tags_have_names_and_attributes_and_texts_their_entities_read() -> None:
    first, text, last = tokens("<A href='x>y' Hidden data-n=\"1&amp;2\">B &amp; C</a>")
    assert isinstance(first, Tag)
    assert first.name == "a"
    assert first.attributes() == {"href": "x>y", "hidden": "", "data-n": "1&2"}
    assert text == "B & C"
    assert last == Tag("a", "", is_end=True)


def test_comments_declarations_and_scripts_are_passed_over() -> None:
    page = "<!DOCTYPE html>a<!-- <b> -- > -->b<script>if (a<b) '</b>'</script>c<?php x ?>d"
    assert "".join(one for one in tokens(page) if isinstance(one, str)) == "abcd"


def test_signs_that_begin_no_tag_are_text() -> None:
    assert "".join(map(str, tokens("1 < 2 <3 a<"))) == "1 < 2 <3 a<"


PAGE = "<p class='a'>x<br>y</p><!-- no --><script>z < 1</script><b>&lt;b</b>"


@given(st.lists(st.integers(0, len(PAGE)), max_size=6).map(sorted))
def test_it_is_the_same_in_any_pieces(cuts: list[int]) -> None:
    ends = [0, *cuts, len(PAGE)]
    pieces = [PAGE[begin:end] for begin, end in pairwise(ends)]
    if any(piece.endswith(("&", "&l", "&lt")) for piece in pieces):
        return  # lines are never cut in an entity
    whole, cut = tokens(PAGE), tokens(*pieces)
    assert [one for one in cut if isinstance(one, Tag)] == [
        one for one in whole if isinstance(one, Tag)
    ]
    assert "".join(one for one in cut if isinstance(one, str)) == "xy<b"


@given(st.text(alphabet="<>/!-?'\"= abcscript&;\n", max_size=300))
def test_any_text_ends(text: str) -> None:
    assert all(isinstance(one, str | Tag) for one in tokens(text))


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("as it is,  with blanks\n\nkept", "as it is,  with blanks\n\nkept"),
        ("<p>one &amp; <b>two</b></p><p>three</p>", "one & two\nthree"),
        ("2 &lt; 3, I <3 you", "2 < 3, I <3 you"),
        ("a<br/>b<script>c</script>", "a\nb"),
        ("", ""),
    ],
)
def test_of_a_piece_of_html_the_words_are_returned_by_line(text: str, words: str) -> None:
    assert words_of_html(text) == words
