"""Long texts: what is read of them by rule takes time that grows as they do."""

import time
from collections.abc import Callable

import pytest

from graphmem.rules import RuleExtractor, keywords, tags
from graphmem.sentences import sentences
from graphmem.text import words
from tests.said import said

PIECES = {
    "prose with names": "We rowed to Vigo with our cousin Marta, and Teo met us near the mill. ",
    "a list of names": "Marta Vigo, Teo Lund, Ida Holm and ",
    "opening quotation marks": "“so ",
    "german quotations": "„so“ ",
    "straight quotation marks": 'He said "so and then ',
    "brackets": "((((",
    "nothing but blanks": " ",
    "blanks": "to      ",
    "full stops": "e.g. a.b.c. ",
    "dates": "on 3 May 2024, 3/4/2023 or in the ",
    "numbers": "12 345.67 € and ",
    "one long word": "abcdefgh",
    "one long capital word": "ABCDEFGH",
    "apostrophes": "d'l'a's ",
    "question marks": "??!! ",
    "line ends": "\n\n- ",
    "han characters": "我和你们",
    "han names": "北京大学的人在上海市",
    "possessives": "Ana's Ben's Cem's ",
    "appositions": "Ana, a baker from Porto, a town, a ",
    "commas and conjunctions": "red, blue and green, and ",
    "kana": "カタカナ",
    "combining marks": "e\u0301\u0301",
    "ordinals": "the 1st of the 2nd of ",
    "verbs": "I have been going to be making to have ",
}
SMALL, TIMES = 6_000, 8


def everything(text: str, *, title: str | None = None) -> None:
    note = said(text, title=title)
    (extraction,) = RuleExtractor().extract([note])
    keywords(extraction)
    tags(note, extraction)


def a_passage_titled(text: str) -> None:
    everything("She mends it.", title=text)


def sentences_and_words(text: str) -> None:
    sentences(text)
    words(text)


@pytest.mark.parametrize("read", [everything, a_passage_titled, sentences_and_words])
@pytest.mark.parametrize("piece", PIECES)
def test_a_text_eight_times_as_long_takes_less_than_three_times_its_share(
    piece: str, read: Callable[[str], None]
) -> None:
    """Quadratic growth would take 64 times as long; 8 is linear, 24 leaves room for noise."""
    text = PIECES[piece] * (SMALL * TIMES // len(PIECES[piece]))
    read(text[:500])
    small, large = (min(seconds(read, one) for _ in range(3)) for one in (text[:SMALL], text))
    assert large < 3 * TIMES * small + 0.05


def seconds(read: Callable[[str], None], text: str) -> float:
    began = time.process_time()
    read(text)
    return time.process_time() - began
