"""Late interaction over signs, against the same worked out with plain arrays."""

import numpy as np
import pytest

from graphmem.arrays import SnapshotVectors
from graphmem.ingest.embed import signs_in_words
from graphmem.retrieve.question.written import Written
from graphmem.retrieve.turns.indexing import turn_index
from graphmem.retrieve.turns.late_interaction import (
    asked_tokens,
    token_index,
    token_likeness,
)
from graphmem.retrieve.turns.neighbours import NEAR, best_nearby, with_neighbours
from graphmem.retrieve.words.index import updated
from graphmem.text import word_spans
from tests.spelled import DIM, SpelledEncoder
from tests.unit.retrieve.snapshots import Turn, snapshot_of

TALK = [
    Turn("I sail boats.", "s1", "Ana"),
    Turn("?", "s1", "Ben"),
    Turn("Boats are fine.", "s1", "Ana"),
    Turn("I make pottery.", "s2", "Ben"),
]


def tokens_of(text):
    return SpelledEncoder().encode_tokens([text])[0]


def vectors_of(talk):
    signs = [signs_in_words(turn.text, tokens_of(turn.text)) for turn in talk]
    return SnapshotVectors(
        encoder="spelled@1",
        tokens=np.concatenate(signs),
        token_indptr=np.cumsum([0, *map(len, signs)]),
    )


@pytest.fixture
def index():
    snapshot = snapshot_of(TALK)
    words = updated(None, snapshot)
    return turn_index(snapshot, words.notes), words


@pytest.fixture
def tokens():
    return token_index(vectors_of(TALK), DIM)


def test_a_snapshot_without_the_tokens_of_every_turn_has_no_index():
    assert token_index(SnapshotVectors(encoder="spelled@1"), DIM) is None


def test_the_mean_of_very_many_tokens_is_exact():
    random = np.random.default_rng(0)
    signs = random.integers(0, 256, (1_000, DIM // 8), dtype=np.uint8)
    found = token_index(
        SnapshotVectors(encoder="", tokens=signs, token_indptr=np.array([0, 1_000])), DIM
    )
    expected = np.where(np.unpackbits(signs, axis=1) == 1, 1.0, -1.0).mean(axis=0)
    np.testing.assert_allclose(found.mean, expected, atol=1e-6)


def test_a_question_is_asked_by_what_is_not_its_frame_and_rare_words_weigh_more(index):
    turns, words = index
    question = "When did I sail boats?"
    asked = asked_tokens(Written.of(question), tokens_of(question), turns, words.numbers)
    assert len(asked.rows) == 2
    assert asked.weights[0] > asked.weights[1]
    assert asked.weights.sum() == pytest.approx(1)


def test_likeness_is_the_best_cosine_of_centred_signs(index, tokens):
    turns, words = index
    question = "sail pottery"
    asked = asked_tokens(Written.of(question), tokens_of(question), turns, words.numbers)
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


def test_what_is_read_beside_a_token_does_not_change_its_likeness():
    talk = [Turn(f"We sail boat {i} home.", "s1", "Ana") for i in range(128)]
    snapshot = snapshot_of(talk)
    words = updated(None, snapshot)
    turns, tokens = turn_index(snapshot, words.notes), token_index(vectors_of(talk), DIM)
    asked = asked_tokens(Written.of("sail home"), tokens_of("sail home"), turns, words.numbers)
    every = np.arange(len(talk))
    together = token_likeness(turns, tokens, asked, every)
    alone = np.hstack([token_likeness(turns, tokens, asked, every[i : i + 1]) for i in every])
    np.testing.assert_array_equal(together, alone)


def test_a_passage_beside_the_turns_changes_no_weight_of_a_question():
    question = "sail pottery"
    found = []
    for notes in (TALK, [*TALK, Turn("Sailing and pottery.", "p", title="Pottery")]):
        words = updated(None, snapshot_of(notes))
        turns = turn_index(snapshot_of(notes), words.notes)
        found.append(
            asked_tokens(Written.of(question), tokens_of(question), turns, words.numbers).weights
        )
    np.testing.assert_array_equal(*found)
