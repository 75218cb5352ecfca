"""The words of sentences: notes that are put in leave the rest where it lies, and say the same."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from graphmem.retrieve.words import said as module
from graphmem.retrieve.words.ragged import Ragged
from graphmem.retrieve.words.said import Said

NOTES = st.lists(st.lists(st.lists(st.integers(0, 40), max_size=3), min_size=1, max_size=3))
"""Notes of sentences of words; a word is a multiple of its number in a growing vocabulary."""


def numbered(notes, vocabulary):
    place = {word: at for at, word in enumerate(vocabulary)}
    return Ragged.of([place[word] for word in sentence] for note in notes for sentence in note)


def words_in(notes):
    return {word for note in notes for sentence in note for word in sentence}


@given(NOTES, st.lists(st.integers(0, 5)))
def test_a_part_says_what_its_sentences_say(notes, some):
    vocabulary = sorted(words_in(notes))
    said = Said.of(numbered(notes, vocabulary), len(vocabulary))
    sentences = np.array(sorted({at for at in some if at < len(said.ends)}), np.int64)
    part, taken = said.of_part(sentences), said.take(sentences)
    assert part.rows().values.tolist() == taken.values.tolist()
    assert part.lengths.tolist() == taken.lengths.tolist()


@given(
    NOTES,
    st.lists(st.tuples(st.integers(0, 30), NOTES.filter(len)), max_size=4),
    st.booleans(),
    st.booleans(),
)
def test_notes_that_are_put_in_say_what_they_say_when_all_are_laid_anew(
    before, writes, is_merged, is_long
):
    with pytest.MonkeyPatch.context() as patch:
        if is_merged:
            patch.setattr(module, "FEW", 2)
        if is_long:  # runs of any length, as in memories that are large
            patch.setattr(module, "LONG_RUN", 0)
        notes, vocabulary = list(before), sorted(words_in(before))
        said = Said.of(numbered(notes, vocabulary), len(vocabulary))
        for wanted, added in writes:
            older = said, said.rows().values.tolist()
            grown = sorted({*vocabulary, *words_in(added)})
            numbers = np.array([grown.index(word) for word in vocabulary], np.int32)
            at = min(wanted, len(notes))
            first = sum(map(len, notes[:at]))
            put = np.arange(first, first + sum(map(len, added)))
            said = said.with_rows(numbered(added, grown), put, numbers, len(grown))
            notes, vocabulary = [*notes[:at], *added, *notes[at:]], grown
            assert older[0].rows().values.tolist() == older[1]
        assert_says(said, numbered(notes, vocabulary), notes)


def assert_says(said, rows, notes):
    assert said.rows().indptr.tolist() == rows.indptr.tolist()
    assert said.rows().values.tolist() == rows.values.tolist()
    assert said.lengths.tolist() == rows.lengths.tolist()
    begin = 0
    for note in notes:
        end = begin + len(note)
        words = [word for at in range(begin, end) for word in rows.row(at).tolist()]
        assert said.words(begin, end).tolist() == words
        places = np.arange(said.ends.array[begin, 0], said.ends.array[end - 1, 1])
        assert said.at(places).tolist() == words
        assert said.lengths_of(begin, end).tolist() == rows.lengths[begin:end].tolist()
        begin = end
    backwards = np.arange(begin)[::-1]
    assert said.take(backwards).values.tolist() == rows.take(backwards).values.tolist()
