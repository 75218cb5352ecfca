"""Cosines of counts are those of the vectors that they stand for."""

import math

import numpy as np
import pytest

from graphmem.retrieve.words import loops
from graphmem.retrieve.words.cosines import Norms, cosines, norms_of
from graphmem.retrieve.words.counts import counts_of
from graphmem.retrieve.words.ragged import Ragged


@pytest.fixture
def counts():
    return counts_of(Ragged.of([[0, 1, 0, -1], [1], [], [2, 2, 2]]), 3)


def test_a_cosine_of_damped_counts_is_that_of_its_two_vectors(counts):
    idf = np.array([1.0, 2.0, 3.0])
    found = cosines(counts, np.array([0, 1]), idf[:2], Norms.of(counts, idf))
    text = np.array([(1 + math.log(2)) * 1, 2.0])
    question = np.array([1.0, 2.0])
    expected = text @ question / (np.linalg.norm(text) * np.linalg.norm(question))
    np.testing.assert_allclose(found, [expected, 2 / math.sqrt(5), 0, 0], rtol=1e-6)


def test_lengths_are_measured_where_they_are_asked_for(counts):
    weights = np.array([0.5, 2.0, 3.0])
    lengths = Norms.of(counts, weights)
    first = lengths.where(np.array([1.0, 0.0, 0.0, 0.0]))
    assert first.tolist() == [norms_of(counts, counts.rows(np.array([0])), weights)[0], -1, -1, -1]
    assert lengths.all.tolist() == norms_of(counts, counts.by_row, weights).tolist()


def test_lengths_of_some_rows_are_the_same_where_nobody_compiled_the_loop(counts, monkeypatch):
    weights, rows = np.array([0.5, 1 / 3, 3.0]), counts.rows(np.array([3, 0, 0, 2]))
    compiled = norms_of(counts, rows, weights)
    monkeypatch.setattr(loops, "kernel", lambda: None)
    assert norms_of(counts, rows, weights).tobytes() == compiled.tobytes()
