"""What a set of asked words explains, against sums by hand."""

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from graphmem.retrieve.words.coverage import MAX_TERMS, cover_of


@given(st.integers(0, 60), st.randoms(use_true_random=False))
def test_the_weight_of_a_set_is_the_sum_of_its_terms(n, random):
    weights = np.array([random.random() for _ in range(n)])
    cover = cover_of(np.arange(n, dtype=np.int32), weights)
    kept = weights[cover.numbers]
    masks = np.array([random.getrandbits(len(kept)) if len(kept) else 0 for _ in range(5)])
    expected = [sum(w for bit, w in enumerate(kept) if int(mask) >> bit & 1) for mask in masks]
    np.testing.assert_allclose(cover.weight(masks), expected, atol=1e-12)


def test_a_question_of_too_many_terms_keeps_the_heaviest():
    weights = np.arange(60.0)
    cover = cover_of(np.arange(60, dtype=np.int32), weights)
    assert cover.numbers.tolist() == list(range(60 - MAX_TERMS, 60))
