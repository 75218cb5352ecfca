"""Vectors of turns: centred cosines alone, over neighbours, and by sentence, by hand."""

from dataclasses import replace

import numpy as np
import pytest

from graphmem.retrieve.turns.indexing import turn_index
from graphmem.retrieve.turns.vectors import (
    VECTOR_KERNEL,
    centred,
    likeness,
    sentence_likeness,
    turn_vectors,
    wide_likeness,
)
from graphmem.retrieve.words.index import updated
from tests.unit.retrieve.snapshots import Turn, snapshot_of

ROWS = np.array([[1, 0, 0], [0, 1, 0], [0.6, 0.8, 0], [0, 0, 1]], np.float32)
TALK = [
    Turn("One. Two.", "s1"),
    Turn("Three.", "s1"),
    Turn("Four.", "s2"),
    Turn("A page.", "p", title="Page"),
]
MEAN = ROWS[:3].sum(axis=0) / 13
"""Three turns, shrunk as if ten more were zero; the passage has no part in it."""


@pytest.fixture
def snapshot():
    return snapshot_of(TALK, vectors=ROWS)


@pytest.fixture
def index(snapshot):
    return turn_index(snapshot, updated(None, snapshot).notes)


def cosine(a, b):
    return float(a @ b / np.linalg.norm(b))


def test_the_mean_is_that_of_the_turns_shrunk(snapshot, index):
    vectors = turn_vectors(snapshot, index)
    np.testing.assert_allclose(vectors.mean, MEAN, atol=1e-6)
    np.testing.assert_allclose(vectors.norms, np.linalg.norm(ROWS[:3] - MEAN, axis=1), atol=1e-6)


def test_likeness_is_the_question_along_the_centred_turn(snapshot, index):
    question = np.array([0, 1, 0], np.float32)
    vectors = turn_vectors(snapshot, index)
    found = likeness(index, vectors, question, vectors.notes @ question)
    np.testing.assert_allclose(found, [cosine(question, r - MEAN) for r in ROWS[:3]], atol=1e-6)


def test_a_store_without_vectors_has_none():
    snapshot = snapshot_of(TALK)
    index = turn_index(snapshot, updated(None, snapshot).notes)
    assert turn_vectors(snapshot, index) is None


def test_wide_likeness_adds_what_neighbours_of_the_session_have(snapshot, index):
    vectors = turn_vectors(snapshot, index)
    found = wide_likeness(index, vectors, np.array([1.0, 2.0, 8.0]))
    whole = sum(weight for _, weight in VECTOR_KERNEL)
    expected = [whole * (1 + 0.4 * 2) / 1.4, whole * (2 + 0.5 * 1) / 1.5, whole * 8]
    np.testing.assert_allclose(found, expected)


def test_a_turn_is_as_like_as_its_likest_sentence(snapshot, index):
    rows = np.array([[1, 0, 0], [0, 1, 0], [0, 0, 1], [0.6, 0, 0.8], [0, 0, 1]], np.float16)
    kept = replace(snapshot, vectors=replace(snapshot.vectors, sentences=rows))
    vectors = turn_vectors(kept, index)
    question = np.array([[0, 1, 0]], np.float32)
    (found,) = sentence_likeness(index, vectors, question, np.array([0, 2]))
    centred_rows = rows.astype(float) - MEAN
    own = [cosine(question[0], row) for row in centred_rows]
    np.testing.assert_allclose(found, [max(own[0], own[1]), own[3]], atol=1e-3)


def test_sentences_that_are_not_kept_are_like_nothing(snapshot, index):
    vectors = turn_vectors(snapshot, index)
    assert sentence_likeness(index, vectors, ROWS[:1], np.array([0])) is None


def test_centred_rows_have_length_one_and_one_that_is_the_mean_stays_near_zero():
    found = centred(np.array([[1, 0, 0], MEAN], np.float32), MEAN.astype(np.float32))
    assert np.linalg.norm(found[0]) == pytest.approx(1)
    assert np.linalg.norm(found[1]) < 1e-3
