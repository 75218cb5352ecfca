"""Late interaction over signs, against the same worked out with plain arrays."""

import numpy as np
import pytest

from graphmem.arrays import TokenVectors
from graphmem.retrieve.late import asked_tokens, token_bits, token_index, token_likeness
from graphmem.retrieve.nearby import NEAR, best_nearby, with_neighbours
from graphmem.retrieve.turns import turn_index
from graphmem.retrieve.words import updated
from graphmem.text import word_spans
from tests.unit.retrieve.snapshots import Turn, snapshot_of

DIM = 16
TALK = [
    Turn("I sail boats.", "s1", "Ana"),
    Turn("?", "s1", "Ben"),
    Turn("Boats are fine.", "s1", "Ana"),
    Turn("I make pottery.", "s2", "Ben"),
]


def tokens_of(text):
    """One token a word and one for the full stop, each with a vector of its own spelling."""
    spans = word_spans(text) + [(i, i + 1) for i, letter in enumerate(text) if letter in ".?"]
    rows = [
        np.random.default_rng(sum(text[a:b].lower().encode())).standard_normal(DIM)
        for a, b in spans
    ]
    matrix = np.array(rows, np.float32).reshape(-1, DIM)
    return TokenVectors(
        rows=matrix / np.linalg.norm(matrix, axis=1, keepdims=True),
        spans=np.array(spans, np.int32).reshape(-1, 2),
    )


@pytest.fixture
def index():
    snapshot = snapshot_of(TALK)
    words = updated(None, snapshot)
    return turn_index(snapshot, words.notes), words


@pytest.fixture
def tokens():
    bits = [token_bits(turn.text, tokens_of(turn.text)) for turn in TALK]
    return token_index(np.concatenate(bits), np.cumsum([0, *map(len, bits)]), DIM)


def test_a_token_is_kept_as_one_bit_a_dimension_and_punctuation_not_at_all(tokens):
    assert tokens.bits.shape == (3 + 0 + 3 + 3, DIM // 8)
    np.testing.assert_array_equal(tokens.indptr, [0, 3, 3, 6, 9])


def test_a_question_is_asked_by_what_is_not_its_frame_and_rare_words_weigh_more(index):
    turns, words = index
    question = "When did I sail boats?"
    asked = asked_tokens(question, tokens_of(question), turns, words.numbers)
    assert len(asked.rows) == 2
    assert asked.weights[0] > asked.weights[1]
    assert asked.weights.sum() == pytest.approx(1)


def test_likeness_is_the_best_cosine_of_centred_signs(index, tokens):
    turns, words = index
    question = "sail pottery"
    asked = asked_tokens(question, tokens_of(question), turns, words.numbers)
    found = token_likeness(turns, tokens, asked, np.arange(4))
    signs = np.concatenate(
        [
            np.where(tokens_of(turn.text).rows[: len(word_spans(turn.text))] > 0, 1.0, -1.0)
            for turn in TALK
        ]
    )
    mean = signs.mean(axis=0)
    centred = (signs - mean) / np.linalg.norm(signs - mean, axis=1, keepdims=True)
    rows = asked.rows - mean / np.sqrt(DIM)
    rows /= np.linalg.norm(rows, axis=1, keepdims=True)
    for turn in (0, 2, 3):
        expected = (rows @ centred[tokens.indptr[turn] : tokens.indptr[turn + 1]].T).max(axis=1)
        np.testing.assert_allclose(found[:, turn], expected, atol=1e-5)
    np.testing.assert_array_equal(found[:, 1], [-1, -1])


def test_a_neighbour_lends_its_value_at_a_price_and_only_inside_the_session(index):
    turns, _ = index
    around = with_neighbours(turns, np.array([1]))
    np.testing.assert_array_equal(around, [0, 1, 2])
    values = np.array([0.9, 0.1, 0.5])
    assert best_nearby(turns, np.array([1]), around, values, NEAR) == pytest.approx([0.8])
    every = np.arange(4)
    found = best_nearby(turns, every, every, np.array([0.0, 0.0, 0.0, 1.0]), NEAR)
    np.testing.assert_allclose(found, [0, 0, 0, 1])
