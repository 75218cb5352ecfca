"""The best cosines as sums of whole numbers: those of floats, the same bytes compiled or not."""

import numpy as np
import pytest

from graphmem.rankers.kernel import kernel
from graphmem.retrieve.turns import cosines
from graphmem.retrieve.turns.cosines import Groups, best_of_sentences, best_of_tokens
from graphmem.vectors import packed_signs, unit_rows

DIMS = (1, 7, 16, 384, 1_024)
COUNTS = np.array([2, 1, 0, 3, 5])


def drawn(dim, n, seed=0):
    return unit_rows(np.random.default_rng(seed).standard_normal((n, dim)))


def groups():
    return Groups.of(np.concatenate(([0], np.cumsum(COUNTS))), np.array([3, 0, 2, 4]))


def plain(vectors, rows, mean):
    """By the definition, with floats."""
    left = vectors - mean
    alike = rows @ left.T / np.maximum(np.linalg.norm(left, axis=1), 1e-3)
    ends = np.cumsum(COUNTS)
    return np.array(
        [[max(row[ends[t] - COUNTS[t] : ends[t]], default=-1.0) for t in (3, 0, 2, 4)]
         for row in alike.tolist()]
    )  # fmt: skip


@pytest.mark.parametrize("dim", DIMS)
def test_the_best_sentence_is_that_of_floats(dim):
    sentences, rows = drawn(dim, 11).astype(np.float16), drawn(dim, 3, seed=1)
    mean = drawn(dim, 1, seed=2)[0] / 2
    found = best_of_sentences(sentences, groups(), rows, mean)
    np.testing.assert_allclose(found, plain(sentences.astype(float), rows, mean), atol=3e-4)


@pytest.mark.parametrize("dim", DIMS)
def test_the_best_token_is_that_of_floats(dim):
    vectors, rows = drawn(dim, 11), drawn(dim, 3, seed=1)
    mean = np.sign(drawn(dim, 1, seed=2)[0]) / 3
    found = best_of_tokens(packed_signs(vectors), groups(), rows, mean.astype(np.float32))
    expected = plain(np.where(vectors > 0, 1.0, -1.0), rows, mean)
    np.testing.assert_allclose(found, expected, atol=3e-4)


@pytest.mark.skipif(kernel() is None, reason="nobody compiled the loops")
@pytest.mark.parametrize("dim", DIMS)
@pytest.mark.parametrize("asked", [1, 3, 15, 16, 40])
def test_numpy_gives_the_same_bytes(dim, asked, monkeypatch):
    vectors, rows, mean = drawn(dim, 11), drawn(dim, asked, seed=1), drawn(dim, 1, seed=2)[0]

    def both():
        sentences = best_of_sentences(vectors.astype(np.float16), groups(), rows, mean)
        return sentences, best_of_tokens(packed_signs(vectors), groups(), rows, mean)

    compiled = both()
    monkeypatch.setattr(cosines, "kernel", lambda: None)
    for one, other in zip(compiled, both(), strict=True):
        np.testing.assert_array_equal(one, other)


def test_a_turn_is_the_same_among_others_and_alone():
    sentences, rows, mean = drawn(16, 11).astype(np.float16), drawn(16, 2, 1), drawn(16, 1, 2)[0]
    starts = np.array([0, 2, 5])
    together = best_of_sentences(sentences, Groups(starts, np.array([2, 3, 6])), rows, mean)
    for at, (start, count) in enumerate(((0, 2), (2, 3), (5, 6))):
        alone = Groups(np.array([start]), np.array([count]))
        found = best_of_sentences(sentences, alone, rows, mean)
        np.testing.assert_array_equal(found[:, 0], together[:, at])
