"""The part that is shown: whole sentences where they fit, else a run of words; borders between."""

from hypothesis import given
from hypothesis import strategies as st

from graphmem.excerpts import around_best, densest, marked

SPANS = [(0, 10), (11, 30), (31, 40), (41, 60)]


def test_the_best_sentence_grows_to_its_better_side_while_it_is_short_enough() -> None:
    assert around_best(SPANS, [0, 1, 5, 2], 30) == (31, 60)
    assert around_best(SPANS, [0, 3, 5, 2], 29) == (11, 40)
    assert around_best(SPANS, [0, 0, 5, 0], 100) == (0, 60)


def test_the_first_of_equal_sentences_is_the_best_and_one_that_is_too_long_stays_whole() -> None:
    assert around_best(SPANS, [1, 1, 1, 1], 10) == (0, 10)
    assert around_best(SPANS, [0, 9, 0, 0], 5) == (11, 30)


def test_the_stretch_with_most_of_the_asked_words_is_chosen_and_cuts_no_word() -> None:
    text = "key " + "filler " * 40 + "the spare key hangs here " + "filler " * 40
    start, end = densest(text, {"spare": 2.0, "key": 1.0}, 60)
    assert "spare key" in text[start:end]
    assert end - start <= 60
    assert text[start - 1].isspace()
    assert text[end].isspace()


def test_a_text_without_the_words_begins_at_its_beginning() -> None:
    assert densest("one two three", {}, 7) == (0, 7)
    assert densest("one two", {}, 7) == (0, 7)


def test_a_word_that_is_longer_than_the_stretch_is_cut() -> None:
    start, end = densest("x" * 100, {}, 10)
    assert (start, end) == (0, 10)


@given(st.text(alphabet="ab \n", max_size=80), st.integers(1, 40))
def test_a_stretch_is_never_too_long_and_lies_in_the_text(text: str, length: int) -> None:
    start, end = densest(text, {"a": 1.0, "ab": 2.0}, length)
    assert 0 <= start <= end <= len(text)
    assert end - start <= length


def test_pieces_make_up_the_text_and_only_the_words_as_written_are_marked() -> None:
    pieces = marked("A Key, the key; keys.", {"key", "keys"})
    assert "".join(piece for piece, _ in pieces) == "A Key, the key; keys."
    assert [piece for piece, is_asked in pieces if is_asked] == ["key", "keys"]
    assert marked("", {"key"}) == []
