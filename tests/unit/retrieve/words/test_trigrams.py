"""Likeness by letter trigrams: what spellings share, nothing where they share none."""

import numpy as np
import pytest

from graphmem.retrieve.words.cosines import Norms
from graphmem.retrieve.words.counts import counts_of
from graphmem.retrieve.words.ragged import Ragged
from graphmem.retrieve.words.trigrams import term_likeness, trigram_scores, trigrams_of

TERMS = ("colour", "harbour", "zebra")


@pytest.fixture
def trigrams():
    return trigrams_of(TERMS, np.array([1, 1, 1]), 3)


def test_another_spelling_is_likest_to_its_own_term(trigrams):
    found = term_likeness(trigrams, ("color",))
    assert found.argmax() == 0
    assert found[2] == 0


def test_a_term_is_as_like_itself_as_its_own_length(trigrams):
    found = term_likeness(trigrams, ("zebra",))
    assert found[2] == pytest.approx(trigrams.term_norms[2])
    assert found[:2].tolist() == [0, 0]


def test_a_question_of_no_terms_is_like_nothing(trigrams):
    assert term_likeness(trigrams, ()).tolist() == [0, 0, 0]


def test_a_trigram_that_many_terms_hold_weighs_less():
    many = trigrams_of(("abc", "abcd", "abce", "xyz"), np.array([1, 1, 1, 1]), 4)
    shared = term_likeness(many, ("abc",))
    assert shared[0] > shared[1] > 0
    assert shared[3] == 0


def test_a_text_of_one_term_scores_one_for_the_same_term(trigrams):
    counts = counts_of(Ragged.of([[0], [2], []]), 3)
    rows = Norms.of(counts, trigrams.term_norms)
    found = trigram_scores(term_likeness(trigrams, ("colour",)), counts, rows)
    np.testing.assert_allclose(found, [1, 0, 0], atol=1e-6)


def test_trigrams_brought_forward_are_those_of_the_new_terms():
    old = ("abandon", "abc", "abcd", *(f"same{at:02}" for at in range(20)), "zoo")
    new = tuple(sorted((*old[:1], *old[2:], "abce")))
    df = np.arange(1, len(old) + 1)
    moved = np.array([new.index(term) if term in new else -1 for term in old], np.int32)
    grown = trigrams_of(new, df, 30, trigrams_of(old, df, 30), moved)
    fresh = trigrams_of(new, df, 30)
    assert grown.by_bucket.indices.tolist() == fresh.by_bucket.indices.tolist()
    for name in ("idf", "weights", "term_norms", "lengths"):
        np.testing.assert_array_equal(getattr(grown, name), getattr(fresh, name))


def test_what_trigrams_are_held_by_is_brought_forward_where_it_was_asked_for():
    old = ("abandon", "abcd", *(f"same{at:02}" for at in range(20)), "zoo")
    new = tuple(sorted((*old, "abce")))
    moved = np.array([new.index(term) for term in old], np.int32)
    known = trigrams_of(old, np.arange(1, len(old) + 1), 30)
    assert known.held.max() > 0
    df = np.arange(len(new))
    grown = trigrams_of(new, df, 31, known, moved)
    assert "held" in vars(grown)
    np.testing.assert_array_equal(grown.held, trigrams_of(new, df, 31).held)
