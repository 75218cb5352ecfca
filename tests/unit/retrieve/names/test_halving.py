"""Names looked up by halving are those that a trie finds."""

from hypothesis import given
from hypothesis import strategies as st

from graphmem.retrieve.names.halving import Sought
from graphmem.retrieve.names.trie import MAX_WORDS, occurrences, trie_of
from graphmem.retrieve.words.ragged import Ragged

WORDS = ("an", "an-a", "ana", "ana b", "b", "bee")
"""Sorted; one holds what sorts before a blank, one a blank."""
WORD = st.integers(-1, len(WORDS) - 1)
NAMES = st.lists(st.lists(WORD, min_size=1, max_size=4), max_size=8)
TEXTS = st.lists(st.lists(WORD, max_size=8), max_size=4)


def as_texts(names):
    """Return names by text, sorted, and the words of each; a word that no text holds is `?`."""
    spelled = {" ".join(WORDS[word] if word >= 0 else "?" for word in name): name for name in names}
    return sorted(spelled), Ragged.of([spelled[text] for text in sorted(spelled)])


@given(NAMES, TEXTS)
def test_a_name_is_found_where_a_trie_finds_it(names, texts):
    known, spelled = as_texts(names)
    ragged = Ragged.of(texts)
    wanted = occurrences(trie_of(spelled, len(WORDS)), ragged)
    found = Sought(known, spelled, WORDS).occurrences(ragged)
    assert [one.tolist() for one in found] == [one.tolist() for one in wanted]


def test_a_name_that_is_too_long_is_found_by_neither():
    known, spelled = as_texts([[4] * (MAX_WORDS + 1), [4] * MAX_WORDS])
    text = Ragged.of([[4] * (MAX_WORDS + 1)])
    assert Sought(known, spelled, WORDS).occurrences(text)[0].tolist() == [0, 0]
