"""Counts mixed over neighbours, against loops that spell the formulas out."""

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from graphmem.retrieve.turns.index import (
    LENT,
    WIDE,
    kernel_bm25,
    mixed,
    rank_channel,
    session_bm25,
    spaced_places,
    spread,
    turn_index,
)
from graphmem.retrieve.words.index import updated
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


@given(
    st.lists(st.integers(1, 20), min_size=1, max_size=8),
    st.data(),
)
def test_spreading_equals_a_loop_over_the_turns_of_each_session(sizes, data):
    session = np.repeat(np.arange(len(sizes)), sizes)
    n = len(session)
    values = np.array(
        data.draw(st.lists(st.sampled_from([0, 0, 0, 0, 0, 0, 1, 7]), min_size=n, max_size=n)),
        float,
    )
    rows = np.flatnonzero(values)
    found = spread(rows, values[rows], WIDE, spaced_places(session))
    expected = [
        sum(
            weight * values[i + away]
            for away, weight in WIDE
            if 0 <= i + away < n and session[i + away] == session[i]
        )
        for i in range(n)
    ]
    np.testing.assert_allclose(found, expected)


def test_counts_and_lengths_are_mixed_before_they_saturate():
    index, words = indexed(TALK)
    lengths = words.notes.lengths.astype(float)
    tf = np.array([1, 1, 0, 0, 1.0])
    weights = dict(WIDE)
    groups = [(0, 1, 2), (3, 4)]
    expected = np.zeros(5)
    mixed_length = np.zeros(5)
    mixed_tf = np.zeros(5)
    for group in groups:
        for i in group:
            mixed_tf[i] = sum(weights[j - i] * tf[j] for j in group)
            mixed_length[i] = sum(weights[j - i] * lengths[j] for j in group)
    idf = math.log(1 + (5 - 3 + 0.5) / (3 + 0.5))
    norm = 1.2 * (0.25 + 0.75 * mixed_length / mixed_length.mean())
    expected = idf * mixed_tf * 2.2 / (mixed_tf + norm)
    np.testing.assert_allclose(kernel_bm25(index, {words.numbers["harbour"]: 1.0}), expected)


def test_a_turn_lends_each_neighbour_no_more_than_a_turn_of_talk_has_and_keeps_its_own():
    lengths = np.array([10.0, LENT, 10 * LENT, 4.0])
    lent = LENT / np.maximum(lengths, LENT)
    found = mixed(np.arange(4), lengths, lent, spaced_places(np.zeros(4, np.int64)))
    weights = dict(WIDE)
    shown = np.minimum(lengths, LENT)
    expected = [
        lengths[i] + sum(weights[j - i] * shown[j] for j in range(4) if j != i) for i in range(4)
    ]
    np.testing.assert_allclose(found, expected)


@pytest.mark.parametrize("n_answers", [1, 3])
def test_a_page_of_advice_beside_a_statement_does_not_bury_it(n_answers):
    advice = "Warm the tin, knead the dough, and let it rest overnight. " * 60
    said = Turn("My oven now runs at 240 degrees.", "s1", "user")
    talk = [said, *[Turn(advice, "s1", "assistant")] * n_answers]
    remark = "Bakers like an oven of stone, " + "every book about rye bread says. " * 8
    index, words = indexed([*talk, Turn(remark, "s2", "user")])
    score = kernel_bm25(index, {words.numbers["oven"]: 1.0})
    assert int(np.argmax(score)) == 0


def test_a_turn_gets_the_score_of_its_whole_session():
    index, words = indexed(TALK)
    found = session_bm25(index, {words.numbers["lisbon"]: 1.0})
    assert found[0] == found[1] == found[2] == 0
    assert found[3] == found[4] > 0


def test_a_term_counts_for_its_share():
    index, words = indexed(TALK)
    number = words.numbers["lisbon"]
    for channel in (kernel_bm25, session_bm25):
        whole, half = channel(index, {number: 1.0}), channel(index, {number: 0.5})
        np.testing.assert_allclose(half, 0.5 * whole)


def test_ranks_start_at_zero_and_ties_keep_the_order_of_the_snapshot():
    found = rank_channel(np.array([1.0, 3.0, 1.0]))
    np.testing.assert_allclose(found, [-math.log(2), 0, -math.log(3)])


def test_passages_change_nothing():
    mixed = [*TALK[:3], Turn("The harbour of Lisbon.", "p", title="Lisbon"), *TALK[3:]]
    alone, words_alone = indexed(TALK)
    index, words = indexed(mixed)
    for channel in (kernel_bm25, session_bm25):
        np.testing.assert_allclose(
            channel(index, {words.numbers["harbour"]: 1.0}),
            channel(alone, {words_alone.numbers["harbour"]: 1.0}),
        )


def test_a_turn_knows_what_it_holds_and_where_it_stands():
    index, _ = indexed(TALK)
    np.testing.assert_array_equal(index.features["asks"], [1, 0, 0, 0, 0])
    np.testing.assert_array_equal(index.features["asked_before"], [0, 1, 0, 0, 0])
    np.testing.assert_array_equal(index.features["opens"], [1, 1, 0, 1, 1])
    np.testing.assert_array_equal(index.features["names_inside"], [0, 0, 0, 1, 0])


def test_an_index_grown_from_an_earlier_one_is_the_same():
    before, _ = indexed(TALK[:3])
    snapshot = snapshot_of(TALK)
    counts = updated(None, snapshot).notes
    grown, fresh = turn_index(snapshot, counts, before=before), turn_index(snapshot, counts)
    np.testing.assert_array_equal(grown.traits, fresh.traits)
    for name, values in fresh.features.items():
        np.testing.assert_array_equal(grown.features[name], values)


@pytest.mark.parametrize("turns", [[], [Turn("", "s1")], [Turn("?", "s1"), Turn("harbour", "s2")]])
def test_the_smallest_memories_have_finite_scores(turns):
    index, words = indexed(turns)
    terms = dict.fromkeys(words.numbers.values(), 1.0)
    assert np.isfinite(kernel_bm25(index, terms)).all()
    assert np.isfinite(session_bm25(index, terms)).all()
