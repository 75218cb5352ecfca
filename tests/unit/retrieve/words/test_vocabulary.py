"""Vocabularies: what a word as written stands for, and the same however it was come by."""

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from graphmem.retrieve.words.ragged import Ragged
from graphmem.retrieve.words.tokens import tokens_of
from graphmem.retrieve.words.vocabulary import Places, grown, renumbered, shrunk, vocabulary_of
from graphmem.text import normalise
from tests.property.test_index_guarantees import assert_same
from tests.unit.retrieve.words.test_tokens import TALK, snapshot_of

FORMS = st.sets(
    st.sampled_from("Boats boat the The parseConfigFile 70kg ran running Ana's Ana IT it".split())
)


def known(forms):
    return vocabulary_of(sorted(forms), [normalise(form) for form in sorted(forms)])


def test_a_surface_knows_its_folded_word_its_term_and_its_capital():
    vocabulary = tokens_of(snapshot_of(TALK)).tokens.vocabulary
    known = {
        surface: (
            vocabulary.words[vocabulary.word_of[i]],
            vocabulary.terms[vocabulary.term_of[i]] if vocabulary.term_of[i] >= 0 else None,
            bool(vocabulary.is_capital[i]),
        )
        for i, surface in enumerate(vocabulary.surfaces)
    }
    assert known["Boats"] == ("boats", "boat", True)
    assert known["boat"] == ("boat", "boat", False)
    assert known["The"] == ("the", None, True)
    assert vocabulary.terms == ("boat", "lisbon", "sail")
    assert vocabulary.term_numbers == {"boat": 0, "lisbon": 1, "sail": 2}


def test_places_are_those_of_sorted_texts_and_no_others():
    places = Places(("ant", "bee"))
    assert dict(places) == {"ant": 0, "bee": 1}
    assert "cat" not in places
    assert "aa" not in places


@given(FORMS, FORMS)
def test_a_vocabulary_grown_by_forms_is_that_of_all_of_them(before, added):
    larger = grown(known(before), sorted(added - before))
    assert_same(larger.vocabulary, known(before | added))
    assert [larger.vocabulary.surfaces[at] for at in larger.surfaces] == sorted(before)
    assert [larger.vocabulary.terms[at] for at in larger.terms] == list(known(before).terms)


@given(FORMS, FORMS)
def test_a_vocabulary_without_some_forms_is_that_of_the_rest(forms, gone):
    used = np.array([form not in gone for form in sorted(forms)], np.bool_)
    smaller = shrunk(known(forms), used)
    assert_same(smaller.vocabulary, known(forms - gone))
    assert (smaller.surfaces >= 0).tolist() == used.tolist()


def test_rows_are_renumbered_and_those_that_stay_are_not_copied():
    rows = Ragged.of([[0, 1], [1]])
    assert renumbered(rows, np.array([0, 1], np.int32)) is rows
    assert renumbered(rows, np.array([0, 2], np.int32)).values.tolist() == [0, 2, 2]
