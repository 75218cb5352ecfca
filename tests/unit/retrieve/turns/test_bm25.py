"""BM25 of turns and of sessions, against loops that spell the formulas out."""

import math

import numpy as np
import pytest

from graphmem.retrieve.turns.bm25 import FINE, kernel_bm25, rank_channel, session_bm25
from graphmem.retrieve.turns.index import WIDE
from graphmem.retrieve.turns.indexing import turn_index
from graphmem.retrieve.words.index import updated
from graphmem.retrieve.words.similar import Sought
from graphmem.retrieve.words.terms import term_of
from tests.unit.retrieve.snapshots import Turn, snapshot_of

TALK = [
    Turn("Where is the harbour?", "s1", "Ana"),
    Turn("Behind the old harbour market.", "s1", "Ben"),
    Turn("Thanks!", "s1", "Ana"),
    Turn("I moved to Lisbon.", "s2", "Ana"),
    Turn("Lisbon has a harbour.", "s2", "Ben"),
]


def indexed(turns):
    snapshot = snapshot_of(turns)
    words = updated(None, snapshot)
    return turn_index(snapshot, words.notes), words


def word(words, term, share=1.0, similar=()):
    """Return a word as it is searched for, with terms that are like it."""
    pairs = sorted((words.numbers[other], likeness) for other, likeness in similar)
    numbers = np.array([number for number, _ in pairs], np.int32)
    likeness = np.array([like for _, like in pairs], np.float64)
    return Sought(share, words.numbers.get(term, -1), numbers, likeness)


def exact(index, asked):
    return kernel_bm25(index, asked)[0]


def loose(index, asked):
    return kernel_bm25(index, asked)[1]


def test_counts_and_lengths_are_mixed_before_they_saturate():
    index, words = indexed(TALK)
    lengths = words.notes.lengths.astype(float)
    tf = np.array([1, 1, 0, 0, 1.0])
    weights = dict(WIDE)
    mixed_length, mixed_tf = np.zeros(5), np.zeros(5)
    for group in [(0, 1, 2), (3, 4)]:
        for i in group:
            fill = sum(weights.values()) / sum(weights[j - i] for j in group)
            mixed_tf[i] = fill * sum(weights[j - i] * tf[j] for j in group)
            mixed_length[i] = fill * sum(weights[j - i] * lengths[j] for j in group)
    idf = math.log(1 + (5 - 3 + 0.5) / (3 + 0.5))
    norm = 1.2 * (0.25 + 0.75 * mixed_length / mixed_length.mean())
    expected = idf * mixed_tf * 2.2 / (mixed_tf + norm)
    found = exact(index, [word(words, term_of("harbour"))])
    np.testing.assert_allclose(found, expected, atol=1e-8)


@pytest.mark.parametrize("n_answers", [1, 3])
def test_a_page_of_advice_beside_a_statement_does_not_bury_it(n_answers):
    advice = "Warm the tin, knead the dough, and let it rest overnight. " * 60
    said = Turn("My oven now runs at 240 degrees.", "s1", "user")
    talk = [said, *[Turn(advice, "s1", "assistant")] * n_answers]
    remark = "Bakers like an oven of stone, " + "every book about rye bread says. " * 8
    index, words = indexed([*talk, Turn(remark, "s2", "user")])
    score = exact(index, [word(words, "oven")])
    assert int(np.argmax(score)) == 0


def test_a_turn_gets_the_score_of_its_whole_session():
    index, words = indexed(TALK)
    found = session_bm25(index, [word(words, "lisbon")])[index.session]
    assert found[0] == found[1] == found[2] == 0
    assert found[3] == found[4] > 0


def test_a_term_counts_for_its_share():
    index, words = indexed(TALK)
    for channel in (exact, session_bm25):
        whole, half = (channel(index, [word(words, "lisbon", share)]) for share in (1.0, 0.5))
        np.testing.assert_allclose(half, 0.5 * whole, atol=1e-8)


def test_ranks_start_at_zero_and_equal_scores_have_one_rank():
    found = rank_channel(np.array([1.0, 3.0, 1.0, 0.5]))
    np.testing.assert_allclose(found, [-math.log(2), 0, -math.log(2), -math.log(4)])


def test_turns_without_a_score_share_the_next_rank_and_those_not_counted_the_last():
    found = rank_channel(np.array([0, 2.0, 0, 5.0, 0]), np.array([0, 1, 2], np.int32))
    last = [-math.log(4)] * 2
    np.testing.assert_allclose(found, [-math.log(2), 0, -math.log(2), *last])
    assert rank_channel(np.array([])).shape == (0,)


def test_beyond_the_first_many_ranks_differ_only_where_scores_do_by_a_part_of_the_best():
    best = np.linspace(1.0, 2.0, FINE)[::-1]
    beyond = np.array([0.5, 0.5 + 1e-8, 0.25, 0.0])
    found = rank_channel(np.concatenate((best, beyond)))
    np.testing.assert_allclose(found[:FINE], -np.log1p(np.arange(FINE)))
    expected = [FINE, FINE, FINE + 2, FINE + 3]
    np.testing.assert_allclose(found[FINE:], -np.log1p(expected))


def test_a_difference_of_rounding_is_none():
    found = rank_channel(np.array([0.1 + 0.2, 0.3]))
    assert found[0] == found[1] == 0


@pytest.mark.parametrize("lengths", [(1, 1, 1), (7, 12, 3), (1, 30)])
def test_equal_turns_score_alike_wherever_they_stand_and_however_long_their_sessions_are(lengths):
    talk = [Turn("A parcel went out.", f"s{s}") for s, n in enumerate(lengths) for _ in range(n)]
    index, words = indexed(talk)
    score = exact(index, [word(words, "parcel")])
    assert len(set(score.tolist())) == 1


def test_what_is_like_a_word_counts_by_its_likeness_beside_it_and_in_its_place_where_none_has_it():
    talk = [Turn("The photograph is here.", "s1"), Turn("My photo is there.", "s2")]
    index, words = indexed(talk)
    held = [word(words, "photograph", similar=[("photo", 0.7)])]
    assert exact(index, held)[1] == 0 < loose(index, held)[1] < loose(index, held)[0]
    unknown = [word(words, "foto", similar=[("photo", 0.7)])]
    assert exact(index, unknown)[1] == loose(index, unknown)[1] > 0


def test_passages_change_nothing():
    mixed = [*TALK[:3], Turn("The harbour of Lisbon.", "p", title="Lisbon"), *TALK[3:]]
    alone, words_alone = indexed(TALK)
    index, words = indexed(mixed)
    for channel in (exact, loose, session_bm25):
        np.testing.assert_allclose(
            channel(index, [word(words, term_of("harbour"))]),
            channel(alone, [word(words_alone, term_of("harbour"))]),
        )


@pytest.mark.parametrize("turns", [[], [Turn("", "s1")], [Turn("?", "s1"), Turn("harbour", "s2")]])
def test_the_smallest_memories_have_finite_scores(turns):
    index, words = indexed(turns)
    asked = [word(words, term) for term in words.numbers] or [word(words, "harbour")]
    assert np.isfinite(kernel_bm25(index, asked)).all()
    assert np.isfinite(session_bm25(index, asked)).all()
