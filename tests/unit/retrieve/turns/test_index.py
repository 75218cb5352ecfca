"""Counts mixed over neighbours, against loops that spell the formulas out."""

import numpy as np

from graphmem.retrieve.turns.index import LENT, WIDE, mixed
from graphmem.retrieve.turns.indexing import turn_index
from graphmem.retrieve.words.index import updated
from tests.unit.retrieve.snapshots import Turn, snapshot_of


def indexed(turns):
    snapshot = snapshot_of(turns)
    words = updated(None, snapshot)
    return turn_index(snapshot, words.notes), words


def test_a_turn_lends_each_neighbour_no_more_than_a_turn_of_talk_has_and_keeps_its_own():
    lengths = np.array([10.0, LENT, 10 * LENT, 4.0])
    lent = LENT / np.maximum(lengths, LENT)
    texts = ["word " * int(length) for length in lengths]
    index, _ = indexed([Turn(text, "s") for text in texts])
    np.testing.assert_allclose(index.lent, lent)
    turns, found = mixed(np.arange(4), lengths, index)
    assert np.arange(4)[turns].tolist() == [0, 1, 2, 3]
    weights = dict(WIDE)
    lends = np.minimum(lengths, LENT)
    expected = [
        lengths[i] * (1 - lent[i])
        + sum(weights[j - i] * lends[j] for j in range(4))
        * sum(weights.values())
        / sum(weights[j - i] for j in range(4))
        for i in range(4)
    ]
    np.testing.assert_allclose(found, expected)


def test_few_rows_lend_what_they_lend_among_many():
    talk = [Turn("word " * (1 + 7 * (at % 9)), f"s{at // 6}") for at in range(24)]
    away = [Turn("word", f"t{at // 6}") for at in range(40 * len(talk))]
    (small, _), (large, _) = indexed(talk), indexed([*talk, *away])
    rows, values = np.arange(0, 24, 2), np.arange(1.0, 13.0)
    many, few = mixed(rows, values, small), mixed(rows, values, large)
    assert isinstance(many[0], slice)
    assert not isinstance(few[0], slice)
    of_few = np.zeros(24)
    of_few[few[0]] = few[1]
    np.testing.assert_array_equal(of_few, many[1])
