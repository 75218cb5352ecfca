"""The best among what may be found."""

import numpy as np

from graphmem.retrieve.kept import of_rows, top_k_kept

SCORES = np.array([0.1, 0.9, 0.5, 0.9, 0.2])


def test_the_best_of_all_are_taken_where_everything_is_kept():
    assert top_k_kept(SCORES, None, k=2).tolist() == [1, 3]


def test_what_is_not_kept_takes_no_place_among_the_best():
    kept = np.array([True, False, True, False, True])
    assert top_k_kept(SCORES, kept, k=2).tolist() == [2, 4]
    assert top_k_kept(SCORES, ~kept, k=9).tolist() == [1, 3]
    assert top_k_kept(SCORES, np.zeros(5, bool), k=2).tolist() == []


def test_of_some_rows_those_are_kept_that_are_kept_of_all():
    kept = np.array([True, False, True])
    assert of_rows(kept, np.array([2, 1])).tolist() == [True, False]
    assert of_rows(None, np.array([2, 1])) is None
