"""What a count is saturated by: 1.2 in a text of mean length, less in a shorter one."""

import numpy as np
import pytest

from graphmem.retrieve.turns.saturation import norms


def test_a_count_is_saturated_by_k1_in_a_text_of_mean_length_and_by_less_in_a_shorter_one():
    assert norms(np.array([4.0, 2.0]), 4.0).tolist() == pytest.approx([1.2, 1.2 * 0.625])
    assert norms(np.array([2.0]), 4.0, 0.4).tolist() == pytest.approx([1.2 * 0.8])


def test_texts_without_a_word_divide_by_nothing():
    assert norms(np.zeros(2), 0.0).tolist() == pytest.approx([0.3, 0.3])
