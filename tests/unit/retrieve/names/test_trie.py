"""Names looked up in rows of word numbers, against a search by hand."""

from hypothesis import given
from hypothesis import strategies as st

from graphmem.retrieve.names.trie import MAX_WORDS, occurrences, trie_of
from graphmem.retrieve.words.ragged import Ragged

WORD = st.integers(0, 3)
NAMES = st.lists(st.lists(WORD, min_size=1, max_size=4).map(tuple), max_size=6, unique=True)
TEXTS = st.lists(st.lists(st.integers(-1, 3), max_size=8), max_size=4)


@given(NAMES, TEXTS)
def test_every_name_is_found_wherever_its_words_follow_each_other_in_one_row(names, texts):
    ragged = Ragged.of(texts)
    name, place = occurrences(trie_of(Ragged.of(names), 4), ragged)
    expected = [
        (int(ragged.indptr[row]) + start, len(known), number)
        for row, text in enumerate(texts)
        for start in range(len(text))
        for number, known in enumerate(names)
        if tuple(text[start : start + len(known)]) == known
    ]
    found = zip(place.tolist(), name.tolist(), strict=True)
    assert [(at, number) for at, _, number in sorted(expected)] == list(found)


def test_a_name_with_a_word_that_no_text_holds_is_never_found():
    name, _ = occurrences(trie_of(Ragged.of([(0, -1), (1,)]), 2), Ragged.of([[0, -1, 1]]))
    assert name.tolist() == [1]


def test_names_longer_than_the_limit_are_left_out():
    long = tuple([0] * (MAX_WORDS + 1))
    name, _ = occurrences(trie_of(Ragged.of([long, long[:-1]]), 1), Ragged.of([list(long)]))
    assert name.tolist() == [1, 1]
