"""Counts by text and by term, and the two scores of them, by hand."""

import math

import numpy as np
import pytest

from graphmem.retrieve.words.counts import K1, B, bm25, counts_of, inverse_frequency
from graphmem.retrieve.words.ragged import Ragged

TEXTS = [[0, 1, 0, -1], [1], [], [2, 2, 2]]
"""Terms of four texts; -1 is a stop word's."""


@pytest.fixture
def counts():
    return counts_of(Ragged.of(TEXTS), 3)


def test_terms_are_counted_by_text_and_stop_words_are_not(counts):
    assert counts.by_row.toarray().tolist() == [[2, 1, 0], [0, 1, 0], [0, 0, 0], [0, 0, 3]]
    assert counts.lengths.tolist() == [3, 1, 0, 3]
    assert counts.df.tolist() == [1, 2, 1]
    assert counts.mean_length == 7 / 4


def test_the_postings_of_a_term_are_the_texts_that_hold_it(counts):
    rows, found = counts.postings(1)
    assert (rows.tolist(), found.tolist()) == ([0, 1], [1, 1])


def test_postings_that_are_put_together_are_kept_at_hand_up_to_so_many(counts, monkeypatch):
    part = counts.of_part(np.array([0, 1]))
    assert part.postings(1)[0] is part.postings(1)[0]
    assert part.postings(1)[0].tolist() == [0, 1]
    monkeypatch.setattr("graphmem.retrieve.words.counts.AT_HAND", 2)
    assert part.postings(0)[0].tolist() == [0]
    assert list(part._at_hand) == [0]


def test_no_texts_have_a_mean_length_that_divides():
    assert counts_of(Ragged.of([]), 0).mean_length == 1


def test_the_inverse_frequency_is_positive_even_of_what_every_text_holds():
    found = inverse_frequency(np.array([0, 1, 4]), 4)
    np.testing.assert_allclose(
        found, [math.log(10), math.log(1 + 3.5 / 1.5), math.log(1 + 0.5 / 4.5)]
    )
    assert (found > 0).all()


def test_bm25_is_the_published_formula_and_an_unknown_term_adds_nothing(counts):
    found = bm25(counts, np.array([0, -1]), np.array([2.0, 9.0]))
    norm = K1 * (1 - B + B * 3 / (7 / 4))
    np.testing.assert_allclose(found, [2 * 2 * (K1 + 1) / (2 + norm), 0, 0, 0], rtol=1e-6)


def test_rows_counted_before_are_taken_over_with_their_terms_renumbered(counts):
    grown = counts_of(
        Ragged.of([[3, 0]]), 4, before=counts, old_rows=np.array([3, -1, 0]),
        renumbered=np.array([0, 1, 3], np.int32),
    )  # fmt: skip
    assert grown.by_row.toarray().tolist() == [[0, 0, 0, 3], [1, 0, 0, 1], [2, 1, 0, 0]]
