"""Turns scored for a question: what counts, what must not, and nothing that is no number."""

from dataclasses import replace
from datetime import UTC, datetime

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from graphmem.retrieve.turns.indexing import turn_index
from graphmem.retrieve.turns.late_interaction import AskedTokens
from graphmem.retrieve.turns.score import TurnMeaning, turn_scores, words_asked
from graphmem.retrieve.turns.vectors import turn_vectors
from graphmem.retrieve.turns.weights import UNTRAINED_VECTORS, UNTRAINED_WORDS, turn_weights
from graphmem.retrieve.words.index import updated
from tests.unit.retrieve.reading import question_of
from tests.unit.retrieve.snapshots import Turn, snapshot_of

MAY, JULY = datetime(2023, 5, 8, tzinfo=UTC), datetime(2023, 7, 20, tzinfo=UTC)
TALK = [
    Turn("Hi Ben! How was your summer?", "s1", "Ana", MAY),
    Turn("I went sailing with my cousin.", "s1", "Ben", MAY),
    Turn("I sold my boat after sailing once.", "s1", "Ana", MAY),
    Turn("I started pottery classes.", "s2", "Ana", JULY),
    Turn("Did you make a bowl?", "s2", "Ben", JULY),
    Turn("Yes, a blue one!", "s2", "Ana", JULY),
]
OTHERS = [
    Turn("Sailing, sailing, sailing!", "o1", "Carl", MAY),
    Turn("What do you sail?", "o1", "Dora", MAY),
    Turn("Pottery is my life.", "o2", "Carl", JULY),
]


def scored(turns, question, weights=UNTRAINED_WORDS):
    snapshot = snapshot_of(turns)
    words = updated(None, snapshot)
    index = turn_index(snapshot, words.notes)
    asked = question_of(question, words, speakers=snapshot.speakers)
    return turn_scores(index, asked, words_asked(index, asked, words), weights=weights)


def best(turns, question, weights=UNTRAINED_WORDS):
    return turns[int(np.argmax(scored(turns, question, weights).scores))].text


@pytest.mark.parametrize(
    "weights", [UNTRAINED_WORDS, turn_weights("", with_vectors=False, with_tokens=False)]
)
def test_the_named_speaker_breaks_the_tie_of_words(weights):
    assert best(TALK, "Did Ben like sailing?", weights) == TALK[1].text
    assert best(TALK, "Did Ana like sailing?", weights) == TALK[2].text


def test_an_asked_date_leads_to_the_session_of_that_day():
    found = scored(TALK, "What did they talk about on 20 July 2023?").scores
    assert found[3:].min() > found[:3].max()


def test_a_turn_without_the_word_is_found_by_its_neighbours():
    found = scored(TALK, "What colour was the bowl?").scores
    assert found[5] > max(found[:3])


def test_other_conversations_change_neither_the_values_nor_the_order_of_the_one_asked():
    alone = scored(TALK, "Was Ben sailing with a cousin?")
    pooled = scored([*TALK, *OTHERS], "Was Ben sailing with a cousin?")
    np.testing.assert_array_equal(
        np.argsort(-alone.scores, kind="stable"),
        np.argsort(-pooled.scores[: len(TALK)], kind="stable"),
    )
    assert pooled.scores[len(TALK) :].max() < pooled.scores[: len(TALK)].max()
    inside = pooled.channels["words_wide"][: len(TALK)]
    assert inside.mean() == pytest.approx(0, abs=1e-9)
    assert inside.std() == pytest.approx(1)


def test_a_passage_is_never_scored_and_moves_no_turn():
    passage = Turn("Ben Nevis is a mountain for sailing.", "p1", title="Ben Nevis")
    with_passage = scored([*TALK, passage], "Did Ben like sailing?").scores
    assert with_passage[-1] == -np.inf
    np.testing.assert_allclose(with_passage[:-1], scored(TALK, "Did Ben like sailing?").scores)


WORDS = st.sampled_from(
    ["sailing", "Ana", "harbour", "?", "May", "when", "2023", "how many", "王芳"]
)
TEXT = st.lists(WORDS, max_size=5).map(" ".join)
TURN = st.builds(
    Turn,
    text=TEXT,
    session=st.just("s"),
    speaker=st.sampled_from([None, "Ana", "Ben", "user"]),
    said_at=st.sampled_from([None, MAY, JULY]),
    title=st.sampled_from([None, None, None, "Harbour"]),
)


@settings(max_examples=60)
@given(st.lists(TURN, min_size=1, max_size=8), TEXT)
def test_whatever_lies_in_a_store_every_turn_has_a_number(turns, question):
    turns = [replace(turn, session=f"s{i // 3}") for i, turn in enumerate(turns)]
    rows = np.random.default_rng(len(turns)).standard_normal((len(turns), 8)).astype(np.float32)
    rows /= np.linalg.norm(rows, axis=1, keepdims=True)
    snapshot = snapshot_of(turns, vectors=rows)
    words = updated(None, snapshot)
    index = turn_index(snapshot, words.notes)
    asked = question_of(question, words, speakers=snapshot.speakers)
    vectors = turn_vectors(snapshot, index)
    meaning = TurnMeaning(vectors, rows[0]) if vectors is not None else None
    found = turn_scores(
        index, asked, words_asked(index, asked, words), weights=UNTRAINED_VECTORS, meaning=meaning
    )
    is_turn = np.array([turn.title is None for turn in turns])
    assert np.isfinite(found.scores[is_turn]).all()
    assert (found.scores[~is_turn] == -np.inf).all()


def test_a_vector_like_the_question_raises_its_turn_and_its_neighbours():
    rows = np.eye(6, dtype=np.float32)
    snapshot = snapshot_of(TALK, vectors=rows)
    words = updated(None, snapshot)
    index = turn_index(snapshot, words.notes)
    asked = question_of("Anything?", words, speakers=snapshot.speakers)
    meaning = TurnMeaning(turn_vectors(snapshot, index), rows[4])
    channels = turn_scores(
        index, asked, words_asked(index, asked, words), weights=UNTRAINED_VECTORS, meaning=meaning
    ).channels
    assert np.argmax(channels["vector_own"]) == 4
    assert channels["vector_wide"][5] > channels["vector_wide"][:3].max()


def test_an_encoder_that_no_table_names_is_scored_by_the_untrained_formula():
    assert turn_weights("other@1", with_vectors=True, with_tokens=False) is UNTRAINED_VECTORS


def test_a_token_of_the_question_finds_the_sentence_that_is_like_it_alone():
    rows = np.eye(6, dtype=np.float32)
    snapshot = snapshot_of(TALK, vectors=rows)
    n_sentences = len(snapshot.sentence_spans)
    sentences = np.zeros((n_sentences, 6), np.float16)
    sentences[np.arange(n_sentences), np.arange(n_sentences) % 5] = 1
    sentences[-1] = [0, 0, 0, 0, 0, 1]
    vectors = replace(snapshot.vectors, sentences=sentences)
    snapshot = replace(snapshot, vectors=vectors)
    words = updated(None, snapshot)
    index = turn_index(snapshot, words.notes)
    asked = question_of("Anything?", words, speakers=snapshot.speakers)
    said = AskedTokens(rows[5:6], np.ones(1))
    meaning = TurnMeaning(turn_vectors(snapshot, index), rows[0], said)
    channels = turn_scores(
        index, asked, words_asked(index, asked, words), weights=UNTRAINED_VECTORS, meaning=meaning
    ).channels
    assert np.argmax(channels["late_sentence"]) == 5
    assert "late_near" not in channels
